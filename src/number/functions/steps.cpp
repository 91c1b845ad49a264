// Absolute value, rounding and other piecewise functions.
#include <algorithm>
#include <cmath>

#include "number/functions/arb_call.h"
#include "number/functions/domain.h"
#include "number/functions/functions.h"
#include "number/functions/scalar_call.h"
#include "number/functions/series_call.h"

namespace nabla::number {
namespace {

constexpr long kMaxDigits = 100'000;  // of round

using Step = void (*)(arf_t value, const arf_t x);

void floor_step(arf_t r, const arf_t x) { arf_floor(r, x); }
void ceil_step(arf_t r, const arf_t x) { arf_ceil(r, x); }
void trunc_step(arf_t r, const arf_t x) { arf_sgn(x) < 0 ? arf_ceil(r, x) : arf_floor(r, x); }
void sign_step(arf_t r, const arf_t x) { arf_set_si(r, arf_sgn(x)); }

void heaviside_step(arf_t r, const arf_t x) {
  arf_set_si(r, arf_sgn(x) + 1);
  arf_mul_2exp_si(r, r, -1);
}

// Halves away from zero.
void round_step(arf_t r, const arf_t x) {
  if (arf_is_int(x) || arf_is_special(x)) return arf_set(r, x);
  if (arf_cmpabs_2exp_si(x, -1) < 0) return arf_zero(r);
  arf_t half;
  arf_init(half);
  arf_set_d(half, arf_sgn(x) < 0 ? -0.5 : 0.5);
  arf_add(half, half, x, ARF_PREC_EXACT, ARF_RND_DOWN);
  trunc_step(r, half);
  arf_clear(half);
}

// A nondecreasing step function: exact if both ends of x lie on one step, else NaN.
Ball on_one_step(Step step, const Ball& x, Bits bits) {
  if (x.is_nan()) return Ball::nan();
  Ball lower, upper;
  if (x.is_exact()) {
    step(arb_midref(lower.raw()), arb_midref(x.raw()));
    return lower;
  }
  arb_get_interval_arf(arb_midref(lower.raw()), arb_midref(upper.raw()), x.raw(), bits);
  step(arb_midref(lower.raw()), arb_midref(lower.raw()));
  step(arb_midref(upper.raw()), arb_midref(upper.raw()));
  return arf_equal(arb_midref(lower.raw()), arb_midref(upper.raw())) ? lower : Ball::nan();
}

enum class Side { both, after };

// The sign of x(h) for small h > 0 by its first coefficient from `from` that is not exactly 0; 0 if all are; nothing if
// that coefficient may be 0.
std::optional<int> leading_sign(const Series& x, long from, long n) {
  for (long i = from; i < n; ++i) {
    const Ball c = x.coefficient(i);
    if (c.is_positive()) return 1;
    if (c.is_negative()) return -1;
    if (!c.is_zero()) return std::nullopt;
  }
  return 0;
}

// The sign of x(h): near h = 0 by its value there alone.
std::optional<int> sign_of(const Series& x, Side side, long n) {
  const std::optional<int> sign = leading_sign(x, 0, side == Side::both ? 1 : n);
  if (side == Side::both && sign == 0 && leading_sign(x, 1, n) != 0) return std::nullopt;
  return sign;
}

Series value_only(const Ball& value, long n) {
  Series r = unknown(n);
  if (n > 0) r.set_coefficient(0, value);
  return r;
}

// Of a step function: constant if x(0) lies inside a step; after a jump at an exact x(0) by the direction of x.
Ball step_value(BallFunction f, const Series& x, Side side, long n, Bits bits) {
  Ball at = x.coefficient(0);
  if (n <= 1) return f({&at, 1}, bits);
  Ball around = at;
  arb_add_error_2exp_si(around.raw(), -bits);
  Ball inside = f({&around, 1}, bits);
  if (!inside.is_nan() || side == Side::both || !at.is_exact()) return inside;
  const std::optional<int> direction = leading_sign(x, 1, n);
  if (!direction || *direction == 0) return Ball::nan();
  Ball tiny(*direction);
  arb_mul_2exp_si(tiny.raw(), tiny.raw(), -bits);
  arb_add(at.raw(), at.raw(), tiny.raw(), ARF_PREC_EXACT);
  return f({&at, 1}, bits);
}

Series step(BallFunction f, const Series& x, Side side, long n, Bits bits) {
  const Ball value = step_value(f, x, side, n, bits);
  return value.is_nan() ? unknown(n) : truncated(constant(value), n);
}

Series absolute(const Series& x, Side side, long n, Bits bits) {
  const std::optional<int> sign = sign_of(x, side, n);
  if (sign) return *sign < 0 ? scaled(truncated(x, n), Ball(-1), bits) : truncated(x, n);
  return value_only(at_zero(forms::abs.ball, {&x, 1}, bits), n);
}

Series larger(const Series& a, const Series& b, bool smaller, Side side, long n, Bits bits) {
  const std::optional<int> sign = sign_of(sub(a, b, n, bits), side, n);
  if (sign) return truncated((*sign >= 0) != smaller ? a : b, n);
  const Series pair[] = {a, b};
  return value_only(at_zero(smaller ? forms::min.ball : forms::max.ball, pair, bits), n);
}

Series extreme(Arguments x, bool smaller, Side side, long n, Bits bits) {
  Series r = truncated(x[0], n);
  for (const Series& y : x.subspan(1)) r = larger(r, y, smaller, side, n, bits);
  return r;
}

Series rounded(Arguments x, Side side, long n, Bits bits) {
  if (x.size() < 2) return step(forms::round.ball, x[0], side, n, bits);
  Ball at[] = {x[0].coefficient(0), x[1].coefficient(0)};
  if (n > 1) arb_add_error_2exp_si(at[0].raw(), -bits);
  const Ball value = forms::round.ball(Balls(at), bits);
  return value.is_nan() ? unknown(n) : truncated(constant(value), n);
}

Series fraction(Arguments x, Side side, long n, Bits bits) {
  return sub(x[0], step(forms::floor.ball, x[0], side, n, bits), n, bits);
}

Series remainder(Arguments x, Side side, long n, Bits bits) {
  if (!inside(domain::second_nonzero, x, bits)) return unknown(n);
  const Series quotient = div(x[0], x[1], n, bits);
  return sub(x[0], mul(x[1], step(forms::floor.ball, quotient, side, n, bits), n, bits), n, bits);
}

Series clamped(Arguments x, Side side, long n, Bits bits) {
  if (!inside(domain::clamp, x, bits)) return unknown(n);
  return larger(larger(x[0], x[2], true, side, n, bits), x[1], false, side, n, bits);
}

Series ramp(Arguments x, Side side, long n, Bits bits) { return larger(x[0], Series(), false, side, n, bits); }

// Halves away from zero.
Rational rounded(const Rational& x) {
  const Rational size = (x.abs() + Rational(1, 2)).floor();
  return x.sign() < 0 ? -size : size;
}

Rational floored_mod(const Rational& a, const Rational& n) { return a - n * (a / n).floor(); }

}  // namespace

namespace forms {

constinit const Forms abs{
    .ball = [](Balls x, Bits bits) { return magnitude(x[0], bits); },
    .series = [](Arguments x, long n, Bits bits) { return absolute(x[0], Side::both, n, bits); },
    .series_after = [](Arguments x, long n, Bits bits) { return absolute(x[0], Side::after, n, bits); },
    .exact = [](Rationals x) -> Value { return x[0].abs(); },
    .scalar = [](const double* x, int) { return std::abs(x[0]); },
    .intrinsic = Intrinsic::absolute,
};

constinit const Forms sign{
    .ball = [](Balls x, Bits bits) { return on_one_step(sign_step, x[0], bits); },
    .series = [](Arguments x, long n, Bits bits) { return step(sign.ball, x[0], Side::both, n, bits); },
    .series_after = [](Arguments x, long n, Bits bits) { return step(sign.ball, x[0], Side::after, n, bits); },
    .exact = [](Rationals x) -> Value { return Rational(x[0].sign()); },
    .scalar = [](const double* x, int) { return x[0] > 0   ? 1
                                                : x[0] < 0 ? -1
                                                           : x[0]; },
    .intrinsic = Intrinsic::sign,
};

constinit const Forms floor{
    .ball = [](Balls x, Bits bits) { return on_one_step(floor_step, x[0], bits); },
    .series = [](Arguments x, long n, Bits bits) { return step(floor.ball, x[0], Side::both, n, bits); },
    .series_after = [](Arguments x, long n, Bits bits) { return step(floor.ball, x[0], Side::after, n, bits); },
    .exact = [](Rationals x) -> Value { return x[0].floor(); },
    .scalar = [](const double* x, int) { return std::floor(x[0]); },
    .intrinsic = Intrinsic::floor,
};

constinit const Forms ceil{
    .ball = [](Balls x, Bits bits) { return on_one_step(ceil_step, x[0], bits); },
    .series = [](Arguments x, long n, Bits bits) { return step(ceil.ball, x[0], Side::both, n, bits); },
    .series_after = [](Arguments x, long n, Bits bits) { return step(ceil.ball, x[0], Side::after, n, bits); },
    .exact = [](Rationals x) -> Value { return x[0].ceil(); },
    .scalar = [](const double* x, int) { return std::ceil(x[0]); },
    .intrinsic = Intrinsic::ceiling,
};

constinit const Forms round{
    .ball =
        [](Balls x, Bits bits) {
          if (x.size() < 2) return on_one_step(round_step, x[0], bits);
          const std::optional<long> digits = x[1].is_exact() ? x[1].unique_integer() : std::nullopt;
          if (!digits || *digits > kMaxDigits || *digits < -kMaxDigits) return Ball::nan();
          Ball scale;
          arb_ui_pow_ui(scale.raw(), 10, static_cast<ulong>(*digits < 0 ? -*digits : *digits), ARF_PREC_EXACT);
          if (*digits < 0) return mul(on_one_step(round_step, div(x[0], scale, bits), bits), scale, bits);
          Ball scaled;
          arb_mul(scaled.raw(), x[0].raw(), scale.raw(), x[0].is_exact() ? ARF_PREC_EXACT : bits);
          return div(on_one_step(round_step, scaled, bits), scale, bits);
        },
    .series = [](Arguments x, long n, Bits bits) { return rounded(x, Side::both, n, bits); },
    .series_after = [](Arguments x, long n, Bits bits) { return rounded(x, Side::after, n, bits); },
    .exact = [](Rationals x) -> Value {
      if (x.size() < 2) return rounded(x[0]);
      const std::optional<long> digits = x[1].to_long();
      if (!digits || *digits > kMaxDigits || *digits < -kMaxDigits) return std::nullopt;
      const Rational scale = Rational::power(Rational(10), *digits);
      return rounded(x[0] * scale) / scale;
    },
    .scalar =
        [](const double* x, int count) {
          if (count < 2) return std::round(x[0]);
          if (!is_integer(x[1])) return kNan;
          const double scale = std::pow(10.0, std::abs(x[1]));
          return x[1] < 0 ? std::round(x[0] / scale) * scale : std::round(x[0] * scale) / scale;
        },
    .intrinsic = Intrinsic::round,
};

constinit const Forms trunc{
    .ball = [](Balls x, Bits bits) { return on_one_step(trunc_step, x[0], bits); },
    .series = [](Arguments x, long n, Bits bits) { return step(trunc.ball, x[0], Side::both, n, bits); },
    .series_after = [](Arguments x, long n, Bits bits) { return step(trunc.ball, x[0], Side::after, n, bits); },
    .exact = [](Rationals x) -> Value { return x[0].sign() < 0 ? x[0].ceil() : x[0].floor(); },
    .scalar = [](const double* x, int) { return std::trunc(x[0]); },
    .intrinsic = Intrinsic::truncate,
};

constinit const Forms frac{
    .ball = [](Balls x, Bits bits) { return sub(x[0], floor.ball(x, bits), bits); },
    .series = [](Arguments x, long n, Bits bits) { return fraction(x, Side::both, n, bits); },
    .series_after = [](Arguments x, long n, Bits bits) { return fraction(x, Side::after, n, bits); },
    .exact = [](Rationals x) -> Value { return x[0] - x[0].floor(); },
    .scalar = [](const double* x, int) { return x[0] - std::floor(x[0]); },
};

constinit const Forms mod{
    .ball =
        [](Balls x, Bits bits) {
          if (domain::second_nonzero(x, bits) != Truth::yes) return Ball::nan();
          const Ball turns = on_one_step(floor_step, div(x[0], x[1], bits), bits);
          return sub(x[0], mul(turns, x[1], bits), bits);
        },
    .series = [](Arguments x, long n, Bits bits) { return remainder(x, Side::both, n, bits); },
    .series_after = [](Arguments x, long n, Bits bits) { return remainder(x, Side::after, n, bits); },
    .exact = [](Rationals x) -> Value { return x[1].is_zero() ? std::nullopt : Value(floored_mod(x[0], x[1])); },
    .scalar =
        [](const double* x, int) {
          const double r = std::fmod(x[0], x[1]);
          return r != 0 && (r < 0) != (x[1] < 0) ? r + x[1] : r;
        },
};

constinit const Forms min{
    .ball =
        [](Balls x, Bits bits) {
          Ball r = x[0];
          for (const Ball& y : x.subspan(1)) arb_min(r.raw(), r.raw(), y.raw(), bits);
          return r;
        },
    .series = [](Arguments x, long n, Bits bits) { return extreme(x, true, Side::both, n, bits); },
    .series_after = [](Arguments x, long n, Bits bits) { return extreme(x, true, Side::after, n, bits); },
    .exact = [](Rationals x) -> Value {
      Rational r = x[0];
      for (const Rational& y : x)
        if (y < r) r = y;
      return r;
    },
    .scalar = [](const double* x, int count) { return *std::min_element(x, x + count); },
    .intrinsic = Intrinsic::minimum,
};

constinit const Forms max{
    .ball =
        [](Balls x, Bits bits) {
          Ball r = x[0];
          for (const Ball& y : x.subspan(1)) arb_max(r.raw(), r.raw(), y.raw(), bits);
          return r;
        },
    .series = [](Arguments x, long n, Bits bits) { return extreme(x, false, Side::both, n, bits); },
    .series_after = [](Arguments x, long n, Bits bits) { return extreme(x, false, Side::after, n, bits); },
    .exact = [](Rationals x) -> Value {
      Rational r = x[0];
      for (const Rational& y : x)
        if (y > r) r = y;
      return r;
    },
    .scalar = [](const double* x, int count) { return *std::max_element(x, x + count); },
    .intrinsic = Intrinsic::maximum,
};

constinit const Forms clamp{
    .ball =
        [](Balls x, Bits bits) {
          if (domain::clamp(x, bits) != Truth::yes) return Ball::nan();
          Ball r;
          arb_min(r.raw(), x[0].raw(), x[2].raw(), bits);
          arb_max(r.raw(), r.raw(), x[1].raw(), bits);
          return r;
        },
    .series = [](Arguments x, long n, Bits bits) { return clamped(x, Side::both, n, bits); },
    .series_after = [](Arguments x, long n, Bits bits) { return clamped(x, Side::after, n, bits); },
    .exact = [](Rationals x) -> Value {
      if (x[1] > x[2]) return std::nullopt;
      return x[0] < x[1] ? x[1] : x[0] > x[2] ? x[2] : x[0];
    },
    .scalar = [](const double* x, int) { return x[1] <= x[2] ? std::clamp(x[0], x[1], x[2]) : kNan; },
};

constinit const Forms heaviside{
    .ball = [](Balls x, Bits bits) { return on_one_step(heaviside_step, x[0], bits); },
    .series = [](Arguments x, long n, Bits bits) { return step(heaviside.ball, x[0], Side::both, n, bits); },
    .series_after = [](Arguments x, long n, Bits bits) { return step(heaviside.ball, x[0], Side::after, n, bits); },
    .exact = [](Rationals x) -> Value { return Rational(x[0].sign() + 1, 2); },
    .scalar = [](const double* x, int) { return x[0] > 0   ? 1
                                                : x[0] < 0 ? 0
                                                           : x[0] + 0.5; },
    .intrinsic = Intrinsic::unit_step,
};

constinit const Forms relu{
    .ball =
        [](Balls x, Bits bits) {
          Ball r;
          arb_max(r.raw(), x[0].raw(), Ball(0).raw(), bits);
          return r;
        },
    .series = [](Arguments x, long n, Bits bits) { return ramp(x, Side::both, n, bits); },
    .series_after = [](Arguments x, long n, Bits bits) { return ramp(x, Side::after, n, bits); },
    .exact = [](Rationals x) -> Value { return x[0].sign() > 0 ? x[0] : Rational(0); },
    .scalar = [](const double* x, int) { return x[0] > 0 ? x[0] : x[0] * 0; },
};

}  // namespace forms
}  // namespace nabla::number
