#include "eval/jets/germ.h"

#include <algorithm>
#include <numeric>

#include "base/error.h"

namespace nabla::eval {
namespace {

constexpr Bits kOrderBits = 128;

// `terms` coefficients, shifted up by `by` places (down if negative).
Series shifted(const Series& c, long by, long terms) {
  if (by == 0) return c;
  Series moved;
  for (long i = std::max(by, 0L); i < terms; ++i) moved.set_coefficient(i, c.coefficient(i - by));
  return moved;
}

void bring_together(Germ& a, Germ& b) {
  const long common = std::lcm(a.root, b.root);
  if (common > kMaxRoot) throw base::Error(base::Code::limit, {}, "too many roots are nested here");
  a = with_root(a, common / a.root);
  b = with_root(b, common / b.root);
}

}  // namespace

Germ Germ::constant(const Ball& value, long terms) { return {1, 0, terms, Series(value)}; }

Ball Germ::coefficient(const Rational& exponent) const {
  if (exponent >= end()) return Ball::nan();
  const std::optional<long> place = (exponent * Rational(root)).to_long();
  return !place || *place < lead ? Ball() : c.coefficient(*place - lead);
}

Germ with_root(const Germ& a, long m) {
  if (m == 1) return a;
  Germ result{a.root * m, a.lead * m, a.terms * m, {}};
  for (long i = 0; i < a.terms; ++i) result.c.set_coefficient(i * m, a.c.coefficient(i));
  return result;
}

Germ trimmed(const Germ& a) {
  long zeros = 0;
  while (zeros < a.terms && a.c.coefficient(zeros).is_zero()) ++zeros;
  if (zeros == 0) return a;
  return {a.root, a.lead + zeros, a.terms - zeros, shifted(a.c, -zeros, a.terms - zeros)};
}

std::optional<Series> from_zero(const Germ& a) {
  if (a.lead >= 0) return shifted(a.c, a.lead, a.lead + a.terms);
  const Germ t = trimmed(a);
  return t.lead < 0 ? std::nullopt : std::optional(shifted(t.c, t.lead, t.lead + t.terms));
}

Germ add(const Germ& a, const Germ& b, Bits bits) {
  if (a.root != b.root) {
    Germ x = a;
    Germ y = b;
    bring_together(x, y);
    return add(x, y, bits);
  }
  const long lead = std::min(a.lead, b.lead);
  const long terms = std::max(0L, std::min(a.lead + a.terms, b.lead + b.terms) - lead);
  return {a.root, lead, terms,
          number::add(shifted(a.c, a.lead - lead, terms), shifted(b.c, b.lead - lead, terms), terms, bits)};
}

Germ mul(const Germ& a, const Germ& b, Bits bits) {
  if (a.root != b.root) {
    Germ x = a;
    Germ y = b;
    bring_together(x, y);
    return mul(x, y, bits);
  }
  if (a.terms != b.terms) {  // leading zeros extend the bound
    const Germ x = trimmed(a);
    const Germ y = trimmed(b);
    const long terms = std::min(x.terms, y.terms);
    return {x.root, x.lead + y.lead, terms, number::mul(x.c, y.c, terms, bits)};
  }
  return {a.root, a.lead + b.lead, a.terms, number::mul(a.c, b.c, a.terms, bits)};
}

Germ scaled(const Germ& a, const Ball& factor, Bits bits) {
  return {a.root, a.lead, a.terms, number::mul(a.c, Series(factor), a.terms, bits)};
}

Germ power(const Germ& a, const Rational& q, Bits bits) {
  const Rational lead = Rational(a.lead) * q;
  const std::optional<long> denominator = lead.denominator().to_long();
  if (!denominator || a.root * *denominator > kMaxRoot) {
    throw base::Error(base::Code::limit, {}, "too many roots are nested here");
  }
  Germ result = with_root(a, *denominator);
  const std::optional<long> exponent = (lead * Rational(*denominator)).to_long();
  if (!exponent) throw base::Error(base::Code::limit, {}, "the exponent " + q.text() + " is too large");
  result.c = number::power(result.c, q, result.terms, bits);
  result.lead = *exponent;
  return result;
}

std::optional<Germ> integral(const Germ& a, const Ball& constant, Bits bits) {
  const Germ t = trimmed(a);
  if (t.lead + t.root <= 0) return std::nullopt;
  const long first = t.lead + t.root;  // of the integral without its constant
  Germ result{t.root, 0, first + t.terms, {}};
  result.c.set_coefficient(0, constant);
  for (long i = 0; i < t.terms; ++i) {
    const Ball exponent(Rational(first + i, t.root), bits);
    result.c.set_coefficient(first + i, number::div(t.c.coefficient(i), exponent, bits));
  }
  return result;
}

Germ derivative(const Germ& a, Bits bits) {
  Germ result{a.root, a.lead - a.root, a.terms, {}};
  for (long i = 0; i < a.terms; ++i) {
    const Ball exponent(Rational(a.lead + i, a.root), bits);
    result.c.set_coefficient(i, number::mul(a.c.coefficient(i), exponent, bits));
  }
  return result;
}

namespace {

// Whether a power that the germ could hold lies from its end up to the tail's order (3 below π), or is of that order.
bool has_gap(const Germ& g, const Tail& t) {
  const Ball end(g.end(), kOrderBits);
  return (t.logs == 0 ? number::less_equal(end, t.order) : number::less(end, t.order)) != number::Truth::no;
}

// Whether b has no term from `end`, where it is to be cut off, up to a tail.
bool leaves_free(const Germ& b, const Rational& end, const Tail& t) {
  for (long i = 0; i < b.terms; ++i) {
    const Rational exponent(b.lead + i, b.root);
    if (exponent < end || b.c.coefficient(i).is_zero()) continue;
    if (number::less(t.order, Ball(exponent, kOrderBits)) != number::Truth::yes) return false;
  }
  return true;
}

// A tail times a germ whose first coefficient is not 0.
MaybeTail scaled_tail(Tail t, const Germ& factor, Bits bits) {
  if (factor.terms == 0 || factor.c.coefficient(0).contains_zero()) return std::nullopt;
  t.order = number::add(t.order, Ball(Rational(factor.lead, factor.root), bits), bits);
  if (!factor.c.coefficient(0).is_positive()) t.sign = -t.sign;
  return t;
}

bool is_monomial(const Germ& trimmed_one) {
  for (long i = 1; i < trimmed_one.terms; ++i) {
    if (!trimmed_one.c.coefficient(i).is_zero()) return false;
  }
  return true;
}

}  // namespace

MaybeTail tail_of_sum(const Germ& a, const MaybeTail& of_a, const Germ& b, const MaybeTail& of_b) {
  if (!of_a && !of_b) return std::nullopt;
  if (!of_a) return tail_of_sum(b, of_b, a, of_a);
  if (of_b) {
    const bool a_leads = number::less(of_a->order, of_b->order) == number::Truth::yes;
    if (!a_leads && number::less(of_b->order, of_a->order) != number::Truth::yes) return std::nullopt;
    const MaybeTail& first = a_leads ? of_a : of_b;
    const Rational end = std::min(a.end(), b.end());
    return leaves_free(a, end, *first) && leaves_free(b, end, *first) ? first : std::nullopt;
  }
  const Ball end(b.end(), kOrderBits);
  if (number::less(of_a->order, end) != number::Truth::yes) return std::nullopt;
  return leaves_free(b, a.end(), *of_a) ? of_a : std::nullopt;
}

MaybeTail tail_of_product(const Germ& a, const MaybeTail& of_a, const Germ& b, const MaybeTail& of_b, Bits bits) {
  if (of_a.has_value() == of_b.has_value()) return std::nullopt;
  if (!of_a) return tail_of_product(b, of_b, a, of_a, bits);
  const Germ first = trimmed(a);
  const Germ factor = trimmed(b);
  const MaybeTail t = scaled_tail(*of_a, factor, bits);
  if (!t || first.terms == 0) return t;
  if (has_gap(a, *of_a) && !is_monomial(factor)) return std::nullopt;
  const Ball rest(Rational(first.lead, first.root) + b.end(), bits);  // of the remainder of b
  return number::less(t->order, rest) == number::Truth::yes ? t : std::nullopt;
}

std::optional<int> growth(const Tail& t, long k) {
  int sign = t.sign;
  for (long j = 0; j < k; ++j) {
    const Ball left = number::sub(t.order, Ball(j), kOrderBits);
    if (left.is_negative()) {
      sign = -sign;
    } else if (left.is_zero()) {
      if (t.logs != 1) return std::nullopt;
      return (k - j) % 2 == 0 ? sign : -sign;  // ln(1/h), and its derivatives
    } else if (!left.is_positive()) {
      return std::nullopt;
    }
  }
  const Ball left = number::sub(t.order, Ball(k), kOrderBits);
  if (left.is_positive()) return 0;
  if (left.is_negative() || (left.is_zero() && t.logs > 0)) return sign;
  return std::nullopt;
}

}  // namespace nabla::eval
