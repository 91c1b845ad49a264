#include "algebra/rational/logarithms.h"

#include <algorithm>
#include <array>
#include <vector>

#include "algebra/rational/generators.h"
#include "algebra/rules/call.h"
#include "algebra/rules/rules.h"
#include "expr/rewrite.h"
#include "functions/table.h"

namespace nabla::algebra {
namespace {

using expr::Kind;

// ln of a number, or a logarithm to another base.
bool can_be_written_out(const Graph& g, Expr e) {
  static const std::array<const Function*, 3> others{functions::find("log2"), functions::find("log10"),
                                                     functions::find("log")};
  if (g.kind(e) != Kind::call) return false;
  if (is_call(g, e, kernel().ln)) return g.is_number(g.arg(e, 0));
  return std::ranges::find(others, &g.function(e)) != others.end();
}

Expr plain_logarithm(Graph& g, const Rational& q) {
  const Expr number = g.rational(q);
  return g.make(Kind::call, std::span(&number, 1), reinterpret_cast<std::uint64_t>(kernel().ln));
}

}  // namespace

Expr logarithm_by_primes(Graph& g, const Rational& q) {
  std::vector<Expr> terms;
  const auto add = [&](const Rational& n, long times) {
    if (times != 0) terms.push_back(expr::multiply(g, expr::integer(g, times), plain_logarithm(g, n)));
  };
  for (const int sign : {1, -1}) {
    const Rational part = sign > 0 ? q.numerator() : q.denominator();
    std::optional<long> n = part.to_long();
    if (!n) {
      add(part, sign);
      continue;
    }
    for (long p = 2; p < 1000 && p * p <= *n; ++p) {
      long times = 0;
      for (; *n % p == 0; *n /= p) ++times;
      add(Rational(p), sign * times);
    }
    if (*n > 1) add(Rational(*n), sign);
  }
  return expr::sum(g, terms);
}

Expr by_natural_logarithms(Graph& g, Expr root) {
  const std::vector<Expr> nodes = expr::reachable(g, std::span(&root, 1));
  const auto is_logarithm = [&](Expr e) { return can_be_written_out(g, e) || is_call(g, e, kernel().ln); };
  if (std::ranges::count_if(nodes, is_logarithm) < 2) return root;
  return expr::fold<Expr>(g, root, [&](Expr e, std::span<const Expr> args) {
    const Expr result = expr::rebuilt(g, e, args);
    if (!can_be_written_out(g, result)) return result;
    if (!is_call(g, result, kernel().ln)) return expanded(g, result).value_or(result);
    const Rational& q = g.number(g.arg(result, 0));
    return q.sign() > 0 ? logarithm_by_primes(g, q) : result;
  });
}

Expr join_logarithms(Graph& g, Expr sum) {
  if (g.kind(sum) != Kind::sum) return sum;
  constexpr base::Bits kLongest = 20;
  constexpr long kMostTimes = 8;
  std::vector<Expr> rest;
  Rational product = 1;
  int joined = 0;
  for (Expr term : g.args(sum)) {
    const Scaled s = take_coefficient(g, term);
    const std::optional<long> n = s.coefficient.to_long();
    if (!is_call(g, s.rest, kernel().ln) || !g.is_number(g.arg(s.rest, 0)) || !n || *n > kMostTimes ||
        *n < -kMostTimes) {
      rest.push_back(term);
      continue;
    }
    product = product * Rational::power(g.number(g.arg(s.rest, 0)), *n);
    ++joined;
  }
  if (joined < 2 || product.bits() > kLongest) return sum;
  rest.push_back(product.is_one() ? expr::integer(g, 0) : plain_logarithm(g, product));
  return expr::sum(g, rest);
}

}  // namespace nabla::algebra
