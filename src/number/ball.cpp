#include "number/ball.h"

#include <limits>

namespace nabla::number {
namespace {

// An end of the ball as an exact ball, rounded outwards to `bits`.
Ball lower_end(const Ball& x, Bits bits) {
  Ball end;
  arb_get_lbound_arf(arb_midref(end.raw()), x.raw(), bits);
  return end;
}

Ball upper_end(const Ball& x, Bits bits) {
  Ball end;
  arb_get_ubound_arf(arb_midref(end.raw()), x.raw(), bits);
  return end;
}

// The interval from exactly 0 to the upper end of `top`, which is at least 0.
Ball from_zero_to(const Ball& top) {
  Ball r;
  mag_t bound;
  mag_init(bound);
  arb_get_mag(bound, top.raw());
  arf_set_mag(arb_midref(r.raw()), bound);
  mag_set(arb_radref(r.raw()), bound);
  mag_clear(bound);
  if (!r.is_finite()) {
    arb_zero_pm_inf(r.raw());
  } else {
    arb_mul_2exp_si(r.raw(), r.raw(), -1);
  }
  return r;
}

bool is_infinite(const Ball& x) { return arf_is_inf(arb_midref(x.raw())) != 0; }

bool is_even(const fmpz_t n) { return fmpz_is_even(n) != 0; }

// x^n for x of one sign (n != 0), where the power is monotone: of wide balls the ends are raised.
Ball monotone_power(const Ball& x, const fmpz_t n, Bits bits) {
  Ball r;
  if (x.accuracy_bits() > static_cast<Bits>(fmpz_bits(n)) + 16) {
    arb_pow_fmpz(r.raw(), x.raw(), n, bits);
    return r;
  }
  Ball a = lower_end(x, bits);
  Ball b = upper_end(x, bits);
  arb_pow_fmpz(a.raw(), a.raw(), n, bits);
  arb_pow_fmpz(b.raw(), b.raw(), n, bits);
  return Ball::hull(a, b, bits);
}

// x^q for x > 0 and q != 0.
Ball positive_power(const Ball& x, const Rational& q, Bits bits) {
  const auto direct = [&](const Ball& at) {
    Ball r;
    arb_pow_fmpq(r.raw(), at.raw(), q.raw(), bits);
    return r;
  };
  if (x.accuracy_bits() > q.bits() + 16) return direct(x);
  return Ball::hull(direct(lower_end(x, bits)), direct(upper_end(x, bits)), bits);
}

}  // namespace

Ball Ball::from_double(double x) {
  Ball r;
  arb_set_d(r.x_, x);
  if (arf_is_nan(arb_midref(r.x_))) arb_indeterminate(r.x_);
  return r;
}

Ball Ball::nan() {
  Ball r;
  arb_indeterminate(r.x_);
  return r;
}

Ball Ball::infinity(int sign) {
  Ball r;
  if (sign < 0) {
    arb_neg_inf(r.x_);
  } else {
    arb_pos_inf(r.x_);
  }
  return r;
}

Ball Ball::hull(const Ball& a, const Ball& b, Bits bits) {
  Ball r;
  arb_union(r.x_, a.x_, b.x_, bits);
  // Rounding must not make the hull of nonnegative balls negative: a root would be undefined.
  if (a.is_nonnegative() && b.is_nonnegative() && !r.is_nonnegative()) return from_zero_to(r);
  if (a.is_nonpositive() && b.is_nonpositive() && !r.is_nonpositive()) return neg(from_zero_to(neg(r)));
  return r;
}

bool Ball::is_nan() const {
  return arf_is_nan(arb_midref(x_)) || (arf_is_inf(arb_midref(x_)) && mag_is_inf(arb_radref(x_)));
}

bool Ball::is_finite() const { return arb_is_finite(x_) != 0; }

std::optional<Rational> Ball::exact() const { return is_exact() ? midpoint() : std::nullopt; }

std::optional<Rational> Ball::midpoint() const {
  if (!is_finite()) return std::nullopt;
  const arf_struct* value = arb_midref(x_);
  constexpr Bits kMax = base::Budget::kMaxExactBits;
  if (!arf_is_zero(value) && (arf_bits(value) > kMax || arf_cmpabs_2exp_si(value, kMax) > 0 ||
                              arf_cmpabs_2exp_si(value, -kMax + arf_bits(value)) < 0)) {
    return std::nullopt;
  }
  Rational q;
  arf_get_fmpq(q.raw(), value);
  return q;
}

std::optional<long> Ball::unique_integer() const {
  if (!is_finite() || arf_cmpabs_2exp_si(arb_midref(x_), FLINT_BITS) > 0 ||
      mag_cmp_2exp_si(arb_radref(x_), FLINT_BITS) > 0)
    return std::nullopt;
  // Ends are rounded to a bounded length first: arb_get_unique_fmpz aborts the process on tiny midpoints and radii.
  constexpr Bits kEndBits = 2 * FLINT_BITS;
  std::optional<long> result;
  fmpz_t first;
  fmpz_t last;
  fmpz_init(first);
  fmpz_init(last);
  arf_get_fmpz(first, arb_midref(lower_end(*this, kEndBits).x_), ARF_RND_CEIL);
  arf_get_fmpz(last, arb_midref(upper_end(*this, kEndBits).x_), ARF_RND_FLOOR);
  if (fmpz_equal(first, last) && fmpz_fits_si(first) && arb_contains_fmpz(x_, first)) result = fmpz_get_si(first);
  fmpz_clear(first);
  fmpz_clear(last);
  return result;
}

double Ball::mid() const { return arf_get_d(arb_midref(x_), ARF_RND_NEAR); }

double Ball::lower() const {
  if (is_nan()) return -std::numeric_limits<double>::infinity();
  const Ball end = lower_end(*this, FLINT_BITS);
  return arf_get_d(arb_midref(end.x_), ARF_RND_FLOOR);
}

double Ball::upper() const {
  if (is_nan()) return std::numeric_limits<double>::infinity();
  const Ball end = upper_end(*this, FLINT_BITS);
  return arf_get_d(arb_midref(end.x_), ARF_RND_CEIL);
}

double Ball::radius() const {
  arf_t r;
  arf_init_set_mag_shallow(r, arb_radref(x_));
  return arf_get_d(r, ARF_RND_UP);
}

Ball add(const Ball& a, const Ball& b, Bits bits) {
  Ball r;
  arb_add(r.raw(), a.raw(), b.raw(), bits);
  return r;
}

Ball sub(const Ball& a, const Ball& b, Bits bits) {
  Ball r;
  arb_sub(r.raw(), a.raw(), b.raw(), bits);
  return r;
}

Ball mul(const Ball& a, const Ball& b, Bits bits) {
  Ball r;
  arb_mul(r.raw(), a.raw(), b.raw(), bits);
  return r;
}

Ball div(const Ball& a, const Ball& b, Bits bits) {
  if (b.contains_zero()) return Ball::nan();
  if (is_infinite(b)) return a.is_finite() ? Ball() : Ball::nan();
  Ball r;
  arb_div(r.raw(), a.raw(), b.raw(), bits);
  return r;
}

Ball neg(const Ball& a) {
  Ball r;
  arb_neg(r.raw(), a.raw());
  return r;
}

void add_to(Ball& sum, const Ball& b, Bits bits) { arb_add(sum.raw(), sum.raw(), b.raw(), bits); }

void mul_to(Ball& product, const Ball& b, Bits bits) { arb_mul(product.raw(), product.raw(), b.raw(), bits); }

Ball power(const Ball& x, long n, Bits bits) {
  if (x.is_nan() || (n == 0 && is_infinite(x))) return Ball::nan();
  if (n == 0) return 1;
  if (n == 1) {
    Ball r;
    arb_set_round(r.raw(), x.raw(), bits);
    return r;
  }
  const bool inverse = n < 0;
  const ulong count = inverse ? 0UL - static_cast<ulong>(n) : static_cast<ulong>(n);
  if (inverse && x.contains_zero()) return Ball::nan();
  if (is_infinite(x)) {
    if (inverse) return 0;
    return Ball::infinity(x.is_negative() && count % 2 == 1 ? -1 : 1);
  }
  if (x.is_zero()) return x;
  if (count % 2 == 0 && x.contains_zero()) {
    Ball top;
    mag_t bound;
    mag_init(bound);
    arb_get_mag(bound, x.raw());
    mag_pow_ui(bound, bound, count);
    arf_set_mag(arb_midref(top.raw()), bound);
    mag_clear(bound);
    return from_zero_to(top);
  }
  fmpz_t exponent;
  fmpz_init_set_si(exponent, n);
  Ball r = monotone_power(x, exponent, bits);
  fmpz_clear(exponent);
  return r;
}

Ball power(const Ball& x, const Rational& q, Bits bits) {
  if (const std::optional<long> n = q.to_long()) return power(x, *n, bits);
  if (x.is_nan()) return Ball::nan();
  const bool even_top = is_even(fmpq_numref(q.raw()));
  const bool odd_root = q.denominator_is_odd();
  if (is_infinite(x)) {
    if (x.is_negative() && !odd_root) return Ball::nan();
    if (q.sign() < 0) return 0;
    return Ball::infinity(x.is_negative() && !even_top ? -1 : 1);
  }
  if (x.is_positive()) return positive_power(x, q, bits);
  if (x.is_negative()) {
    if (!odd_root) return Ball::nan();
    const Ball r = positive_power(neg(x), q, bits);
    return even_top ? r : neg(r);
  }
  if (q.sign() < 0) return Ball::nan();
  if (x.is_zero()) return 0;
  if (!odd_root && !x.is_nonnegative()) return Ball::nan();
  // The ball contains 0 and other numbers.
  const auto from_zero = [&](const Ball& end) {
    return end.is_positive() ? from_zero_to(positive_power(end, q, bits)) : Ball();
  };
  const Ball right = from_zero(upper_end(x, bits));
  const Ball left = from_zero(neg(lower_end(x, bits)));
  if (left.is_zero()) return right;
  return even_top ? Ball::hull(left, right, bits) : Ball::hull(neg(left), right, bits);
}

Ball power(const Ball& x, const Ball& y, Bits bits) {
  if (x.is_nan() || y.is_nan()) return Ball::nan();
  if (y.is_exact() && arb_is_int(y.raw())) {
    if (const std::optional<Rational> n = y.exact()) return power(x, *n, bits);
  }
  Ball r;
  if (x.is_positive()) {
    arb_pow(r.raw(), x.raw(), y.raw(), bits);
    return r;
  }
  if (!x.is_nonnegative() || !y.is_positive()) return Ball::nan();
  if (x.is_zero()) return y.is_finite() ? Ball() : Ball::nan();
  const Ball top = upper_end(x, bits);
  arb_pow(r.raw(), top.raw(), y.raw(), bits);
  return from_zero_to(r);
}

Truth less(const Ball& a, const Ball& b) {
  if (a.is_nan() || b.is_nan()) return Truth::unknown;
  if (arb_lt(a.raw(), b.raw())) return Truth::yes;
  return arb_ge(a.raw(), b.raw()) ? Truth::no : Truth::unknown;
}

Truth less_equal(const Ball& a, const Ball& b) {
  if (a.is_nan() || b.is_nan()) return Truth::unknown;
  if (arb_le(a.raw(), b.raw())) return Truth::yes;
  return arb_gt(a.raw(), b.raw()) ? Truth::no : Truth::unknown;
}

Truth equal(const Ball& a, const Ball& b) {
  if (a.is_nan() || b.is_nan()) return Truth::unknown;
  if (arb_eq(a.raw(), b.raw())) return Truth::yes;
  return arb_ne(a.raw(), b.raw()) ? Truth::no : Truth::unknown;
}

}  // namespace nabla::number
