#include "number/series.h"

#include <algorithm>

namespace nabla::number {
namespace {

void forget_from(Series& x, long first, long n) {
  for (long k = std::max(0L, first); k < n; ++k) x.set_coefficient(k, Ball::nan());
}

Series without_enclosure(long n) {
  Series r;
  forget_from(r, 0, n);
  return r;
}

// The first coefficient that is not exactly 0; n if there is none.
long valuation(const Series& x, long n) {
  long v = 0;
  while (v < n && x.coefficient(v).is_zero()) ++v;
  return v;
}

Series integer_power(const Series& x, const Rational& q, long n, Bits bits) {
  Series r;
  const std::optional<long> exponent = q.to_long();
  if (!exponent) {
    if (!x.coefficient(0).is_positive()) return without_enclosure(n);
    const Ball y(q, bits);
    arb_poly_pow_arb_series(r.raw(), x.raw(), y.raw(), n, bits);
  } else if (*exponent >= 0) {
    arb_poly_pow_ui_trunc_binexp(r.raw(), x.raw(), static_cast<ulong>(*exponent), n, bits);
  } else {
    arb_poly_inv_series(r.raw(), x.raw(), n, bits);
    arb_poly_pow_ui_trunc_binexp(r.raw(), r.raw(), 0UL - static_cast<ulong>(*exponent), n, bits);
  }
  return r;
}

// x^q for x[0] of a known sign, not 0; q is no integer.
Series fractional_power(const Series& x, const Rational& q, long n, Bits bits) {
  const bool negative = x.coefficient(0).is_negative();
  Series r;
  const Ball y(q, bits);
  if (negative) {
    if (!q.denominator_is_odd()) return without_enclosure(n);
    arb_poly_neg(r.raw(), x.raw());
    arb_poly_pow_arb_series(r.raw(), r.raw(), y.raw(), n, bits);
    if (!(q.numerator() * Rational(1, 2)).is_integer()) arb_poly_neg(r.raw(), r.raw());
  } else {
    arb_poly_pow_arb_series(r.raw(), x.raw(), y.raw(), n, bits);
  }
  return r;
}

// x^q where x[0] is exactly 0 and q > 0 is no integer: x = h^v u, so x^q = h^(vq) u^q, which has a Taylor series if vq
// is an integer (an even one under an even root). Coefficients below vq are 0 in any case, if x^q is defined on both
// sides. Unknown coefficients are NaN.
Series power_at_zero(const Series& x, const Rational& q, long n, Bits bits) {
  Series r;
  const bool odd_root = q.denominator_is_odd();
  const long v = valuation(x, n);
  if (v == n) {
    // x = o(h^(n-1)), of unknown sign.
    const Rational order = q * Rational(n - 1);
    forget_from(r, odd_root ? order.floor().to_long().value_or(n) + 1 : 1, n);
    return r;
  }
  Series u;
  arb_poly_shift_right(u.raw(), x.raw(), v);
  const Ball first = u.coefficient(0);
  if (first.is_nan() || (!odd_root && (v % 2 != 0 || !first.is_positive()))) {
    forget_from(r, 1, n);
    return r;
  }
  const Rational s = q * Rational(v);
  const std::optional<long> start = s.ceil().to_long();
  if (!start || *start >= n) return r;
  if (!s.is_integer() || (!odd_root && *start % 2 != 0)) {
    forget_from(r, *start, n);
    return r;
  }
  // u is known up to h^(n-v) only.
  const long known = std::min(n - v, n - *start);
  r = power(u, q, known, bits);
  arb_poly_shift_left(r.raw(), r.raw(), *start);
  forget_from(r, *start + known, n);
  return r;
}

}  // namespace

Series Series::variable(const Ball& at) {
  Series r(at);
  arb_poly_set_coeff_si(r.p_, 1, 1);
  return r;
}

Ball Series::coefficient(long n) const {
  Ball r;
  arb_poly_get_coeff_arb(r.raw(), p_, n);
  return r;
}

void Series::set_coefficient(long n, const Ball& value) { arb_poly_set_coeff_arb(p_, n, value.raw()); }

bool Series::is_nan() const {
  for (long k = 0; k < arb_poly_length(p_); ++k) {
    if (!arb_is_finite(p_->coeffs + k) && coefficient(k).is_nan()) return true;
  }
  return false;
}

Series add(const Series& a, const Series& b, long n, Bits bits) {
  Series r;
  arb_poly_add_series(r.raw(), a.raw(), b.raw(), n, bits);
  return r;
}

Series sub(const Series& a, const Series& b, long n, Bits bits) {
  Series r;
  arb_poly_sub_series(r.raw(), a.raw(), b.raw(), n, bits);
  return r;
}

Series mul(const Series& a, const Series& b, long n, Bits bits) {
  Series r;
  arb_poly_mullow(r.raw(), a.raw(), b.raw(), n, bits);
  return r;
}

Series div(const Series& a, const Series& b, long n, Bits bits) {
  if (b.coefficient(0).contains_zero()) return without_enclosure(n);
  Series r;
  arb_poly_div_series(r.raw(), a.raw(), b.raw(), n, bits);
  return r;
}

Series power(const Series& x, const Rational& q, long n, Bits bits) {
  if (n <= 0) return {};
  const Ball at = x.coefficient(0);
  const Ball value = power(at, q, bits);
  if (n == 1) return Series(value);
  Series r;
  if (q.is_integer() && (q.sign() >= 0 || !at.contains_zero())) {
    r = integer_power(x, q, n, bits);
    if (q.is_zero() && x.is_nan()) r = without_enclosure(n);
  } else if (at.is_positive() || at.is_negative()) {
    r = fractional_power(x, q, n, bits);
  } else if (at.is_zero() && q.sign() > 0) {
    r = power_at_zero(x, q, n, bits);
  } else {
    r = without_enclosure(n);
  }
  r.set_coefficient(0, value);
  return r;
}

Series power(const Series& x, const Series& y, long n, Bits bits) {
  if (n <= 0) return {};
  const Ball at = x.coefficient(0);
  if (arb_poly_length(y.raw()) <= 1) {
    if (const std::optional<Rational> q = y.coefficient(0).exact()) return power(x, *q, n, bits);
  }
  Series r;
  if (at.is_positive()) {
    arb_poly_pow_series(r.raw(), x.raw(), y.raw(), n, bits);
  } else {
    r = without_enclosure(n);
  }
  r.set_coefficient(0, power(at, y.coefficient(0), bits));
  return r;
}

}  // namespace nabla::number
