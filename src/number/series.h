// Truncated power series with ball coefficients: the arithmetic of jets.
#pragma once

#include <arb_poly.h>

#include <span>

#include "number/ball.h"

namespace nabla::number {

// c[0] + c[1] h + … + c[n-1] h^(n-1) + O(h^n), n being given to each operation. Value semantics.
class Series {
 public:
  Series() { arb_poly_init(p_); }  // 0
  explicit Series(const Ball& constant) : Series() { arb_poly_set_arb(p_, constant.raw()); }
  Series(const Series& o) : Series() { arb_poly_set(p_, o.p_); }
  Series(Series&& o) noexcept : Series() { arb_poly_swap(p_, o.p_); }
  Series& operator=(const Series& o) {
    arb_poly_set(p_, o.p_);
    return *this;
  }
  Series& operator=(Series&& o) noexcept {
    arb_poly_swap(p_, o.p_);
    return *this;
  }
  ~Series() { arb_poly_clear(p_); }

  static Series variable(const Ball& at);  // at + h
  Ball coefficient(long n) const;
  void set_coefficient(long n, const Ball& value);
  bool is_nan() const;  // a coefficient without enclosure

  // For this folder only.
  arb_poly_struct* raw() { return p_; }
  const arb_poly_struct* raw() const { return p_; }

 private:
  arb_poly_t p_;
};

Series add(const Series& a, const Series& b, long n, Bits bits);
Series sub(const Series& a, const Series& b, long n, Bits bits);
Series mul(const Series& a, const Series& b, long n, Bits bits);
Series div(const Series& a, const Series& b, long n, Bits bits);  // NaN coefficients if b[0] may be 0
// The roots are real as those of balls are. Where x[0] is exactly 0: h^2, sqrt(h^4) = h^2 and cbrt(h^3) = h have a
// Taylor series; of sqrt(h^2) or h^(4/3) the coefficients below the kink are known, the others are NaN.
Series power(const Series& x, const Rational& q, long n, Bits bits);
Series power(const Series& x, const Series& y, long n, Bits bits);  // x[0] > 0, or y an exact number

}  // namespace nabla::number
