#include "eval/balls/arithmetic.h"

#include <array>
#include <cstdlib>

#include "number/decimal.h"

namespace nabla::eval {
namespace {

using base::Code;
using base::Error;
using number::Truth;

constexpr int kShownDigits = 6;

constexpr std::string_view kRealRoots = "root(x, n) takes real odd roots, and so does x^(k/3) with its 3 written";

Error no_value(std::string what) { return {Code::domain, {}, std::move(what)}; }

Error division_by_zero() { return {Code::domain, {}, "division by zero"}; }

Error not_real(const Slot& base, const Slot& exponent) {
  const std::string x = shown(base);
  if (exponent.exact() && exponent.rational() == Rational(1, 2)) return no_value("sqrt(" + x + ") is not real");
  return {Code::domain, {}, "(" + x + ")^(" + shown(exponent) + ") is not real", std::string(kRealRoots)};
}

bool is_nonzero(const Slot& s) { return s.exact() ? !s.rational().is_zero() : !s.value.ball.contains_zero(); }

int sign_of(const Slot& s) {
  if (s.exact()) return s.rational().sign();
  if (s.value.ball.is_positive()) return 1;
  if (s.value.ball.is_negative()) return -1;
  return 0;
}

void add_infinities(Slots in, Slot& out, Expr where) {
  int sign = 0;
  bool known = true;
  for (const Slot* s : in) {
    const int i = infinite_sign(*s);
    if (i != 0 && i == -sign) return out.set_undefined(no_value("inf - inf has no value"), where);
    if (i != 0) sign = i;
    if (i == 0 && !s->exact() && !s->value.ball.is_finite()) known = false;
  }
  if (sign != 0 && known) return out.set(Ball::infinity(sign));
  out.set_undecided();
}

void multiply_infinities(Slots in, Slot& out, Expr where) {
  int sign = 1;
  bool infinite = false;
  bool zero = false;
  for (const Slot* s : in) {
    sign *= sign_of(*s);
    infinite = infinite || infinite_sign(*s) != 0;
    zero = zero || (s->exact() && s->rational().is_zero());
  }
  if (infinite && zero) return out.set_undefined(no_value("inf - inf and 0*inf have no value"), where);
  if (infinite && sign != 0) return out.set(Ball::infinity(sign));
  out.set_undecided();
}

}  // namespace

Error no_computed_root(const Rational& q) {
  return {Code::domain,
          {},
          "a negative number has no real power " + q.text() + " that only came out as this fraction",
          std::string(kRealRoots)};
}

std::string shown(const Slot& s) {
  if (s.exact()) return number::decimal(s.rational(), kShownDigits).text;
  if (const int i = infinite_sign(s)) return i > 0 ? "inf" : "-inf";
  return number::estimated_decimal(s.value.ball, kShownDigits).text;
}

bool passes_on(Slots in, Slot& out, bool& estimated) {
  const Slot* open = nullptr;
  for (const Slot* s : in) {
    switch (s->value.state) {
      case Outcome::State::enclosed: break;
      case Outcome::State::estimated: estimated = true; break;
      case Outcome::State::undecided: open = s; break;
      case Outcome::State::undefined: out.copy(*s); return true;
    }
  }
  if (open == nullptr) return false;
  out.set_undecided();
  return true;
}

void add(Slots in, Slot& out, Bits bits, Expr where) {
  bool estimated = false;
  if (passes_on(in, out, estimated)) return;
  Rational exact;
  Ball sum;
  bool all_exact = true;
  bool any_exact = false;
  for (Slot* s : in) {
    if (s->exact() && s->rational().bits() <= kMaxCarriedBits) {
      exact = any_exact ? exact + s->rational() : s->rational();
      any_exact = true;
    } else if (all_exact) {
      all_exact = false;
      sum = s->ball(bits);
    } else {
      number::add_to(sum, s->ball(bits), bits);
    }
  }
  if (all_exact && exact.bits() <= kMaxCarriedBits) return out.set(std::move(exact));
  if (any_exact && !exact.is_zero()) {
    number::add_to(sum, Ball(exact, bits), bits);
  }
  if (!sum.is_finite()) return add_infinities(in, out, where);
  out.set(std::move(sum), estimated);
}

void multiply(Slots in, Slot& out, Bits bits, Expr where) {
  bool estimated = false;
  if (passes_on(in, out, estimated)) return;
  Rational exact = 1;
  Ball product;
  bool all_exact = true;
  bool any_exact = false;
  for (Slot* s : in) {
    if (s->exact() && s->rational().bits() + exact.bits() <= kMaxCarriedBits) {
      exact = any_exact ? exact * s->rational() : s->rational();
      any_exact = true;
    } else if (all_exact) {
      all_exact = false;
      product = s->ball(bits);
    } else {
      number::mul_to(product, s->ball(bits), bits);
    }
  }
  if (all_exact) return out.set(std::move(exact));
  if (!product.is_finite()) return multiply_infinities(in, out, where);
  if (exact.is_zero()) return estimated ? out.set(Ball(), true) : out.set(std::move(exact));
  if (!exact.is_one()) number::mul_to(product, Ball(exact, bits), bits);
  out.set(std::move(product), estimated);
}

namespace {

// base^q for an exact base other than 0 and an integer q.
void exact_integer_power(Slot& base, const Rational& q, Slot& out, Bits bits, Expr where) {
  const Rational& x = base.rational();
  const std::optional<long> n = q.to_long();
  if (x.abs().is_one()) return out.set(x.sign() > 0 || (q * Rational(1, 2)).is_integer() ? Rational(1) : Rational(-1));
  if (n && std::abs(*n) <= kMaxCarriedBits && x.bits() * std::abs(*n) <= kMaxCarriedBits) {
    return out.set(Rational::power(x, *n));
  }
  // About log2 |x|, to the next integer.
  const Bits magnitude = std::abs(x.numerator().bits() - x.denominator().bits());
  if (!n || (magnitude != 0 && std::abs(*n) > base::Budget::kMaxExactBits / magnitude)) {
    return out.set_undefined({Code::limit, {}, shown(base) + "^" + q.text() + " is too large"}, where);
  }
  out.set(number::power(base.ball(bits), *n, bits));
}

// x^q for an infinite x and q other than 0.
void infinite_power(int sign, const Slot& base, const Slot& exponent, bool literal, Slot& out, Expr where) {
  const Rational& q = exponent.rational();
  const bool odd = !(q.numerator() * Rational(1, 2)).is_integer();
  if (sign < 0 && !q.is_integer() && !(literal && q.denominator_is_odd())) {
    return out.set_undefined(not_real(base, exponent), where);
  }
  if (q.sign() < 0) return out.set(Rational());
  out.set(Ball::infinity(sign < 0 && odd ? -1 : 1));
}

void exact_exponent(Slot& base, Slot& exponent, bool literal, Slot& out, Bits bits, Expr where) {
  const Rational& q = exponent.rational();
  if (q.is_zero()) {
    if (infinite_sign(base) != 0) return out.set_undefined(no_value("inf^0 has no value"), where);
    return out.set(Rational(1));
  }
  const bool real_root = literal && q.denominator_is_odd();
  if (base.exact()) {
    const Rational& x = base.rational();
    if (x.is_zero()) {
      return q.sign() > 0 ? out.set(Rational()) : out.set_undefined(division_by_zero(), where);
    }
    if (q.is_integer()) return exact_integer_power(base, q, out, bits, where);
    if (x.sign() < 0 && !real_root) return out.set_undefined(not_real(base, exponent), where);
    const std::optional<long> denominator = q.denominator().to_long();
    if (denominator && *denominator <= 64 && x.bits() <= kMaxCarriedBits) {
      if (const std::optional<Rational> root = Rational::root(x, *denominator)) {
        Slot exact_root;
        exact_root.set(*root);
        return exact_integer_power(exact_root, q.numerator(), out, bits, where);
      }
    }
  }
  if (const int sign = infinite_sign(base)) return infinite_power(sign, base, exponent, literal, out, where);
  const Ball& x = base.ball(bits);
  const std::optional<long> n = q.to_long();
  Ball result;
  if (n) {
    result = number::power(x, *n, bits);
  } else if (real_root || x.is_nonnegative()) {
    result = number::power(x, q, bits);
  } else if (x.is_negative()) {
    return out.set_undefined(not_real(base, exponent), where);
  } else {
    return out.set_undecided();
  }
  if (!result.is_finite()) return out.set_undecided();
  out.set(std::move(result));
}

// x^(±inf)
void infinite_exponent(int sign, const Slot& base, Slot& out, Expr where) {
  const Ball one(1);
  const Ball& x = base.value.ball;
  if (base.exact() && base.rational().is_one()) return out.set_undefined(no_value("1^inf has no value"), where);
  if (number::less(x, Ball(0)) == Truth::yes) {
    return out.set_undefined(no_value("(" + shown(base) + ")^inf has no value"), where);
  }
  if (base.exact() && base.rational().is_zero() && sign < 0) return out.set_undefined(division_by_zero(), where);
  if (number::less(one, x) == Truth::yes) return sign > 0 ? out.set(Ball::infinity(1)) : out.set(Rational());
  if (number::less(x, one) == Truth::yes) return sign > 0 ? out.set(Rational()) : out.set(Ball::infinity(1));
  out.set_undecided();
}

void inexact_exponent(Slot& base, Slot& exponent, Slot& out, Bits bits, Expr where) {
  const Ball& x = base.ball(bits);
  const Ball& y = exponent.ball(bits);
  if (const int sign = infinite_sign(exponent)) return infinite_exponent(sign, base, out, where);
  if (base.exact() && base.rational().is_one()) return out.set(Rational(1));
  if (base.exact() && base.rational().is_zero()) {
    if (y.is_positive()) return out.set(Rational());
    if (y.is_negative()) return out.set_undefined(division_by_zero(), where);
    return out.set_undecided();
  }
  if (infinite_sign(base) > 0 && is_nonzero(exponent)) {
    return y.is_positive() ? out.set(Ball::infinity(1)) : out.set(Rational());
  }
  if (x.is_negative() && !y.contains_integer()) return out.set_undefined(not_real(base, exponent), where);
  if (!x.is_positive()) return out.set_undecided();
  Ball result = number::power(x, y, bits);
  if (!result.is_finite()) return out.set_undecided();
  out.set(std::move(result));
}

}  // namespace

void raise(Slot& base, Slot& exponent, bool literal, Slot& out, Bits bits, Expr where) {
  bool estimated = false;
  if (passes_on(std::array{&base, &exponent}, out, estimated)) return;
  if (exponent.exact()) {
    exact_exponent(base, exponent, literal, out, bits, where);
  } else {
    inexact_exponent(base, exponent, out, bits, where);
  }
  if (estimated && out.has_value()) out.set(Ball(out.ball(bits)), true);
}

Truth compare(expr::Relation r, Slot& a, Slot& b, Bits bits) {
  using expr::Relation;
  const auto truth = [](bool t) { return t ? Truth::yes : Truth::no; };
  const auto opposite = [](Truth t) { return t == Truth::unknown ? t : t == Truth::yes ? Truth::no : Truth::yes; };
  if (a.exact() && b.exact()) {
    switch (r) {
      case Relation::less: return truth(a.rational() < b.rational());
      case Relation::less_equal: return truth(a.rational() <= b.rational());
      case Relation::equal: return truth(a.rational() == b.rational());
      case Relation::not_equal: return truth(a.rational() != b.rational());
    }
  }
  const int i = infinite_sign(a);
  const int j = infinite_sign(b);
  if (i != 0 && i == j) return truth(r == Relation::less_equal || r == Relation::equal);
  switch (r) {
    case Relation::less: return number::less(a.ball(bits), b.ball(bits));
    case Relation::less_equal: return number::less_equal(a.ball(bits), b.ball(bits));
    case Relation::equal: return number::equal(a.ball(bits), b.ball(bits));
    case Relation::not_equal: return opposite(number::equal(a.ball(bits), b.ball(bits)));
  }
  return Truth::unknown;
}

Truth nonzero(const Slot& a) {
  if (a.exact()) return a.rational().is_zero() ? Truth::no : Truth::yes;
  if (!a.value.ball.contains_zero()) return Truth::yes;
  return a.value.ball.is_zero() ? Truth::no : Truth::unknown;
}

}  // namespace nabla::eval
