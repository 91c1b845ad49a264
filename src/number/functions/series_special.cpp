// Series of gamma and its kin, error functions, exponential integrals, zeta, Bessel and Airy functions, the normal
// distribution and activation functions.
#include <arb_hypgeom.h>

#include <algorithm>
#include <array>
#include <vector>

#include "number/functions/series_call.h"

namespace nabla::number::series {
namespace {

constexpr long kMaxProduct = 512;  // factors of a binomial coefficient by its product

Series one() { return constant(Ball(1)); }

Series on(DomainTest domain, ArbSeries f, Arguments x, long n, Bits bits) {
  return inside(domain, x, bits) ? call(f, x[0], n, bits) : unknown(n);
}

bool is_constant(const Series& x) { return arb_poly_length(x.raw()) <= 1; }

void li_series(arb_poly_struct* r, const arb_poly_struct* x, slong n, slong bits) {
  arb_hypgeom_li_series(r, x, 0, n, bits);
}

void lambertw_series(arb_poly_struct* r, const arb_poly_struct* x, slong n, slong bits) {
  arb_poly_lambertw_series(r, x, 0, n, bits);
}

void zeta_series(arb_poly_struct* r, const arb_poly_struct* x, slong n, slong bits) {
  arb_poly_zeta_series(r, x, Ball(1).raw(), 0, n, bits);
}

template <int Which>  // 0 Ai, 1 Ai', 2 Bi, 3 Bi'
void airy_series(arb_poly_struct* r, const arb_poly_struct* x, slong n, slong bits) {
  arb_hypgeom_airy_series(Which == 0 ? r : nullptr, Which == 1 ? r : nullptr, Which == 2 ? r : nullptr,
                          Which == 3 ? r : nullptr, x, n, bits);
}

Series plus_one(const Series& x, long n, Bits bits) { return number::add(x, one(), n, bits); }
Series reciprocal_gamma(const Series& x, long n, Bits bits) { return call(arb_poly_rgamma_series, x, n, bits); }

// The k-th derivative of a cylinder function C is 2^-k times the sum over i of binomial(k, i) s^i C(order - k + 2i, x),
// s being -1 for J and Y, 1 for I, and of that (-1)^k for K with s = 1 (DLMF 10.6.7, 10.29.5).
Series bessel(BallFunction f, int alternating, int outer, Arguments x, long n, Bits bits) {
  const std::array<Ball, 2> at{x[0].coefficient(0), x[1].coefficient(0)};
  if (n <= 1 || !is_constant(x[0])) return n == 1 ? constant(f(at, bits)) : unknown(n);
  std::vector<Ball> shifted;
  for (long j = -(n - 1); j <= n - 1; ++j) {
    const std::array<Ball, 2> moved{number::add(at[0], Ball(j), bits), at[1]};
    shifted.push_back(f(moved, bits));
  }
  Series jet;
  Ball scale(1);  // outer^k / (2^k k!)
  for (long k = 0; k < n; ++k) {
    Ball sum, binomial;
    for (long i = 0; i <= k; ++i) {
      arb_bin_uiui(binomial.raw(), static_cast<ulong>(k), static_cast<ulong>(i), bits);
      const Ball term = number::mul(binomial, shifted[static_cast<std::size_t>(n - 1 - k + 2 * i)], bits);
      sum = alternating < 0 && i % 2 == 1 ? number::sub(sum, term, bits) : number::add(sum, term, bits);
    }
    jet.set_coefficient(k, number::mul(sum, scale, bits));
    scale = number::div(scale, Ball(outer * 2 * (k + 1)), bits);
  }
  return composed(jet, x[1], n, bits);
}

Series standardised(Arguments x, long n, Bits bits) {
  Series z = truncated(x[0], n);
  if (x.size() > 1) z = number::sub(z, x[1], n, bits);
  if (x.size() > 2) z = number::div(z, x[2], n, bits);
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

}  // namespace

Series gamma(Arguments x, long n, Bits bits) { return on(domain::no_pole_of_gamma, arb_poly_gamma_series, x, n, bits); }

Series factorial(Arguments x, long n, Bits bits) {
  const Series y = plus_one(x[0], n, bits);
  return gamma({&y, 1}, n, bits);
}

Series digamma(Arguments x, long n, Bits bits) {
  return on(domain::no_pole_of_gamma, arb_poly_digamma_series, x, n, bits);
}

Series lgamma(Arguments x, long n, Bits bits) {
  const Ball value = at_zero(number::lgamma, x, bits);
  if (n <= 1 || value.is_nan()) return n == 1 ? constant(value) : unknown(n);
  const Series slope = number::mul(digamma(x, n - 1, bits), derivative(x[0], bits), n - 1, bits);
  return integral(slope, value, n, bits);
}

Series polygamma(Arguments x, long n, Bits bits) {
  if (!is_constant(x[0]) || !inside(domain::polygamma, x, bits)) return unknown(n);
  const std::optional<long> order = x[0].coefficient(0).unique_integer();
  if (!order || *order + n > base::Budget::kMaxCalls) return unknown(n);
  Series jet = call(arb_poly_digamma_series, Series::variable(x[1].coefficient(0)), *order + n, bits);
  for (long k = 0; k < *order; ++k) jet = derivative(jet, bits);
  return composed(truncated(jet, n), x[1], n, bits);
}

Series beta(Arguments x, long n, Bits bits) {
  if (!inside(domain::beta, x, bits)) return unknown(n);
  const Series product = number::mul(gamma(x.first(1), n, bits), gamma(x.subspan(1), n, bits), n, bits);
  return number::mul(product, reciprocal_gamma(number::add(x[0], x[1], n, bits), n, bits), n, bits);
}

Series binomial(Arguments x, long n, Bits bits) {
  if (!inside(domain::binomial, x, bits)) return unknown(n);
  const Ball k = x[1].coefficient(0);
  const std::optional<long> factors = k.is_exact() && is_constant(x[1]) ? k.unique_integer() : std::nullopt;
  if (factors && *factors >= 0 && *factors <= kMaxProduct) {
    Series r = one();
    for (long i = 0; i < *factors; ++i) {
      r = number::mul(r, number::sub(x[0], constant(Ball(i)), n, bits), n, bits);
      arb_poly_scalar_div(r.raw(), r.raw(), Ball(i + 1).raw(), bits);
    }
    return r;
  }
  const Series rest = number::sub(x[0], x[1], n, bits);
  const Series denominator = number::mul(reciprocal_gamma(plus_one(x[1], n, bits), n, bits),
                                         reciprocal_gamma(plus_one(rest, n, bits), n, bits), n, bits);
  return number::mul(factorial(x.first(1), n, bits), denominator, n, bits);
}

Series erf(Arguments x, long n, Bits bits) { return call(arb_hypgeom_erf_series, x[0], n, bits); }
Series erfc(Arguments x, long n, Bits bits) { return call(arb_hypgeom_erfc_series, x[0], n, bits); }

// Newton's method on series, doubling the number of right coefficients: y - (erf(y) - x) sqrt(pi)/2 e^(y^2).
Series erfinv(Arguments x, long n, Bits bits) {
  const Ball value = at_zero(number::erfinv, x, bits);
  if (value.is_nan()) return unknown(n);
  Ball half_root;
  arb_const_sqrt_pi(half_root.raw(), bits);
  arb_mul_2exp_si(half_root.raw(), half_root.raw(), -1);
  Series y = constant(value);
  for (long known = 1; known < n;) {
    const long next = std::min(2 * known, n);
    const Series growth = call(arb_poly_exp_series, number::mul(y, y, next, bits), next, bits);
    const Series error = number::sub(call(arb_hypgeom_erf_series, y, next, bits), x[0], next, bits);
    const Series step = scaled(number::mul(error, growth, next, bits), half_root, bits);
    for (long i = known; i < next; ++i) y.set_coefficient(i, number::neg(step.coefficient(i)));
    known = next;
  }
  return truncated(y, n);
}

Series sine_integral(Arguments x, long n, Bits bits) { return call(arb_hypgeom_si_series, x[0], n, bits); }

Series cosine_integral(Arguments x, long n, Bits bits) {
  return on(domain::positive, arb_hypgeom_ci_series, x, n, bits);
}

Series exponential_integral(Arguments x, long n, Bits bits) {
  return on(domain::nonzero, arb_hypgeom_ei_series, x, n, bits);
}

Series logarithmic_integral(Arguments x, long n, Bits bits) {
  if (n > 1 && !x[0].coefficient(0).is_positive()) return unknown(n);
  return on(domain::logarithmic_integral, li_series, x, n, bits);
}

Series lambertw(Arguments x, long n, Bits bits) { return on(domain::lambertw, lambertw_series, x, n, bits); }
Series zeta(Arguments x, long n, Bits bits) { return on(domain::not_one, zeta_series, x, n, bits); }

Series besselj(Arguments x, long n, Bits bits) { return bessel(number::besselj, -1, 1, x, n, bits); }
Series bessely(Arguments x, long n, Bits bits) { return bessel(number::bessely, -1, 1, x, n, bits); }
Series besseli(Arguments x, long n, Bits bits) { return bessel(number::besseli, 1, 1, x, n, bits); }
Series besselk(Arguments x, long n, Bits bits) { return bessel(number::besselk, 1, -1, x, n, bits); }

Series airyai(Arguments x, long n, Bits bits) { return call(airy_series<0>, x[0], n, bits); }
Series airyai_derivative(Arguments x, long n, Bits bits) { return call(airy_series<1>, x[0], n, bits); }
Series airybi(Arguments x, long n, Bits bits) { return call(airy_series<2>, x[0], n, bits); }
Series airybi_derivative(Arguments x, long n, Bits bits) { return call(airy_series<3>, x[0], n, bits); }

Series normpdf(Arguments x, long n, Bits bits) {
  if (!inside(domain::normal, x, bits)) return unknown(n);
  const Series z = standardised(x, n, bits);
  Series exponent = number::mul(z, z, n, bits);
  arb_poly_scalar_mul_2exp_si(exponent.raw(), exponent.raw(), -1);
  arb_poly_neg(exponent.raw(), exponent.raw());
  Ball root = number::mul(number::pi(bits), Ball(2), bits);
  arb_rsqrt(root.raw(), root.raw(), bits);
  const Series r = scaled(call(arb_poly_exp_series, exponent, n, bits), root, bits);
  return x.size() > 2 ? number::div(r, x[2], n, bits) : r;
}

Series normcdf(Arguments x, long n, Bits bits) {
  return inside(domain::normal, x, bits) ? lower_tail(standardised(x, n, bits), n, bits) : unknown(n);
}

Series sigmoid(Arguments x, long n, Bits bits) {
  const Series falling = call(arb_poly_exp_series, scaled(x[0], Ball(-1), bits), n, bits);
  return number::div(one(), number::add(one(), falling, n, bits), n, bits);
}

Series softplus(Arguments x, long n, Bits bits) {
  const Ball value = at_zero(number::softplus, x, bits);
  if (n <= 1) return n == 1 ? constant(value) : Series();
  const Series slope = number::mul(sigmoid(x, n - 1, bits), derivative(x[0], bits), n - 1, bits);
  return integral(slope, value, n, bits);
}

Series gelu(Arguments x, long n, Bits bits) { return number::mul(x[0], lower_tail(x[0], n, bits), n, bits); }

}  // namespace nabla::number::series
