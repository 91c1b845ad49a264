#include "expr/radical.h"

#include <utility>

#include "base/budget.h"
#include "base/error.h"
#include "expr/build.h"

namespace nabla::expr {
namespace {

Expr power_node(Graph& g, const Rational& x, const Rational& q) {
  const Expr args[] = {g.rational(x), g.rational(q)};
  return g.make(Kind::power, args);
}

long exponent_of(const Rational& q) {
  const std::optional<long> n = q.to_long();
  if (!n) throw base::Error(base::Code::limit, {}, "the exponent " + q.text() + " is too large for an exact power");
  return *n;
}

// n = outside^q · inside for the largest `outside` found. n > 0.
std::pair<Rational, Rational> take_out(const Rational& n, long q) {
  Rational outside = 1;
  if (const std::optional<Rational> whole = Rational::root(n, q)) return {*whole, 1};
  std::optional<long> small = n.to_long();
  if (!small) return {1, n};
  long rest = *small;
  long inside = 1;
  for (long p = 2; p < 1000 && p * p <= rest; ++p) {
    int count = 0;
    while (rest % p == 0) {
      rest /= p;
      ++count;
    }
    for (; count >= q; count -= static_cast<int>(q)) outside = outside * Rational(p);
    for (; count > 0; --count) inside *= p;
  }
  if (const std::optional<Rational> whole = Rational::root(Rational(rest), q)) return {outside * *whole, inside};
  return {outside, Rational(rest) * Rational(inside)};
}

// The smallest b with b^k = n, and k.
std::pair<Rational, long> perfect_power(const Rational& n, long most) {
  for (long k = most; k > 1; --k) {
    if (const std::optional<Rational> b = Rational::root(n, k)) return {*b, k};
  }
  return {n, 1};
}

}  // namespace

Expr power_of_number(Graph& g, const Rational& x, const Rational& q) {
  if (q.is_zero()) return integer(g, 1);
  if (x.is_zero()) return q.sign() > 0 ? integer(g, 0) : power_node(g, x, q);
  if (x.is_one()) return integer(g, 1);
  if (x == Rational(-1) && q.is_integer()) return integer(g, (q / Rational(2)).is_integer() ? 1 : -1);
  // Of a fraction too long to be exact balls tell the digits: 0.999^1000000.
  if (q.is_integer() && !x.is_integer() && Rational(x.bits()) * q.abs() > Rational(base::Budget::kMaxExactBits))
    return power_node(g, x, q);
  if (q.is_integer()) return g.rational(Rational::power(x, exponent_of(q)));
  if (x.sign() < 0) {
    if (!q.denominator_is_odd()) return power_node(g, x, q);
    const Expr size = power_of_number(g, x.abs(), q);
    return (q.numerator() / Rational(2)).is_integer() ? size : negate(g, size);
  }
  const std::optional<long> degree = q.denominator().to_long();
  constexpr long kLargestDegree = 64;
  if (!degree || *degree > kLargestDegree || x.bits() > base::Budget::kMaxExactBits / kLargestDegree) {
    return power_node(g, x, q);
  }
  const long d = *degree;
  const Rational whole = q.floor();
  const long p = exponent_of((q - whole) * Rational(d));  // 0 < p < d
  Rational outside = Rational::power(x, exponent_of(whole));
  // x^(p/d) with the denominator made rational: (a/b)^(p/d) = (a^p b^(d-p))^(1/d) / b.
  const Rational radicand = Rational::power(x.numerator(), p) * Rational::power(x.denominator(), d - p);
  outside = outside / x.denominator();
  const auto [taken, inside] = take_out(radicand, d);
  outside = outside * taken;
  if (inside.is_one()) return g.rational(outside);
  const auto [b, k] = perfect_power(inside, 16);
  const Expr root = power_node(g, b, Rational(k, d));
  if (Rational(k, d) >= Rational(1)) return multiply(g, g.rational(outside), power_of_number(g, b, Rational(k, d)));
  if (outside.is_one()) return root;
  const Expr args[] = {g.rational(outside), root};
  return g.make(Kind::product, args);
}

}  // namespace nabla::expr
