// The normal distribution, and activation functions of neural networks.
#include <arb_hypgeom.h>

#include <algorithm>
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

// (x - mean)/sd, both optional.
Ball standardised(Balls x, Bits bits) {
  Ball z = x[0];
  if (x.size() > 1) z = sub(z, x[1], bits);
  if (x.size() > 2) z = div(z, x[2], bits);
  return z;
}

// The lower tail of the standard normal distribution: erfc(-z/sqrt(2))/2.
void tail_of(arb_ptr r, arb_srcptr z, slong bits) {
  Ball root;
  arb_sqrt_ui(root.raw(), 2, bits);
  arb_div(r, z, root.raw(), bits);
  arb_neg(r, r);
  arb_hypgeom_erfc(r, r, bits);
  arb_mul_2exp_si(r, r, -1);
}

// e^(-z^2/2)
void bell_of(arb_ptr r, arb_srcptr z, slong bits) {
  arb_sqr(r, z, bits);
  arb_mul_2exp_si(r, r, -1);
  arb_neg(r, r);
  arb_exp(r, r, bits);
}

void gelu_of(arb_ptr r, arb_srcptr x, slong bits) {
  Ball tail;
  tail_of(tail.raw(), x, bits);
  arb_mul(r, x, tail.raw(), bits);
}

// 1/(1 + e^-x)
void sigmoid_of(arb_ptr r, arb_srcptr x, slong bits) {
  arb_neg(r, x);
  arb_exp(r, r, bits);
  arb_add_ui(r, r, 1, bits);
  arb_inv(r, r, bits);
}

// ln(1 + e^x) = max(x, 0) + ln(1 + e^-|x|)
void softplus_of(arb_ptr r, arb_srcptr x, slong bits) {
  if (arb_is_positive(x)) {
    Ball t;
    arb_neg(t.raw(), x);
    arb_exp(t.raw(), t.raw(), bits);
    arb_log1p(t.raw(), t.raw(), bits);
    arb_add(r, x, t.raw(), bits);
  } else {
    arb_exp(r, x, bits);
    arb_log1p(r, r, bits);
  }
}

Series standardised(Arguments x, long n, Bits bits) {
  Series z = truncated(x[0], n);
  if (x.size() > 1) z = sub(z, x[1], n, bits);
  if (x.size() > 2) z = div(z, x[2], n, bits);
  return z;
}

Series lower_tail(const Series& z, long n, Bits bits) {
  Ball root_half;
  arb_sqrt_ui(root_half.raw(), 2, bits);
  arb_div_si(root_half.raw(), root_half.raw(), -2, bits);
  Series r = call(arb_hypgeom_erfc_series, scaled(z, root_half, bits), n, bits);
  arb_poly_scalar_mul_2exp_si(r.raw(), r.raw(), -1);
  return r;
}

double lower_tail(double z) { return std::erfc(-z / std::numbers::sqrt2) / 2; }
double standardised(const double* x, int count) {
  if (count > 2 && !(x[2] > 0)) return kNan;
  const double z = count > 1 ? x[0] - x[1] : x[0];
  return count > 2 ? z / x[2] : z;
}

}  // namespace

namespace forms {

constinit const Forms normpdf{
    .ball =
        [](Balls x, Bits bits) {
          if (domain::normal(x, bits) != Truth::yes) return Ball::nan();
          const Ball bell = monotone(bell_of, magnitude(standardised(x, bits), bits), bits);
          Ball scale = mul(number::pi(bits), Ball(2), bits);
          arb_sqrt(scale.raw(), scale.raw(), bits);
          return div(bell, x.size() > 2 ? mul(scale, x[2], bits) : scale, bits);
        },
    .series =
        [](Arguments x, long n, Bits bits) {
          if (!inside(domain::normal, x, bits)) return unknown(n);
          const Series z = standardised(x, n, bits);
          Series exponent = mul(z, z, n, bits);
          arb_poly_scalar_mul_2exp_si(exponent.raw(), exponent.raw(), -1);
          arb_poly_neg(exponent.raw(), exponent.raw());
          Ball scale = mul(number::pi(bits), Ball(2), bits);
          arb_rsqrt(scale.raw(), scale.raw(), bits);
          const Series r = scaled(call(arb_poly_exp_series, exponent, n, bits), scale, bits);
          return x.size() > 2 ? div(r, x[2], n, bits) : r;
        },
    .scalar =
        [](const double* x, int count) {
          const double z = standardised(x, count);
          return std::exp(-z * z / 2) / (std::sqrt(2 * std::numbers::pi) * (count > 2 ? x[2] : 1));
        },
};

constinit const Forms normcdf{
    .ball =
        [](Balls x, Bits bits) {
          if (domain::normal(x, bits) != Truth::yes) return Ball::nan();
          return monotone(tail_of, standardised(x, bits), bits);
        },
    .series =
        [](Arguments x, long n, Bits bits) {
          return inside(domain::normal, x, bits) ? lower_tail(standardised(x, n, bits), n, bits) : unknown(n);
        },
    .scalar = [](const double* x, int count) { return lower_tail(standardised(x, count)); },
};

constinit const Forms sigmoid{
    .ball = [](Balls x, Bits bits) { return monotone(sigmoid_of, x[0], bits); },
    .series =
        [](Arguments x, long n, Bits bits) {
          const Series falling = call(arb_poly_exp_series, scaled(x[0], Ball(-1), bits), n, bits);
          return div(one(), add(one(), falling, n, bits), n, bits);
        },
    .exact = only_at<0, 1, 2>,
    .scalar = [](const double* x, int) { return 1 / (1 + std::exp(-x[0])); },
};

constinit const Forms softplus{
    .ball = [](Balls x, Bits bits) { return monotone(softplus_of, x[0], bits); },
    .series =
        [](Arguments x, long n, Bits bits) {
          const Ball value = at_zero(softplus.ball, x, bits);
          if (n <= 1) return n == 1 ? constant(value) : Series();
          const Series slope = mul(sigmoid.series(x, n - 1, bits), derivative(x[0], bits), n - 1, bits);
          return integral(slope, value, n, bits);
        },
    .scalar = [](const double* x, int) { return std::max(x[0], 0.0) + std::log1p(std::exp(-std::abs(x[0]))); },
};

constinit const Forms gelu{
    .ball = [](Balls x, Bits bits) { return piecewise(gelu_of, x[0], bits); },
    .series = [](Arguments x, long n, Bits bits) { return mul(x[0], lower_tail(x[0], n, bits), n, bits); },
    .exact = only_at<0, 0>,
    .scalar = [](const double* x, int) { return x[0] * lower_tail(x[0]); },
};

}  // namespace forms
}  // namespace nabla::number
