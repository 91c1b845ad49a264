// Trigonometric functions and their inverses.
#include <cmath>
#include <numbers>

#include "number/functions/arb_call.h"
#include "number/functions/domain.h"
#include "number/functions/exact_call.h"
#include "number/functions/functions.h"
#include "number/functions/scalar_call.h"
#include "number/functions/series_call.h"

namespace nabla::number {
namespace {

// f(1/x) for a monotone f that ends at 1 or -1, where |1/x| is at most 1 but rounding may lead beyond.
template <ArbFunction f>
void of_inverse(arb_ptr r, arb_srcptr x, slong bits) {
  Ball y;
  arb_inv(y.raw(), x, bits);
  Ball at_end(arb_is_positive(x) ? 1 : -1);
  Ball largest = magnitude(y, bits);
  if (arb_le(largest.raw(), Ball(1).raw())) return f(r, y.raw(), bits);
  Ball inner;
  arb_get_abs_lbound_arf(arb_midref(inner.raw()), y.raw(), bits);
  if (!arb_is_positive(x)) arb_neg(inner.raw(), inner.raw());
  f(inner.raw(), inner.raw(), bits);
  f(at_end.raw(), at_end.raw(), bits);
  arb_union(r, inner.raw(), at_end.raw(), bits);
}

// The Taylor coefficients of sinc at an x that may contain 0. Those at 0 are (-1)^(k/2)/(k + 1)! for even k; since the
// k-th derivative is the integral of t^k cos(x t + k pi/2) over 0 <= t <= 1, the k-th coefficient changes by at most
// |x|/(k! (k + 2)) from there to x.
Series sinc_near_zero(const Ball& x, long n, Bits bits) {
  Series jet;
  Ball factorial(1);
  for (long k = 0; k < n; ++k) {
    if (k > 0) mul_to(factorial, Ball(k), bits);
    Ball c = k % 2 == 0 ? div(Ball(k % 4 == 0 ? 1 : -1), mul(factorial, Ball(k + 1), bits), bits) : Ball(0);
    arb_add_error(c.raw(), div(x, mul(factorial, Ball(k + 2), bits), bits).raw());
    jet.set_coefficient(k, c);
  }
  return jet;
}

}  // namespace

namespace forms {

constinit const Forms sin{
    .ball = [](Balls x, Bits bits) { return call(arb_sin, x[0], bits); },
    .series = [](Arguments x, long n, Bits bits) { return call(arb_poly_sin_series, x[0], n, bits); },
    .exact = only_at<0, 0>,
    .scalar = [](const double* x, int) { return std::sin(x[0]); },
    .vector = {"sin", "u10", 1, Slope::sine, std::sin},
};

constinit const Forms cos{
    .ball = [](Balls x, Bits bits) { return call(arb_cos, x[0], bits); },
    .series = [](Arguments x, long n, Bits bits) { return call(arb_poly_cos_series, x[0], n, bits); },
    .exact = only_at<0, 1>,
    .scalar = [](const double* x, int) { return std::cos(x[0]); },
    .vector = {"cos", "u10", 1, Slope::sine, std::cos},
};

constinit const Forms tan{
    .ball = [](Balls x, Bits bits) { return monotone_on(domain::no_zero_of_cos, arb_tan, x, bits); },
    .series = [](Arguments x, long n,
                 Bits bits) { return on(domain::no_zero_of_cos, arb_poly_tan_series, x, n, bits); },
    .exact = only_at<0, 0>,
    .scalar = [](const double* x, int) { return std::tan(x[0]); },
    .vector = {"tan", "u10", 1, Slope::tangent, std::tan},
};

constinit const Forms sec{
    .ball = [](Balls x, Bits bits) { return div(Ball(1), cos.ball(x, bits), bits); },
    .series = [](Arguments x, long n, Bits bits) { return inverse(cos.series(x, n, bits), n, bits); },
    .exact = only_at<0, 1>,
    .scalar = [](const double* x, int) { return 1 / std::cos(x[0]); },
};

constinit const Forms csc{
    .ball = [](Balls x, Bits bits) { return div(Ball(1), sin.ball(x, bits), bits); },
    .series = [](Arguments x, long n, Bits bits) { return inverse(sin.series(x, n, bits), n, bits); },
    .scalar = [](const double* x, int) { return x[0] == 0 ? kNan : 1 / std::sin(x[0]); },
};

constinit const Forms cot{
    .ball = [](Balls x, Bits bits) { return monotone_on(domain::no_zero_of_sin, arb_cot, x, bits); },
    .series = [](Arguments x, long n,
                 Bits bits) { return div(cos.series(x, n, bits), sin.series(x, n, bits), n, bits); },
    .scalar = [](const double* x, int) { return x[0] == 0 ? kNan : 1 / std::tan(x[0]); },
};

constinit const Forms sinc{
    .ball = [](Balls x, Bits bits) { return piecewise(arb_sinc, x[0], bits); },
    .series =
        [](Arguments x, long n, Bits bits) {
          const Ball at = x[0].coefficient(0);
          if (!at.contains_zero()) return div(sin.series(x, n, bits), x[0], n, bits);
          return composed(sinc_near_zero(at, n, bits), x[0], n, bits);
        },
    .exact = only_at<0, 1>,
    .scalar = [](const double* x, int) { return x[0] == 0 ? 1 : std::sin(x[0]) / x[0]; },
};

constinit const Forms asin{
    .ball = [](Balls x, Bits bits) { return monotone_on(domain::up_to_one, arb_asin, x, bits); },
    .series = [](Arguments x, long n,
                 Bits bits) { return between(domain::below_one, domain::up_to_one, arb_poly_asin_series, x, n, bits); },
    .exact = only_at<0, 0>,
    .scalar = [](const double* x, int) { return std::asin(x[0]); },
    .vector = {"asin", "u10", 1, Slope::arc_sine, std::asin},
};

constinit const Forms acos{
    .ball = [](Balls x, Bits bits) { return monotone_on(domain::up_to_one, arb_acos, x, bits); },
    .series = [](Arguments x, long n,
                 Bits bits) { return between(domain::below_one, domain::up_to_one, arb_poly_acos_series, x, n, bits); },
    .exact = only_at<1, 0>,
    .scalar = [](const double* x, int) { return std::acos(x[0]); },
    .vector = {"acos", "u10", 1, Slope::arc_sine, std::acos},
};

constinit const Forms atan{
    .ball = [](Balls x, Bits bits) { return monotone(arb_atan, x[0], bits); },
    .series = [](Arguments x, long n, Bits bits) { return call(arb_poly_atan_series, x[0], n, bits); },
    .exact = only_at<0, 0>,
    .scalar = [](const double* x, int) { return std::atan(x[0]); },
    .vector = {"atan", "u10", 1, Slope::arc_tangent, std::atan},
};

constinit const Forms asec{
    .ball = [](Balls x, Bits bits) { return monotone_on(domain::one_or_beyond, of_inverse<arb_acos>, x, bits); },
    .series =
        [](Arguments x, long n, Bits bits) {
          if (!inside(domain::one_or_beyond, x, bits)) return unknown(n);
          const Series y = inverse(x[0], n, bits);
          return acos.series({&y, 1}, n, bits);
        },
    .exact = only_at<1, 0>,
    .scalar = [](const double* x, int) { return std::acos(1 / x[0]); },
};

constinit const Forms acsc{
    .ball = [](Balls x, Bits bits) { return monotone_on(domain::one_or_beyond, of_inverse<arb_asin>, x, bits); },
    .series =
        [](Arguments x, long n, Bits bits) {
          if (!inside(domain::one_or_beyond, x, bits)) return unknown(n);
          const Series y = inverse(x[0], n, bits);
          return asin.series({&y, 1}, n, bits);
        },
    .scalar = [](const double* x, int) { return std::asin(1 / x[0]); },
};

constinit const Forms acot{
    .ball =
        [](Balls x, Bits bits) {
          if (x[0].is_positive()) return monotone(arb_atan, monotone(arb_inv, x[0], bits), bits);
          Ball half = number::pi(bits);
          arb_mul_2exp_si(half.raw(), half.raw(), -1);
          return sub(half, atan.ball(x, bits), bits);
        },
    .series =
        [](Arguments x, long n, Bits bits) {
          const Series slope = negated(add(one(), square(x[0], n, bits), n, bits), bits);
          return by_slope(acot.ball, slope, x, n, bits);
        },
    .scalar = [](const double* x,
                 int) { return x[0] > 0 ? std::atan(1 / x[0]) : std::numbers::pi / 2 - std::atan(x[0]); },
};

constinit const Forms atan2{
    .ball =
        [](Balls x, Bits bits) {
          if (domain::atan2(x, bits) != Truth::yes) return Ball::nan();
          const bool at_cut = !x[1].is_nonnegative() && x[0].contains_zero() && !x[0].is_nonnegative();
          if (at_cut) return Ball::nan();
          Ball r;
          arb_atan2(r.raw(), x[0].raw(), x[1].raw(), bits);
          return r;
        },
    .series =
        [](Arguments x, long n, Bits bits) {
          const Ball value = at_zero(atan2.ball, x, bits);
          const bool near_cut = x[0].coefficient(0).contains_zero() && !x[1].coefficient(0).is_positive();
          if (value.is_nan() || (n > 1 && near_cut)) return unknown(n);
          if (n <= 1) return truncated(constant(value), n);
          const Series turn = sub(mul(x[1], derivative(x[0], bits), n - 1, bits),
                                  mul(x[0], derivative(x[1], bits), n - 1, bits), n - 1, bits);
          const Series distance = add(square(x[0], n, bits), square(x[1], n, bits), n, bits);
          return integral(div(turn, distance, n - 1, bits), value, n, bits);
        },
    .exact = [](Rationals x) -> Value { return x[0].is_zero() && x[1].sign() > 0 ? Value(Rational(0)) : std::nullopt; },
    .scalar = [](const double* x, int) { return x[0] == 0 && x[1] == 0 ? kNan : std::atan2(x[0] + 0.0, x[1]); },
    .vector = {"atan2", "u10", 1, Slope::angle, nullptr, std::atan2},
};

}  // namespace forms
}  // namespace nabla::number
