// Hyperbolic functions and their inverses.
#include <cmath>

#include "number/functions/arb_call.h"
#include "number/functions/domain.h"
#include "number/functions/exact_call.h"
#include "number/functions/functions.h"
#include "number/functions/scalar_call.h"
#include "number/functions/series_call.h"

namespace nabla::number {
namespace {

// acosh(1/x) for 0 < x <= 1.
void asech_of(arb_ptr r, arb_srcptr x, slong bits) {
  Ball y;
  arb_inv(y.raw(), x, bits);
  if (arb_ge(y.raw(), Ball(1).raw())) return arb_acosh(r, y.raw(), bits);
  Ball upper;
  arb_get_ubound_arf(arb_midref(upper.raw()), y.raw(), bits);
  arb_acosh(upper.raw(), upper.raw(), bits);
  arb_union(r, Ball(0).raw(), upper.raw(), bits);
}

}  // namespace

namespace forms {

constinit const Forms sinh{
    .ball = [](Balls x, Bits bits) { return monotone(arb_sinh, x[0], bits); },
    .series = [](Arguments x, long n, Bits bits) { return call(arb_poly_sinh_series, x[0], n, bits); },
    .exact = only_at<0, 0>,
    .scalar = [](const double* x, int) { return std::sinh(x[0]); },
    .vector = {"sinh", "u10", 1, Slope::hyperbolic, std::sinh},
};

constinit const Forms cosh{
    .ball = [](Balls x, Bits bits) { return monotone(arb_cosh, magnitude(x[0], bits), bits); },
    .series = [](Arguments x, long n, Bits bits) { return call(arb_poly_cosh_series, x[0], n, bits); },
    .exact = only_at<0, 1>,
    .scalar = [](const double* x, int) { return std::cosh(x[0]); },
    .vector = {"cosh", "u10", 1, Slope::hyperbolic, std::cosh},
};

constinit const Forms tanh{
    .ball = [](Balls x, Bits bits) { return monotone(arb_tanh, x[0], bits); },
    // 1 - 2/(e^2x + 1), its first coefficient apart.
    .series =
        [](Arguments x, long n, Bits bits) {
          const Series square_of = call(arb_poly_exp_series, scaled(x[0], Ball(2), bits), n, bits);
          const Series quotient = div(constant(Ball(2)), add(square_of, one(), n, bits), n, bits);
          Series r = sub(one(), quotient, n, bits);
          if (n > 0) r.set_coefficient(0, at_zero(tanh.ball, x, bits));
          return r;
        },
    .exact = only_at<0, 0>,
    .scalar = [](const double* x, int) { return std::tanh(x[0]); },
    .vector = {"tanh", "u10", 1, Slope::hyperbolic_tangent, std::tanh},
};

constinit const Forms sech{
    .ball = [](Balls x, Bits bits) { return monotone(arb_sech, magnitude(x[0], bits), bits); },
    .series = [](Arguments x, long n, Bits bits) { return inverse(cosh.series(x, n, bits), n, bits); },
    .exact = only_at<0, 1>,
    .scalar = [](const double* x, int) { return 1 / std::cosh(x[0]); },
};

constinit const Forms csch{
    .ball = [](Balls x, Bits bits) { return monotone_on(domain::nonzero, arb_csch, x, bits); },
    .series = [](Arguments x, long n, Bits bits) { return inverse(sinh.series(x, n, bits), n, bits); },
    .scalar = [](const double* x, int) { return x[0] == 0 ? kNan : 1 / std::sinh(x[0]); },
};

constinit const Forms coth{
    .ball = [](Balls x, Bits bits) { return monotone_on(domain::nonzero, arb_coth, x, bits); },
    .series = [](Arguments x, long n,
                 Bits bits) { return div(cosh.series(x, n, bits), sinh.series(x, n, bits), n, bits); },
    .scalar = [](const double* x, int) { return x[0] == 0 ? kNan : 1 / std::tanh(x[0]); },
};

constinit const Forms asinh{
    .ball = [](Balls x, Bits bits) { return monotone(arb_asinh, x[0], bits); },
    .series =
        [](Arguments x, long n, Bits bits) {
          const Series under = add(square(x[0], n, bits), one(), n, bits);
          return by_slope(asinh.ball, square_root(under, n, bits), x, n, bits);
        },
    .exact = only_at<0, 0>,
    .scalar = [](const double* x, int) { return std::asinh(x[0]); },
    .vector = {"asinh", "u10", 1, Slope::area_sine, std::asinh},
};

constinit const Forms acosh{
    .ball = [](Balls x, Bits bits) { return monotone_on(domain::from_one, arb_acosh, x, bits); },
    .series =
        [](Arguments x, long n, Bits bits) {
          if (!inside(domain::from_one, x, bits)) return unknown(n);
          const Series under = sub(square(x[0], n, bits), one(), n, bits);
          return by_slope(acosh.ball, square_root(under, n, bits), x, n, bits);
        },
    .exact = only_at<1, 0>,
    .scalar = [](const double* x, int) { return std::acosh(x[0]); },
    .vector = {"acosh", "u10", 1, Slope::area_cosine, std::acosh},
};

constinit const Forms atanh{
    .ball = [](Balls x, Bits bits) { return monotone_on(domain::below_one, arb_atanh, x, bits); },
    .series =
        [](Arguments x, long n, Bits bits) {
          if (!inside(domain::below_one, x, bits)) return unknown(n);
          return by_slope(atanh.ball, sub(one(), square(x[0], n, bits), n, bits), x, n, bits);
        },
    .exact = only_at<0, 0>,
    .scalar = [](const double* x, int) { return std::abs(x[0]) < 1 ? std::atanh(x[0]) : kNan; },
    .vector = {"atanh", "u10", 1, Slope::area_tangent, std::atanh},
};

constinit const Forms asech{
    .ball = [](Balls x, Bits bits) { return monotone_on(domain::unit_without_zero, asech_of, x, bits); },
    .series =
        [](Arguments x, long n, Bits bits) {
          if (!inside(domain::unit_without_zero, x, bits)) return unknown(n);
          const Series under = sub(one(), square(x[0], n, bits), n, bits);
          const Series slope = negated(mul(x[0], square_root(under, n, bits), n, bits), bits);
          return by_slope(asech.ball, slope, x, n, bits);
        },
    .exact = only_at<1, 0>,
    .scalar = [](const double* x, int) { return x[0] == 0 ? kNan : std::acosh(1 / x[0]); },
};

constinit const Forms acsch{
    .ball =
        [](Balls x, Bits bits) {
          if (domain::nonzero(x, bits) != Truth::yes) return Ball::nan();
          return monotone(arb_asinh, monotone(arb_inv, x[0], bits), bits);
        },
    .series =
        [](Arguments x, long n, Bits bits) {
          if (!inside(domain::nonzero, x, bits)) return unknown(n);
          const Series y = inverse(x[0], n, bits);
          return asinh.series({&y, 1}, n, bits);
        },
    .scalar = [](const double* x, int) { return x[0] == 0 ? kNan : std::asinh(1 / x[0]); },
};

constinit const Forms acoth{
    .ball =
        [](Balls x, Bits bits) {
          if (domain::beyond_one(x, bits) != Truth::yes) return Ball::nan();
          const Ball y = monotone(arb_inv, x[0], bits);
          return atanh.ball({&y, 1}, bits);
        },
    .series =
        [](Arguments x, long n, Bits bits) {
          if (!inside(domain::beyond_one, x, bits)) return unknown(n);
          return by_slope(acoth.ball, sub(one(), square(x[0], n, bits), n, bits), x, n, bits);
        },
    .scalar = [](const double* x, int) { return std::abs(x[0]) > 1 ? std::atanh(1 / x[0]) : kNan; },
};

}  // namespace forms
}  // namespace nabla::number
