// Real numbers as balls: a midpoint and a radius that is a proven bound of its error.
#pragma once

#include <arb.h>

#include <optional>

#include "number/rational.h"

namespace nabla::number {

// The result of a comparison of balls.
enum class Truth { no, yes, unknown };

// A ball [mid ± rad]; NaN means that no enclosure is known. Value semantics.
class Ball {
 public:
  Ball() { arb_init(x_); }                      // exactly 0
  Ball(long n) : Ball() { arb_set_si(x_, n); }  // NOLINT: integers are balls
  Ball(int n) : Ball(static_cast<long>(n)) {}   // NOLINT
  Ball(const Rational& q, Bits bits) : Ball() { arb_set_fmpq(x_, q.raw(), bits); }
  Ball(const Ball& o) : Ball() { arb_set(x_, o.x_); }
  Ball(Ball&& o) noexcept : Ball() { arb_swap(x_, o.x_); }
  Ball& operator=(const Ball& o) {
    arb_set(x_, o.x_);
    return *this;
  }
  Ball& operator=(Ball&& o) noexcept {
    arb_swap(x_, o.x_);
    return *this;
  }
  ~Ball() { arb_clear(x_); }

  static Ball from_double(double x);  // exactly x; NaN for NaN, an exact infinity for ±inf
  static Ball nan();
  static Ball infinity(int sign);
  static Ball hull(const Ball& a, const Ball& b, Bits bits);  // contains both; nonnegative if both are

  bool is_nan() const;  // no enclosure
  bool is_finite() const;
  bool is_exact() const { return arb_is_exact(x_); }
  bool contains_zero() const { return arb_contains_zero(x_); }
  bool contains_integer() const { return arb_contains_int(x_); }
  bool is_positive() const { return arb_is_positive(x_); }
  bool is_nonnegative() const { return arb_is_nonnegative(x_); }
  bool is_negative() const { return arb_is_negative(x_); }
  bool is_nonpositive() const { return arb_is_nonpositive(x_); }
  bool is_zero() const { return arb_is_zero(x_); }  // exactly
  bool contains(const Ball& o) const { return arb_contains(x_, o.x_); }
  bool contains(const Rational& q) const { return arb_contains_fmpq(x_, q.raw()); }
  bool overlaps(const Ball& o) const { return arb_overlaps(x_, o.x_); }
  std::optional<Rational> exact() const;       // the value of an exact finite ball
  std::optional<Rational> midpoint() const;    // of a finite ball, unless it is absurdly large or small
  std::optional<long> unique_integer() const;  // if it contains exactly one integer, and that fits

  double mid() const;    // nearest double to the midpoint
  double lower() const;  // a double that is at most the lower end, ±inf allowed
  double upper() const;
  double radius() const;  // rounded up
  Bits accuracy_bits() const { return arb_rel_accuracy_bits(x_); }

  // For this folder only.
  arb_ptr raw() { return x_; }
  arb_srcptr raw() const { return x_; }

 private:
  arb_t x_;
};

Ball add(const Ball& a, const Ball& b, Bits bits);
Ball sub(const Ball& a, const Ball& b, Bits bits);
Ball mul(const Ball& a, const Ball& b, Bits bits);
Ball div(const Ball& a, const Ball& b, Bits bits);  // NaN if b may be 0
Ball neg(const Ball& a);
void add_to(Ball& sum, const Ball& b, Bits bits);  // in place, no allocation
void mul_to(Ball& product, const Ball& b, Bits bits);
Ball power(const Ball& x, long n, Bits bits);
// x^q for the literal exponent q: real root of a negative x when q has an odd denominator; NaN outside the domain.
Ball power(const Ball& x, const Rational& q, Bits bits);
Ball power(const Ball& x, const Ball& y, Bits bits);  // exp(y ln x), x > 0; exact integers y for any x

Truth less(const Ball& a, const Ball& b);
Truth less_equal(const Ball& a, const Ball& b);
Truth equal(const Ball& a, const Ball& b);

}  // namespace nabla::number
