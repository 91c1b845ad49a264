#include "algebra/rational/angles.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "algebra/rational/generators.h"
#include "algebra/rules/call.h"
#include "algebra/rules/circular.h"
#include "expr/rewrite.h"

namespace nabla::algebra {
namespace {

using expr::Kind;

constexpr long kLargestMultiple = 12;

// sin and cos, or sinh and cosh, of one angle.
struct Pair {
  Expr sine;
  Expr cosine;
};

class Rewriter {
 public:
  Rewriter(Graph& g, Angles which) : g_(g), which_(which) {}

  Expr run(Expr root) {
    for (Expr e : expr::reachable(g_, std::span(&root, 1))) {
      if (circular(e) != nullptr) note(g_.arg(e, 0));
    }
    if (std::ranges::none_of(angles_, [&](Expr u) { return is_compound(u); })) return root;
    return expr::fold<Expr>(g_, root, [this](Expr e, std::span<const Expr> args) {
      const Circular* c = circular(e);
      if (c == nullptr || args[0] != g_.arg(e, 0) || !is_compound(args[0])) return expr::rebuilt(g_, e, args);
      const Pair p = of_angle(args[0], c->hyperbolic);
      const Expr factors[] = {expr::power(g_, p.sine, c->sine), expr::power(g_, p.cosine, c->cosine)};
      return expr::product(g_, factors);
    });
  }

 private:
  const Circular* circular(Expr e) const {
    return g_.kind(e) == Kind::call && g_.node(e).count == 1 ? find_circular(g_.function(e)) : nullptr;
  }

  void note(Expr angle) {
    if (std::ranges::find(angles_, angle) != angles_.end()) return;
    angles_.push_back(angle);
    if (which_ == Angles::multiples && terms_of(g_, angle).size() > 1) return;
    for (Expr term : terms_of(g_, angle)) {
      const Scaled s = take_coefficient(g_, term);
      // Of an inverse function every multiple is compound: sin(2·atan(x)).
      const bool is_inverse = g_.kind(s.rest) == Kind::call && find_inverse_circular(g_.function(s.rest)) != nullptr;
      const Rational first = is_inverse ? common_unit(s.coefficient, 1) : s.coefficient.abs();
      auto [unit, is_new] = units_.try_emplace(s.rest.id, first);
      if (!is_new) unit->second = common_unit(unit->second, s.coefficient);
    }
  }

  // Whether the angle is a sum, or a small multiple (not 1) of its unit.
  bool is_compound(Expr angle) {
    const std::vector<Expr> terms = terms_of(g_, angle);
    if (terms.size() > 1 && which_ == Angles::multiples) return false;
    bool compound = terms.size() > 1;
    for (Expr term : terms) {
      const Scaled s = take_coefficient(g_, term);
      if (is_call(g_, s.rest, kernel().pi)) continue;
      if (s.coefficient.is_zero()) return false;
      const std::optional<long> n = (s.coefficient / units_.at(s.rest.id)).to_long();
      if (!n || *n > kLargestMultiple || *n < -kLargestMultiple) return false;
      compound = compound || *n != 1;
    }
    return compound;
  }

  Pair of_angle(Expr angle, bool hyperbolic) {
    Pair total{expr::integer(g_, 0), expr::integer(g_, 1)};
    for (Expr term : terms_of(g_, angle)) total = sum(total, of_term(term, hyperbolic), hyperbolic);
    return total;
  }

  Pair of_term(Expr term, bool hyperbolic) {
    const Scaled s = take_coefficient(g_, term);
    if (is_call(g_, s.rest, kernel().pi)) return simple(term, hyperbolic);
    const Rational& unit = units_.at(s.rest.id);
    const long n = *(s.coefficient / unit).to_long();
    const Pair one = simple(expr::multiply(g_, g_.rational(unit), s.rest), hyperbolic);
    Pair result = one;
    for (long i = 1; i < (n < 0 ? -n : n); ++i) result = sum(result, one, hyperbolic);
    if (n < 0) result.sine = expr::negate(g_, result.sine);
    return result;
  }

  Pair simple(Expr angle, bool hyperbolic) {
    return {expr::call(g_, circular_function(1, 0, hyperbolic), std::span(&angle, 1)),
            expr::call(g_, circular_function(0, 1, hyperbolic), std::span(&angle, 1))};
  }

  Pair sum(const Pair& a, const Pair& b, bool hyperbolic) {
    const Expr sine = expr::add(g_, expr::multiply(g_, a.sine, b.cosine), expr::multiply(g_, a.cosine, b.sine));
    const Expr sines = expr::multiply(g_, a.sine, b.sine);
    const Expr cosine =
        expr::add(g_, expr::multiply(g_, a.cosine, b.cosine), hyperbolic ? sines : expr::negate(g_, sines));
    return {sine, cosine};
  }

  Graph& g_;
  Angles which_;
  std::vector<Expr> angles_;
  std::unordered_map<std::uint32_t, Rational> units_;
};

// f(u) of a hyperbolic f by exponentials.
Expr by_exponentials(Graph& g, const Circular& c, Expr u) {
  const Expr plus = algebra::call(g, *kernel().exp, std::span(&u, 1));
  const Expr minus = expr::power(g, plus, -1);
  const Expr half = g.rational(Rational(1, 2));
  const Expr sine = expr::multiply(g, half, expr::subtract(g, plus, minus));
  const Expr cosine = expr::multiply(g, half, expr::add(g, plus, minus));
  return expr::multiply(g, expr::power(g, sine, c.sine), expr::power(g, cosine, c.cosine));
}

}  // namespace

expr::Expr in_exponentials(expr::Graph& g, expr::Expr root) {
  const auto hyperbolic = [&g](Expr e) -> const Circular* {
    const Circular* c = g.kind(e) == Kind::call && g.node(e).count == 1 ? find_circular(g.function(e)) : nullptr;
    return c != nullptr && c->hyperbolic ? c : nullptr;
  };
  const std::vector<Expr> nodes = expr::reachable(g, std::span(&root, 1));
  std::vector<Expr> angles;
  bool fits = std::ranges::any_of(nodes, [&](Expr e) { return is_call(g, e, kernel().exp); });
  for (Expr e : nodes) {
    if (hyperbolic(e) == nullptr) continue;
    fits = fits || std::ranges::find(angles, g.arg(e, 0)) != angles.end();
    angles.push_back(g.arg(e, 0));
  }
  if (!fits || angles.empty()) return root;
  return expr::fold<Expr>(g, root, [&](Expr e, std::span<const Expr> args) {
    const Circular* c = hyperbolic(e);
    return c != nullptr ? by_exponentials(g, *c, args[0]) : expr::rebuilt(g, e, args);
  });
}

expr::Expr in_simple_angles(expr::Graph& g, expr::Expr e, Angles which) { return Rewriter(g, which).run(e); }

}  // namespace nabla::algebra
