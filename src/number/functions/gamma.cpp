// Gamma and related functions.
#include <acb_hypgeom.h>
#include <fmt/format.h>

#include <array>
#include <cmath>

#include "number/functions/arb_call.h"
#include "number/functions/domain.h"
#include "number/functions/exact_call.h"
#include "number/functions/functions.h"
#include "number/functions/scalar_call.h"
#include "number/functions/series_call.h"

namespace nabla::number {
namespace {

constexpr long kMaxPolygamma = 100'000;  // order
constexpr long kMaxProduct = 512;        // factors of a binomial coefficient by its product
constexpr long kMaxFractions = 2'000;    // factors of an exact one
constexpr long kMaxBeta = 10'000;        // exact arguments of beta

// gamma falls before its minimum 0.88560… at 1.46163… and rises after it (x > 0); so does its logarithm.
Ball around_minimum(ArbFunction f, const Ball& x, Bits bits) {
  if (!wide(x) || !x.is_positive()) return piecewise(f, x, bits);
  const Ball r = monotone(f, x, bits);
  Ball at;
  arb_set_str(at.raw(), "[1.461632144968362341262659542325 +/- 1e-30]", bits);
  return x.overlaps(at) ? Ball::hull(r, call(f, at, bits), bits) : r;
}

// ln|gamma(x)| for x < 0 that is no integer: by reflection (DLMF 5.5.3).
void lgamma_of(arb_ptr r, arb_srcptr x, slong bits) {
  if (arb_is_positive(x)) return arb_lgamma(r, x, bits);
  Ball sine, other;
  arb_sin_pi(sine.raw(), x, bits);
  arb_abs(sine.raw(), sine.raw());
  arb_log(sine.raw(), sine.raw(), bits);
  arb_sub_ui(other.raw(), x, 1, bits);
  arb_neg(other.raw(), other.raw());
  arb_lgamma(other.raw(), other.raw(), bits);
  arb_const_pi(r, bits);
  arb_log(r, r, bits);
  arb_sub(r, r, sine.raw(), bits);
  arb_sub(r, r, other.raw(), bits);
}

Ball reciprocal_gamma(const Ball& x, Bits bits) { return call(arb_rgamma, x, bits); }

// n (n-1) … (n-k+1) / k!
Ball binomial_product(const Ball& n, long k, Bits bits) {
  Ball r;
  arb_bin_ui(r.raw(), n.raw(), static_cast<ulong>(k), bits);
  if (r.is_finite()) return r;
  r = Ball(1);
  for (long i = 0; i < k; ++i) r = div(mul(r, sub(n, Ball(i), bits), bits), Ball(i + 1), bits);
  return r;
}

// digamma(x) = digamma(1 - x) - pi cot(pi x) (DLMF 5.5.4), both parts monotone on x < 0 between the poles.
Ball reflected_digamma(const Ball& x, Bits bits) {
  const Ball turn = mul(pi(bits), monotone(arb_cot_pi, x, bits), bits);
  return sub(monotone(arb_digamma, sub(Ball(1), x, bits), bits), turn, bits);
}

Series plus_one(const Series& x, long n, Bits bits) { return add(x, one(), n, bits); }
Series reciprocal_gamma(const Series& x, long n, Bits bits) { return call(arb_poly_rgamma_series, x, n, bits); }

// n! for n >= 0.
Rational factorial_of(long n, std::string_view name) {
  const double digits = std::lgamma(static_cast<double>(n) + 1) / std::log(2.0);
  if (digits > static_cast<double>(base::Budget::kMaxExactBits)) too_large(fmt::format("{}({})", name, n));
  Rational r(1);
  fmpz_fac_ui(fmpq_numref(r.raw()), static_cast<ulong>(n));
  return r;
}

// n (n-1) … (n-k+1) / k!
Rational product_of_ratios(const Rational& n, long k) {
  Rational r(1);
  for (long i = 0; i < k; ++i) r = r * (n - Rational(i)) / Rational(i + 1);
  return r;
}

// binomial(n, k) of integers 0 <= k <= n.
Rational chosen(const Rational& n, const Rational& k) {
  if (k.is_zero()) return Rational(1);
  // At most (e n/k)^k.
  const double bits = k.to_double() * (ln_of(n) - ln_of(k) + 1) / std::log(2.0);
  if (!(bits <= static_cast<double>(base::Budget::kMaxExactBits))) {
    too_large(fmt::format("binomial({}, {})", n.text(), k.text()));
  }
  const std::optional<long> whole = n.to_long();
  const long factors = k.to_long().value();
  if (!whole) return product_of_ratios(n, factors);
  Rational r;
  fmpz_bin_uiui(fmpq_numref(r.raw()), static_cast<ulong>(*whole), static_cast<ulong>(factors));
  return r;
}

bool is_pole(double x) { return x <= 0 && std::floor(x) == x; }

}  // namespace

namespace forms {

constinit const Forms factorial{
    .ball =
        [](Balls x, Bits bits) {
          const Ball y = add(x[0], Ball(1), x[0].is_exact() ? ARF_PREC_EXACT : bits);
          return gamma.ball({&y, 1}, bits);
        },
    .series =
        [](Arguments x, long n, Bits bits) {
          const Series y = plus_one(x[0], n, bits);
          return gamma.series({&y, 1}, n, bits);
        },
    .exact = [](Rationals x) -> Value {
      if (!x[0].is_integer() || x[0].sign() < 0) return std::nullopt;
      const std::optional<long> n = x[0].to_long();
      if (!n) too_large("the factorial of " + x[0].text());
      return factorial_of(*n, "factorial");
    },
    .scalar = [](const double* x, int) { return is_pole(x[0] + 1) ? kNan : std::tgamma(x[0] + 1); },
};

constinit const Forms gamma{
    .ball =
        [](Balls x, Bits bits) {
          if (domain::no_pole_of_gamma(x, bits) != Truth::yes) return Ball::nan();
          return around_minimum(arb_gamma, x[0], bits);
        },
    .series = [](Arguments x, long n,
                 Bits bits) { return on(domain::no_pole_of_gamma, arb_poly_gamma_series, x, n, bits); },
    .exact = [](Rationals x) -> Value {
      if (!x[0].is_integer() || x[0].sign() <= 0) return std::nullopt;
      const std::optional<long> n = x[0].to_long();
      if (!n) too_large("gamma of " + x[0].text());
      return factorial_of(*n - 1, "gamma");
    },
    .scalar = [](const double* x, int) { return is_pole(x[0]) ? kNan : std::tgamma(x[0]); },
    .vector = {"tgamma", "u10", 1, Slope::gamma, std::tgamma},
};

constinit const Forms lgamma{
    .ball =
        [](Balls x, Bits bits) {
          if (domain::no_pole_of_gamma(x, bits) != Truth::yes) return Ball::nan();
          return around_minimum(lgamma_of, x[0], bits);
        },
    .series =
        [](Arguments x, long n, Bits bits) {
          const Ball value = at_zero(lgamma.ball, x, bits);
          if (n <= 1 || value.is_nan()) return n == 1 ? constant(value) : unknown(n);
          const Series slope = mul(digamma.series(x, n - 1, bits), derivative(x[0], bits), n - 1, bits);
          return integral(slope, value, n, bits);
        },
    .scalar =
        [](const double* x, int) {
          int positive = 0;
          return is_pole(x[0]) ? kNan : ::lgamma_r(x[0], &positive);
        },
};

constinit const Forms digamma{
    .ball =
        [](Balls x, Bits bits) {
          if (domain::no_pole_of_gamma(x, bits) != Truth::yes) return Ball::nan();
          if (x[0].is_positive()) return monotone(arb_digamma, x[0], bits);
          return wide(x[0]) ? reflected_digamma(x[0], bits) : call(arb_digamma, x[0], bits);
        },
    .series = [](Arguments x, long n,
                 Bits bits) { return on(domain::no_pole_of_gamma, arb_poly_digamma_series, x, n, bits); },
    .scalar = [](const double* x, int count) { return rounded(digamma.ball, x, count); },
};

constinit const Forms polygamma{
    .ball =
        [](Balls x, Bits bits) {
          if (domain::polygamma(x, bits) != Truth::yes) return Ball::nan();
          if (x[0].is_zero()) return digamma.ball(x.subspan(1), bits);
          const std::optional<long> order = x[0].unique_integer();
          if (!order || *order > kMaxPolygamma) return Ball::nan();
          acb_t s, z;
          acb_init(s);
          acb_init(z);
          acb_set_si(s, *order);
          acb_set_arb(z, x[1].raw());
          acb_polygamma(z, s, z, bits);
          Ball r;
          arb_set(r.raw(), acb_realref(z));
          acb_clear(s);
          acb_clear(z);
          return r;
        },
    .series =
        [](Arguments x, long n, Bits bits) {
          if (!is_constant(x[0]) || !inside(domain::polygamma, x, bits)) return unknown(n);
          const std::optional<long> order = x[0].coefficient(0).unique_integer();
          if (!order || *order + n > base::Budget::kMaxCalls) return unknown(n);
          Series jet = call(arb_poly_digamma_series, Series::variable(x[1].coefficient(0)), *order + n, bits);
          for (long k = 0; k < *order; ++k) jet = derivative(jet, bits);
          return composed(truncated(jet, n), x[1], n, bits);
        },
    .scalar = [](const double* x, int count) { return rounded(polygamma.ball, x, count); },
};

constinit const Forms beta{
    .ball =
        [](Balls x, Bits bits) {
          if (domain::beta(x, bits) != Truth::yes) return Ball::nan();
          const Ball product = mul(gamma.ball(x.first(1), bits), gamma.ball(x.subspan(1), bits), bits);
          return mul(product, reciprocal_gamma(add(x[0], x[1], bits), bits), bits);
        },
    .series =
        [](Arguments x, long n, Bits bits) {
          if (!inside(domain::beta, x, bits)) return unknown(n);
          const Series product = mul(gamma.series(x.first(1), n, bits), gamma.series(x.subspan(1), n, bits), n, bits);
          return mul(product, reciprocal_gamma(add(x[0], x[1], n, bits), n, bits), n, bits);
        },
    .exact = [](Rationals x) -> Value {
      const std::optional<long> a = x[0].to_long(), b = x[1].to_long();
      if (!a || !b || *a <= 0 || *b <= 0 || *a > kMaxBeta || *b > kMaxBeta) return std::nullopt;
      const std::array<Rational, 2> pair{Rational(*a + *b - 1), Rational(*a)};
      return (binomial.exact(pair).value() * Rational(*a)).reciprocal();
    },
    .scalar = [](const double* x, int count) { return rounded(beta.ball, x, count); },
};

constinit const Forms binomial{
    .ball =
        [](Balls x, Bits bits) {
          if (domain::binomial(x, bits) != Truth::yes) return Ball::nan();
          const Ball& n = x[0];
          const Ball rest = sub(n, x[1], bits);
          if (arb_is_int(x[1].raw())) {
            if (x[1].is_negative() && arb_is_int(n.raw())) return Ball(0);
            const std::optional<long> k = x[1].unique_integer();
            if (k && *k >= 0 && *k <= kMaxProduct) return binomial_product(n, *k, bits);
            const bool negative = arb_is_int(n.raw()) && n.is_negative();
            if (negative && k) {  // (-1)^k binomial(k - n - 1, k)
              const Ball turned = sub(sub(x[1], n, bits), Ball(1), bits);
              const Ball pair[] = {turned, x[1]};
              const Ball r = binomial.ball(Balls(pair), bits);
              return *k % 2 == 0 ? r : neg(r);
            }
            if (n.is_negative() && domain::factorial(x.first(1), bits) != Truth::yes) return Ball::nan();
          }
          const Ball denominator = mul(reciprocal_gamma(add(x[1], Ball(1), bits), bits),
                                       reciprocal_gamma(add(rest, Ball(1), bits), bits), bits);
          return mul(factorial.ball(x.first(1), bits), denominator, bits);
        },
    .series =
        [](Arguments x, long n, Bits bits) {
          if (!inside(domain::binomial, x, bits)) return unknown(n);
          const Ball k = x[1].coefficient(0);
          const std::optional<long> factors = k.is_exact() && is_constant(x[1]) ? k.unique_integer() : std::nullopt;
          if (factors && *factors >= 0 && *factors <= kMaxProduct) {
            Series r = one();
            for (long i = 0; i < *factors; ++i) {
              r = mul(r, sub(x[0], constant(Ball(i)), n, bits), n, bits);
              arb_poly_scalar_div(r.raw(), r.raw(), Ball(i + 1).raw(), bits);
            }
            return r;
          }
          const Series rest = sub(x[0], x[1], n, bits);
          const Series denominator = mul(reciprocal_gamma(plus_one(x[1], n, bits), n, bits),
                                         reciprocal_gamma(plus_one(rest, n, bits), n, bits), n, bits);
          return mul(factorial.series(x.first(1), n, bits), denominator, n, bits);
        },
    .exact = [](Rationals x) -> Value {
      const Rational& n = x[0];
      const Rational& k = x[1];
      if (!k.is_integer()) return std::nullopt;
      if (n.is_integer()) {
        if (k.sign() < 0) return Rational(0);
        if (n.sign() >= 0) return k > n ? Rational(0) : chosen(n, k + k > n ? n - k : k);
        const Rational turned = chosen(k - n - Rational(1), k);  // (-1)^k binomial(k - n - 1, k)
        return (k / Rational(2)).is_integer() ? turned : -turned;
      }
      const std::optional<long> factors = k.to_long();
      if (!factors || *factors < 0 || *factors > kMaxFractions) return std::nullopt;
      return product_of_ratios(n, *factors);
    },
    .scalar = [](const double* x, int count) { return rounded(binomial.ball, x, count); },
};

}  // namespace forms
}  // namespace nabla::number
