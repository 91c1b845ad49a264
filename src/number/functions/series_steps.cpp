// Series of absolute value, rounding and other functions made of pieces: at h = 0 and on one side of it.
#include "number/functions/series_call.h"

namespace nabla::number::series {
namespace {

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
  return value_only(at_zero(number::abs, {&x, 1}, bits), n);
}

Series larger(const Series& a, const Series& b, bool smaller, Side side, long n, Bits bits) {
  const std::optional<int> sign = sign_of(number::sub(a, b, n, bits), side, n);
  if (sign) return truncated((*sign >= 0) != smaller ? a : b, n);
  const Series pair[] = {a, b};
  return value_only(at_zero(smaller ? number::min : number::max, pair, bits), n);
}

Series extreme(Arguments x, bool smaller, Side side, long n, Bits bits) {
  Series r = truncated(x[0], n);
  for (const Series& y : x.subspan(1)) r = larger(r, y, smaller, side, n, bits);
  return r;
}

Series rounded(Arguments x, Side side, long n, Bits bits) {
  if (x.size() < 2) return step(number::round, x[0], side, n, bits);
  Ball at[] = {x[0].coefficient(0), x[1].coefficient(0)};
  if (n > 1) arb_add_error_2exp_si(at[0].raw(), -bits);
  const Ball value = number::round(at, bits);
  return value.is_nan() ? unknown(n) : truncated(constant(value), n);
}

Series fraction(Arguments x, Side side, long n, Bits bits) {
  return number::sub(x[0], step(number::floor, x[0], side, n, bits), n, bits);
}

Series remainder(Arguments x, Side side, long n, Bits bits) {
  if (!inside(domain::second_nonzero, x, bits)) return unknown(n);
  const Series quotient = number::div(x[0], x[1], n, bits);
  return number::sub(x[0], number::mul(x[1], step(number::floor, quotient, side, n, bits), n, bits), n, bits);
}

Series clamped(Arguments x, Side side, long n, Bits bits) {
  if (!inside(domain::clamp, x, bits)) return unknown(n);
  return larger(larger(x[0], x[2], true, side, n, bits), x[1], false, side, n, bits);
}

Series ramp(Arguments x, Side side, long n, Bits bits) { return larger(x[0], Series(), false, side, n, bits); }

}  // namespace

Series abs(Arguments x, long n, Bits bits) { return absolute(x[0], Side::both, n, bits); }
Series sign(Arguments x, long n, Bits bits) { return step(number::sign, x[0], Side::both, n, bits); }
Series floor(Arguments x, long n, Bits bits) { return step(number::floor, x[0], Side::both, n, bits); }
Series ceil(Arguments x, long n, Bits bits) { return step(number::ceil, x[0], Side::both, n, bits); }
Series trunc(Arguments x, long n, Bits bits) { return step(number::trunc, x[0], Side::both, n, bits); }
Series heaviside(Arguments x, long n, Bits bits) { return step(number::heaviside, x[0], Side::both, n, bits); }
Series round(Arguments x, long n, Bits bits) { return rounded(x, Side::both, n, bits); }
Series frac(Arguments x, long n, Bits bits) { return fraction(x, Side::both, n, bits); }
Series mod(Arguments x, long n, Bits bits) { return remainder(x, Side::both, n, bits); }
Series min(Arguments x, long n, Bits bits) { return extreme(x, true, Side::both, n, bits); }
Series max(Arguments x, long n, Bits bits) { return extreme(x, false, Side::both, n, bits); }
Series clamp(Arguments x, long n, Bits bits) { return clamped(x, Side::both, n, bits); }
Series relu(Arguments x, long n, Bits bits) { return ramp(x, Side::both, n, bits); }

Series hypot(Arguments x, long n, Bits bits) {
  const Series squares = number::add(number::mul(x[0], x[0], n, bits), number::mul(x[1], x[1], n, bits), n, bits);
  Series r = unknown(n);
  if (squares.coefficient(0).is_positive()) arb_poly_sqrt_series(r.raw(), squares.raw(), n, bits);
  if (n > 0) r.set_coefficient(0, at_zero(number::hypot, x, bits));
  return r;
}

namespace after {

Series abs(Arguments x, long n, Bits bits) { return absolute(x[0], Side::after, n, bits); }
Series sign(Arguments x, long n, Bits bits) { return step(number::sign, x[0], Side::after, n, bits); }
Series floor(Arguments x, long n, Bits bits) { return step(number::floor, x[0], Side::after, n, bits); }
Series ceil(Arguments x, long n, Bits bits) { return step(number::ceil, x[0], Side::after, n, bits); }
Series trunc(Arguments x, long n, Bits bits) { return step(number::trunc, x[0], Side::after, n, bits); }
Series heaviside(Arguments x, long n, Bits bits) { return step(number::heaviside, x[0], Side::after, n, bits); }
Series round(Arguments x, long n, Bits bits) { return rounded(x, Side::after, n, bits); }
Series frac(Arguments x, long n, Bits bits) { return fraction(x, Side::after, n, bits); }
Series mod(Arguments x, long n, Bits bits) { return remainder(x, Side::after, n, bits); }
Series min(Arguments x, long n, Bits bits) { return extreme(x, true, Side::after, n, bits); }
Series max(Arguments x, long n, Bits bits) { return extreme(x, false, Side::after, n, bits); }
Series clamp(Arguments x, long n, Bits bits) { return clamped(x, Side::after, n, bits); }
Series relu(Arguments x, long n, Bits bits) { return ramp(x, Side::after, n, bits); }

}  // namespace after

}  // namespace nabla::number::series
