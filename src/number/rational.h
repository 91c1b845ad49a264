// Exact rational numbers.
#pragma once

#include <flint/fmpq.h>

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/budget.h"

namespace nabla::number {

using base::Bits;

// A fraction in lowest terms with a positive denominator. Value semantics; small values need no allocation.
class Rational {
 public:
  Rational() = default;
  Rational(long n) : Rational() { fmpq_set_si(q_, n, 1); }  // NOLINT: integers are rationals
  Rational(int n) : Rational(static_cast<long>(n)) {}       // NOLINT
  Rational(long numerator, long denominator);               // denominator != 0
  Rational(const Rational& o) : Rational() { fmpq_set(q_, o.q_); }
  Rational(Rational&& o) noexcept : Rational() { fmpq_swap(q_, o.q_); }
  Rational& operator=(const Rational& o) {
    fmpq_set(q_, o.q_);
    return *this;
  }
  Rational& operator=(Rational&& o) noexcept {
    fmpq_swap(q_, o.q_);
    return *this;
  }
  ~Rational() { fmpq_clear(q_); }

  // The exact value of a finite double.
  static Rational from_double(double x);
  // The value of "12", "1.5", ".5", "2e-3", "1_000_000", "0x1F", "0b101" or "3/4"; nothing if the text is no number.
  // Throws Error (limit) if it needs more than Budget::kMaxExactBits.
  static std::optional<Rational> parse(std::string_view text);

  bool is_zero() const { return fmpq_is_zero(q_); }
  bool is_one() const { return fmpq_is_one(q_); }
  bool is_integer() const { return fmpz_is_one(fmpq_denref(q_)); }
  int sign() const { return fmpq_sgn(q_); }
  Rational numerator() const;
  Rational denominator() const;
  Rational floor() const;
  Rational ceil() const;
  Rational abs() const;
  Rational reciprocal() const;          // of a number other than 0
  std::optional<long> to_long() const;  // if it is an integer that fits
  bool denominator_is_odd() const;
  double to_double() const;  // nearest, ties to even; ±inf beyond the range
  Bits bits() const;         // of the longer of numerator and denominator
  std::size_t hash() const;
  std::string text() const;  // "-3/4"

  // x^n; n < 0 needs x != 0. Throws Error (limit) if the result needs more than Budget::kMaxExactBits.
  static Rational power(const Rational& x, long n);
  // The exact n-th root (n >= 1) if it is rational; the real root of a negative x for odd n.
  static std::optional<Rational> root(const Rational& x, long n);

  friend Rational operator+(const Rational& a, const Rational& b) {
    Rational r;
    fmpq_add(r.q_, a.q_, b.q_);
    return r;
  }
  friend Rational operator-(const Rational& a, const Rational& b) {
    Rational r;
    fmpq_sub(r.q_, a.q_, b.q_);
    return r;
  }
  friend Rational operator*(const Rational& a, const Rational& b) {
    Rational r;
    fmpq_mul(r.q_, a.q_, b.q_);
    return r;
  }
  // b != 0, else std::domain_error is thrown, as by `reciprocal` and `power`.
  friend Rational operator/(const Rational& a, const Rational& b) {
    b.expect_nonzero();
    Rational r;
    fmpq_div(r.q_, a.q_, b.q_);
    return r;
  }
  friend Rational operator-(const Rational& a) {
    Rational r;
    fmpq_neg(r.q_, a.q_);
    return r;
  }
  friend bool operator==(const Rational& a, const Rational& b) { return fmpq_equal(a.q_, b.q_); }
  friend std::strong_ordering operator<=>(const Rational& a, const Rational& b) { return fmpq_cmp(a.q_, b.q_) <=> 0; }

  // For this folder only.
  fmpq* raw() { return q_; }
  const fmpq* raw() const { return q_; }

 private:
  void expect_nonzero() const {
    if (is_zero()) divided_by_zero();
  }
  [[noreturn]] static void divided_by_zero();

  fmpq_t q_ = {{0, 1}};  // zero, as fmpq_init makes it
};

}  // namespace nabla::number
