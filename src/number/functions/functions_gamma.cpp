// Gamma and its kin, and functions of integers.
#include <acb_hypgeom.h>
#include <arb_hypgeom.h>

#include "number/functions/arb_call.h"
#include "number/functions/domain.h"

namespace nabla::number {
namespace {

constexpr long kMaxProduct = 512;        // factors of a binomial coefficient by its product
constexpr long kMaxPolygamma = 100'000;  // order

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

template <void (*Combine)(fmpz_t, const fmpz_t, const fmpz_t)>
Ball of_integers(Balls x, Bits bits) {
  if (domain::integers(x, bits) != Truth::yes) return Ball::nan();
  fmpz_t total, next;
  fmpz_init(total);
  fmpz_init(next);
  bool fits = true;
  for (std::size_t i = 0; i < x.size() && fits; ++i) {
    fits = arf_cmpabs_2exp_si(arb_midref(x[i].raw()), base::Budget::kMaxExactBits) < 0;
    if (!fits) break;
    arf_get_fmpz(next, arb_midref(x[i].raw()), ARF_RND_DOWN);
    i == 0 ? fmpz_abs(total, next) : Combine(total, total, next);
  }
  Ball r = Ball::nan();
  if (fits) arb_set_fmpz(r.raw(), total);
  fmpz_clear(total);
  fmpz_clear(next);
  return r;
}

}  // namespace

Ball gamma(Balls x, Bits bits) {
  if (domain::no_pole_of_gamma(x, bits) != Truth::yes) return Ball::nan();
  return around_minimum(arb_gamma, x[0], bits);
}

Ball factorial(Balls x, Bits bits) {
  const Ball y = add(x[0], Ball(1), x[0].is_exact() ? ARF_PREC_EXACT : bits);
  return gamma({&y, 1}, bits);
}

Ball lgamma(Balls x, Bits bits) {
  if (domain::no_pole_of_gamma(x, bits) != Truth::yes) return Ball::nan();
  return around_minimum(lgamma_of, x[0], bits);
}

Ball digamma(Balls x, Bits bits) {
  if (domain::no_pole_of_gamma(x, bits) != Truth::yes) return Ball::nan();
  if (x[0].is_positive()) return monotone(arb_digamma, x[0], bits);
  return wide(x[0]) ? reflected_digamma(x[0], bits) : call(arb_digamma, x[0], bits);
}

Ball polygamma(Balls x, Bits bits) {
  if (domain::polygamma(x, bits) != Truth::yes) return Ball::nan();
  if (x[0].is_zero()) return digamma(x.subspan(1), bits);
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
}

Ball beta(Balls x, Bits bits) {
  if (domain::beta(x, bits) != Truth::yes) return Ball::nan();
  const Ball product = mul(gamma(x.first(1), bits), gamma(x.subspan(1), bits), bits);
  return mul(product, reciprocal_gamma(add(x[0], x[1], bits), bits), bits);
}

Ball binomial(Balls x, Bits bits) {
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
      const Ball r = binomial(pair, bits);
      return *k % 2 == 0 ? r : neg(r);
    }
    if (n.is_negative() && domain::factorial(x.first(1), bits) != Truth::yes) return Ball::nan();
  }
  const Ball denominator =
      mul(reciprocal_gamma(add(x[1], Ball(1), bits), bits), reciprocal_gamma(add(rest, Ball(1), bits), bits), bits);
  return mul(factorial(x.first(1), bits), denominator, bits);
}

Ball gcd(Balls x, Bits bits) { return of_integers<fmpz_gcd>(x, bits); }
Ball lcm(Balls x, Bits bits) { return of_integers<fmpz_lcm>(x, bits); }

}  // namespace nabla::number
