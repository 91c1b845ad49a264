// Polynomials in several variables with rational coefficients: products, common divisors, factors.
#pragma once

#include <flint/fmpq_mpoly.h>

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "number/rational.h"

namespace nabla::number {

// The variables, numbered from 0, of a family of polynomials. Must outlive them.
class PolynomialRing {
 public:
  explicit PolynomialRing(std::size_t variables) {
    fmpq_mpoly_ctx_init(context_, static_cast<slong>(variables == 0 ? 1 : variables), ORD_LEX);
  }
  ~PolynomialRing() { fmpq_mpoly_ctx_clear(context_); }
  PolynomialRing(const PolynomialRing&) = delete;
  PolynomialRing& operator=(const PolynomialRing&) = delete;

  std::size_t variables() const { return static_cast<std::size_t>(fmpq_mpoly_ctx_nvars(context_)); }

  // For this folder only.
  const fmpq_mpoly_ctx_struct* raw() const { return context_; }

 private:
  fmpq_mpoly_ctx_t context_;
};

// Value semantics. Costs grow with the number of terms: the caller bounds it.
class Polynomial {
 public:
  explicit Polynomial(const PolynomialRing& ring) : ring_(&ring) { fmpq_mpoly_init(p_, ring.raw()); }  // 0
  Polynomial(const PolynomialRing& ring, const Rational& c) : Polynomial(ring) {
    fmpq_mpoly_set_fmpq(p_, c.raw(), ring.raw());
  }
  // c · x0^e0 · x1^e1 …, all exponents >= 0, as many as the ring has variables.
  Polynomial(const PolynomialRing& ring, const Rational& c, std::span<const long> exponents);
  Polynomial(const Polynomial& o) : Polynomial(*o.ring_) { fmpq_mpoly_set(p_, o.p_, ring_->raw()); }
  Polynomial(Polynomial&& o) noexcept : Polynomial(*o.ring_) { fmpq_mpoly_swap(p_, o.p_, ring_->raw()); }
  Polynomial& operator=(const Polynomial& o) {
    fmpq_mpoly_set(p_, o.p_, ring_->raw());
    return *this;
  }
  Polynomial& operator=(Polynomial&& o) noexcept {
    fmpq_mpoly_swap(p_, o.p_, ring_->raw());
    return *this;
  }
  ~Polynomial() { fmpq_mpoly_clear(p_, ring_->raw()); }

  const PolynomialRing& ring() const { return *ring_; }
  bool is_zero() const { return fmpq_mpoly_is_zero(p_, ring_->raw()) != 0; }
  bool is_constant() const { return fmpq_mpoly_is_fmpq(p_, ring_->raw()) != 0; }
  std::size_t length() const { return static_cast<std::size_t>(fmpq_mpoly_length(p_, ring_->raw())); }
  long degree(std::size_t variable) const {
    return fmpq_mpoly_degree_si(p_, static_cast<slong>(variable), ring_->raw());
  }
  Rational coefficient(std::size_t term) const;
  void exponents(std::size_t term, std::span<long> out) const;  // as many as the ring has variables

  // Divides by the coefficient content, so that all coefficients are coprime integers and the first is positive;
  // returns the divisor. Not for 0.
  Rational make_primitive();
  // Divides by the greatest monomial that divides every term; returns its exponents.
  std::vector<long> take_monomial();

  Polynomial& operator+=(const Polynomial& o) {
    fmpq_mpoly_add(p_, p_, o.p_, ring_->raw());
    return *this;
  }
  friend Polynomial operator*(const Polynomial& a, const Polynomial& b);
  friend bool operator==(const Polynomial& a, const Polynomial& b) {
    return fmpq_mpoly_equal(a.p_, b.p_, a.ring_->raw()) != 0;
  }
  Polynomial scaled(const Rational& c) const;
  Polynomial power(unsigned long n) const;

  // a / b if b divides a.
  friend std::optional<Polynomial> quotient_of(const Polynomial& a, const Polynomial& b);
  // Nothing if it was not found.
  friend std::optional<Polynomial> gcd(const Polynomial& a, const Polynomial& b);

  // c · f0^k0 · f1^k1 … with primitive irreducible f; nothing if it was not found.
  struct Factors {
    Rational constant;
    std::vector<std::pair<Polynomial, long>> powers;
  };
  std::optional<Factors> factors() const;

 private:
  bool is_plainly_irreducible() const;

  const PolynomialRing* ring_;
  fmpq_mpoly_t p_;
};

}  // namespace nabla::number
