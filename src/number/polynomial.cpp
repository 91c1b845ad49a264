#include "number/polynomial.h"

#include <flint/fmpq_mpoly_factor.h>

#include <algorithm>
#include <limits>

namespace nabla::number {

Polynomial::Polynomial(const PolynomialRing& ring, const Rational& c, std::span<const long> exponents)
    : Polynomial(ring) {
  std::vector<ulong> e(exponents.begin(), exponents.end());
  e.resize(ring.variables());
  fmpq_mpoly_set_coeff_fmpq_ui(p_, c.raw(), e.data(), ring.raw());
}

Rational Polynomial::coefficient(std::size_t term) const {
  Rational c;
  fmpq_mpoly_get_term_coeff_fmpq(c.raw(), p_, static_cast<slong>(term), ring_->raw());
  return c;
}

void Polynomial::exponents(std::size_t term, std::span<long> out) const {
  fmpq_mpoly_get_term_exp_si(out.data(), p_, static_cast<slong>(term), ring_->raw());
}

Rational Polynomial::make_primitive() {
  // FLINT stores the content apart from a primitive integer polynomial whose first coefficient is positive.
  Rational content;
  fmpq_swap(content.raw(), fmpq_mpoly_content_ref(p_, ring_->raw()));
  fmpq_one(fmpq_mpoly_content_ref(p_, ring_->raw()));
  return content;
}

std::vector<long> Polynomial::take_monomial() {
  const std::size_t n = ring_->variables();
  std::vector<long> least(n);
  exponents(0, least);
  std::vector<long> e(n);
  for (std::size_t term = 1; term < length(); ++term) {
    exponents(term, e);
    for (std::size_t i = 0; i < n; ++i) least[i] = std::min(least[i], e[i]);
  }
  if (std::ranges::any_of(least, [](long k) { return k != 0; })) {
    const Polynomial monomial(*ring_, 1, least);
    fmpq_mpoly_divides(p_, p_, monomial.p_, ring_->raw());
  }
  return least;
}

Polynomial operator*(const Polynomial& a, const Polynomial& b) {
  Polynomial product(*a.ring_);
  fmpq_mpoly_mul(product.p_, a.p_, b.p_, a.ring_->raw());
  return product;
}

Polynomial Polynomial::scaled(const Rational& c) const {
  Polynomial result(*ring_);
  fmpq_mpoly_scalar_mul_fmpq(result.p_, p_, c.raw(), ring_->raw());
  return result;
}

Polynomial Polynomial::power(unsigned long n) const {
  Polynomial result(*ring_);
  fmpq_mpoly_pow_ui(result.p_, p_, n, ring_->raw());
  return result;
}

std::optional<Polynomial> quotient_of(const Polynomial& a, const Polynomial& b) {
  Polynomial q(*a.ring_);
  if (fmpq_mpoly_divides(q.p_, a.p_, b.p_, a.ring_->raw()) == 0) return std::nullopt;
  return q;
}

std::optional<Polynomial> gcd(const Polynomial& a, const Polynomial& b) {
  Polynomial d(*a.ring_);
  if (fmpq_mpoly_gcd(d.p_, a.p_, b.p_, a.ring_->raw()) == 0) return std::nullopt;
  d.make_primitive();
  return d;
}

// True if the polynomial is a·v + b in some variable v, a or b is a single term, and no variable divides it: a common
// divisor of a and b would be a monomial that divides the whole. Settles most formulas of calculus without factoring.
bool Polynomial::is_plainly_irreducible() const {
  const std::size_t n = ring_->variables();
  const std::size_t terms = length();
  std::vector<long> e(n);
  std::vector<long> least(n, std::numeric_limits<long>::max());
  std::vector<long> most(n, 0);
  std::vector<std::size_t> with(n, 0);  // how many terms each variable occurs in
  for (std::size_t term = 0; term < terms; ++term) {
    exponents(term, e);
    for (std::size_t i = 0; i < n; ++i) {
      least[i] = std::min(least[i], e[i]);
      most[i] = std::max(most[i], e[i]);
      if (e[i] != 0) ++with[i];
    }
  }
  bool linear = false;
  for (std::size_t i = 0; i < n; ++i) {
    if (least[i] != 0) return false;
    linear = linear || (most[i] == 1 && (with[i] == 1 || with[i] + 1 == terms));
  }
  return linear;
}

std::optional<Polynomial::Factors> Polynomial::factors() const {
  if (is_plainly_irreducible()) {
    Polynomial primitive = *this;
    Factors only{primitive.make_primitive(), {}};
    only.powers.emplace_back(std::move(primitive), 1);
    return only;
  }
  fmpq_mpoly_factor_t found;
  fmpq_mpoly_factor_init(found, ring_->raw());
  std::optional<Factors> result;
  if (fmpq_mpoly_factor(found, p_, ring_->raw()) != 0) {
    result.emplace();
    fmpq_mpoly_factor_get_constant_fmpq(result->constant.raw(), found, ring_->raw());
    for (slong i = 0; i < fmpq_mpoly_factor_length(found, ring_->raw()); ++i) {
      const long k = fmpq_mpoly_factor_get_exp_si(found, i, ring_->raw());
      Polynomial f(*ring_);
      fmpq_mpoly_factor_get_base(f.p_, found, i, ring_->raw());
      result->constant = result->constant * Rational::power(f.make_primitive(), k);
      result->powers.emplace_back(std::move(f), k);
    }
  }
  fmpq_mpoly_factor_clear(found, ring_->raw());
  return result;
}

}  // namespace nabla::number
