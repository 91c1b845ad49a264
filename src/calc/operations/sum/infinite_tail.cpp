#include "calc/operations/sum/infinite_tail.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "expr/build.h"
#include "functions/table.h"

namespace nabla::calc {
namespace {

using base::Bits;
using number::Ball;
using number::Rational;
using Result = std::variant<Tail, Divergence, Unsettled>;

constexpr long kMostTailStart = 200'000;  // of a geometric majorant
constexpr long kMostPowers = 4096;        // of 1/k that are summed below the tail of a rational term

long degree(const Coefficients& p) { return static_cast<long>(p.size()) - 1; }

// A with |p(k) - c·k^d| <= |c|·k^d · A/k for k >= 1, c·k^d being the leading term.
Rational lower_part(const Coefficients& p) {
  Rational sum;
  for (std::size_t i = 0; i + 1 < p.size(); ++i) sum = sum + p[i].abs();
  return sum / p.back().abs();
}

// A start from which on `over` and `under` have no zero and differ from their leading terms by at most a factor
// 1 ± 1/margin.
std::optional<long> safe_start(const HypergeometricTerm& t, long first, long margin) {
  const Rational a = (lower_part(t.over) + lower_part(t.under)) * Rational(margin);
  const std::optional<long> n = (a.ceil() + Rational(1)).to_long();
  if (!n || *n > kMostTailStart) return std::nullopt;
  return std::max({first, *n, 1L});
}

// Differences p(x), Δp(x), Δ²p(x), … up to the degree, after which they are 0.
std::vector<Rational> differences(const Coefficients& p, long x) {
  std::vector<Rational> v;
  for (std::size_t i = 0; i < p.size(); ++i) v.push_back(value_at(p, Rational(x) + Rational(static_cast<long>(i))));
  for (std::size_t order = 1; order < v.size(); ++order) {
    for (std::size_t i = v.size(); i-- > order;) v[i] = v[i] - v[i - 1];
  }
  return v;
}

// The sum of p(k) q^k from `from` on, |q| < 1: q^from times the sum of Δ^j p(from) q^j / (1 - q)^(j+1).
Rational polynomial_times_geometric(const Coefficients& p, const Rational& q, long from) {
  const Rational step = q / (Rational(1) - q);
  Rational weight = Rational::power(q, from) / (Rational(1) - q);
  Rational sum;
  for (const Rational& d : differences(p, from)) {
    sum = sum + d * weight;
    weight = weight * step;
  }
  return sum;
}

Ball plus_minus(const Ball& bound, Bits bits) { return Ball::hull(number::neg(bound), bound, bits); }

// Where the ratio of the terms tends to a number below 1: |t(k)| <= C·u(k), u(k) = k^m |q|^k k!^f, u's ratio at most ρ.
Result by_majorant(eval::Evaluator& in, const HypergeometricTerm& t, long first, Bits bits) {
  std::optional<long> start = safe_start(t, first, 4);
  if (!start) return Unsettled{};
  const Bits work = 64;
  const long m = degree(t.over) - degree(t.under);
  // (1 + 1/4)/(1 - 1/4) < 2
  const Ball c(Rational(2) * (t.over.back() / t.under.back()).abs(), work);
  const Ball q(t.ratio.abs(), work);
  const Ball small = number::power(Ball(2), -static_cast<long>(bits), work);
  for (long k = *start; k <= kMostTailStart; k += k / 4 + 8) {
    in.budget().check();
    Ball rho = number::mul(q, number::power(Ball(k + 1), t.factorials, work), work);
    if (m > 0) rho = number::mul(rho, number::power(Ball(Rational(k + 1, k), work), m, work), work);
    if (number::less(rho, Ball(1)) != number::Truth::yes) continue;
    Ball u = number::mul(number::power(Ball(k), m, work), number::power(q, k, work), work);
    // k! >= (k/3)^k
    u = number::mul(u, number::power(Ball(Rational(k, 3), work), t.factorials * k, work), work);
    const Ball bound = number::div(number::mul(c, u, work), number::sub(Ball(1), rho, work), work);
    if (number::less(bound, small) == number::Truth::yes) return Tail{k, plus_minus(bound, work)};
  }
  return Unsettled{};
}

// Of a rational term of order k^-2 or smaller, expanded in powers of 1/k: over/under = Σ s_j k^-(m+j) + R(k), where R
// is known exactly as a rational function, and the sums of powers are values of ζ less their first terms.
Result by_powers(eval::Evaluator& in, const HypergeometricTerm& t, long first, Bits bits) {
  const std::optional<long> start = safe_start(t, first, 8);
  if (!start) return Unsettled{};
  const long from = std::max(*start, std::max(first, 16L));
  if (from > kMostPowers) return Unsettled{};
  const Coefficients n(t.over.rbegin(), t.over.rend());
  const Coefficients d(t.under.rbegin(), t.under.rend());
  const long m = degree(t.under) - degree(t.over);
  const auto terms = static_cast<std::size_t>(bits / 3 + 8);
  const auto bits_of_start = static_cast<Bits>(std::bit_width(static_cast<unsigned long>(from)));
  const Bits work = bits + static_cast<Bits>(terms) * bits_of_start + 64;
  const auto rest = [&](std::size_t i, const std::vector<Rational>& s) {
    Rational r = i < n.size() ? n[i] : Rational(0);
    for (std::size_t j = 0; j < d.size() && j <= i; ++j) {
      if (i - j < s.size()) r = r - d[j] * s[i - j];
    }
    return r;
  };
  std::vector<Rational> s;
  for (std::size_t i = 0; i < terms; ++i) {
    in.budget().check();
    const Rational next = rest(i, s) / d[0];
    s.push_back(next);
  }
  Rational bound;
  for (std::size_t i = terms; i < terms + std::max(n.size(), d.size()); ++i) bound = bound + rest(i, s).abs();
  bound = bound * Rational(2) / d[0].abs();
  const long order = m + static_cast<long>(terms);
  const Ball base = number::power(Ball(from), -order, work);
  const Ball area = number::mul(base, Ball(Rational(from, order - 1) + Rational(1), work), work);
  Ball total = plus_minus(number::mul(Ball(bound, work), area, work), work);
  expr::Graph& g = in.graph();
  for (std::size_t j = 0; j < terms; ++j) {
    in.budget().check();
    if (s[j].is_zero()) continue;
    const long p = m + static_cast<long>(j);
    const expr::Expr argument[] = {expr::integer(g, p)};
    const eval::Outcome zeta = in.evaluate(expr::call(g, *functions::find("zeta"), argument), work);
    if (zeta.state != eval::Outcome::State::enclosed) return Unsettled{};
    Ball sum = zeta.ball;
    for (long k = 1; k < from; ++k) sum = number::sub(sum, number::power(Ball(k), -p, work), work);
    total = number::add(total, number::mul(Ball(s[j], work), sum, work), work);
  }
  return Tail{from, total};
}

// (-1)^k times a rational term that tends to 0: its sum is that of the pairs of terms, which is a rational term again.
Result by_pairs(eval::Evaluator& in, const HypergeometricTerm& t, long first, Bits bits) {
  const std::optional<long> from = safe_start(t, first, 2);
  if (!from) return Unsettled{};
  const Coefficients n1 = composed(t.over, *from, 2);
  const Coefficients n2 = composed(t.over, *from + 1, 2);
  const Coefficients d1 = composed(t.under, *from, 2);
  const Coefficients d2 = composed(t.under, *from + 1, 2);
  HypergeometricTerm pair;
  pair.over = scaled(sum_of(product_of(n1, d2), scaled(product_of(n2, d1), -1)), *from % 2 == 0 ? 1 : -1);
  pair.under = product_of(d1, d2);
  if (pair.over.empty()) return Tail{*from, Rational(0)};
  if (degree(pair.under) - degree(pair.over) < 2) return Unsettled{};
  Result pairs = by_powers(in, pair, 0, bits);
  if (pairs.index() != 0) return pairs;
  const Tail& tail = std::get<Tail>(pairs);
  const Bits work = bits + 32;
  Ball total = std::get<Ball>(tail.value);
  for (long j = 0; j < tail.from; ++j) {
    total = number::add(total, Ball(value_at(pair.over, j) / value_at(pair.under, j), work), work);
  }
  return Tail{*from, total};
}

}  // namespace

std::variant<Tail, Divergence, Unsettled> tail_of(eval::Evaluator& in, const HypergeometricTerm& t, long first,
                                                  Bits bits) {
  if (t.over.empty()) return Tail{std::max(first, 1L), Rational(0)};
  const Rational order = Rational(degree(t.over) - degree(t.under)) + t.power;
  const Rational size = t.ratio.abs();
  const bool is_level = t.factorials == 0 && size.is_one();
  if (t.factorials > 0 || (t.factorials == 0 && size > Rational(1)) || (is_level && order.sign() >= 0)) {
    return Divergence{"the terms do not tend to 0"};
  }
  if (is_level && t.ratio.is_one() && order >= Rational(-1)) {
    if (order == Rational(-1)) return Divergence{"the terms fall only like 1/k"};
    return Divergence{fmt::format("the terms fall only like k^({}), slower than 1/k", order.text())};
  }
  if (!t.power.is_zero()) return Unsettled{};
  if (is_level) return t.ratio.is_one() ? by_powers(in, t, first, bits) : by_pairs(in, t, first, bits);
  const long start = std::max(first, 1L);
  if (t.factorials == 0 && t.under.size() == 1 && start <= kMostPowers) {
    return Tail{start, polynomial_times_geometric(scaled(t.over, t.under[0].reciprocal()), t.ratio, start)};
  }
  return by_majorant(in, t, first, bits);
}

Rational polynomial_sum(const Coefficients& p, long first, long last) {
  const Rational count = Rational(last) - Rational(first) + Rational(1);
  Rational choose = count;
  Rational sum;
  long j = 0;
  for (const Rational& d : differences(p, first)) {
    sum = sum + d * choose;
    ++j;
    choose = choose * (count - Rational(j)) / Rational(j + 1);
  }
  return sum;
}

}  // namespace nabla::calc
