#include "algebra/simplify/bounds.h"

#include <algorithm>
#include <span>
#include <vector>

#include "expr/fold.h"
#include "expr/rows.h"

namespace nabla::algebra {
namespace {

using expr::Expr;
using expr::Graph;
using expr::Kind;
using expr::Rational;

std::optional<Bound> bound(const std::optional<expr::End>& end) {
  return end ? std::optional(Bound{end->at, end->open}) : std::nullopt;
}

std::optional<Bound> sum(const std::optional<Bound>& a, const std::optional<Bound>& b) {
  if (!a || !b) return std::nullopt;
  return Bound{a->at + b->at, a->open || b->open};
}

std::optional<Bound> scaled(const std::optional<Bound>& a, const Rational& c) {
  if (!a) return std::nullopt;
  return Bound{a->at * c, a->open};
}

Bounds scaled(const Bounds& b, const Rational& c) {
  if (c.sign() >= 0) return {scaled(b.lower, c), scaled(b.upper, c)};
  return {scaled(b.upper, c), scaled(b.lower, c)};
}

bool is_nonnegative(const Bounds& b) { return b.lower && b.lower->at.sign() >= 0; }
bool is_positive(const Bounds& b) { return is_nonnegative(b) && (b.lower->at.sign() > 0 || b.lower->open); }

Bounds of_product(const Graph& g, std::span<const Expr> args, std::span<const Bounds> known) {
  Rational c = 1;
  std::vector<Bounds> factors;
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (g.is_number(args[i])) {
      c = g.number(args[i]);
    } else {
      factors.push_back(known[i]);
    }
  }
  if (factors.size() == 1) return scaled(factors[0], c);
  if (!std::ranges::all_of(factors, is_nonnegative)) return {};
  return scaled(Bounds{Bound{0, std::ranges::all_of(factors, is_positive)}, std::nullopt}, c);
}

Bounds of_power(const Graph& g, Expr e, const Bounds& base) {
  if (!g.is_number(g.arg(e, 1))) return is_positive(base) ? Bounds{Bound{0, true}, std::nullopt} : Bounds{};
  const Rational& q = g.number(g.arg(e, 1));
  const bool even = q.denominator_is_odd() && (q.numerator() / Rational(2)).is_integer();
  const bool positive = is_positive(base) || q.sign() < 0;
  if (even || !q.denominator_is_odd() || is_nonnegative(base)) return {Bound{0, positive}, std::nullopt};
  return {};
}

}  // namespace

Bounds bounds_of(const Graph& g, Expr root) {
  return expr::fold<Bounds>(g, root, [&g](Expr e, std::span<const Bounds> below) {
    Bounds b;
    switch (g.kind(e)) {
      case Kind::rational: b = {Bound{g.number(e), false}, Bound{g.number(e), false}}; break;
      case Kind::sum:
        b = below[0];
        for (std::size_t i = 1; i < below.size(); ++i) b = {sum(b.lower, below[i].lower), sum(b.upper, below[i].upper)};
        break;
      case Kind::product: b = of_product(g, g.args(e), below); break;
      case Kind::power: b = of_power(g, e, below[0]); break;
      case Kind::call: b = {bound(g.function(e).range.lower), bound(g.function(e).range.upper)}; break;
      default: break;
    }
    if (!b.lower && g.is(e, expr::kNonnegative)) b.lower = Bound{0, g.is(e, expr::kPositive)};
    return b;
  });
}

std::optional<int> sign_by_bounds(const Graph& g, Expr e) {
  const Bounds b = bounds_of(g, e);
  if (is_positive(b)) return 1;
  if (is_positive(scaled(b, -1))) return -1;
  return std::nullopt;
}

}  // namespace nabla::algebra
