#include "eval/quadrature/range.h"

#include <optional>
#include <unordered_set>
#include <vector>

#include "expr/rewrite.h"

namespace nabla::eval {
namespace {

constexpr int kMostBranches = 6;  // nested conditions that are undecided at once

// The first choice in e, outside the bodies of operations, whose condition is undecided.
std::optional<Expr> open_choice(Evaluator& in, Expr e, Bits bits) {
  Graph& g = in.graph();
  std::vector<Expr> stack{e};
  std::unordered_set<std::uint32_t> seen;
  while (!stack.empty()) {
    const Expr n = stack.back();
    stack.pop_back();
    if (!seen.insert(n.id).second || g.kind(n) == expr::Kind::operation) continue;
    if (g.kind(n) == expr::Kind::select && in.evaluate(g.arg(n, 0), bits).state == Outcome::State::undecided) return n;
    for (Expr a : g.args(n)) stack.push_back(a);
  }
  return std::nullopt;
}

Expr with(Graph& g, Expr e, Expr node, Expr instead) {
  return expr::rewrite(
      g, e, [](Expr) { return true; },
      [&](Expr n, std::span<const Expr> args) { return n == node ? instead : expr::rebuilt(g, n, args); });
}

Outcome hull_of(Evaluator& in, Expr e, Bits bits, int branches) {
  Outcome here = in.evaluate(e, bits);
  if (here.state != Outcome::State::undecided || branches == 0) return here;
  const std::optional<Expr> choice = open_choice(in, e, bits);
  if (!choice) return here;
  Graph& g = in.graph();
  const Outcome yes = hull_of(in, with(g, e, *choice, g.arg(*choice, 1)), bits, branches - 1);
  const Outcome no = hull_of(in, with(g, e, *choice, g.arg(*choice, 2)), bits, branches - 1);
  if (yes.state != Outcome::State::enclosed || no.state != Outcome::State::enclosed) return Outcome::undecided();
  return Outcome::enclosed(Ball::hull(yes.ball, no.ball, bits));
}

}  // namespace

Outcome range_on(Evaluator& in, Expr e, Bits bits) { return hull_of(in, e, bits, kMostBranches); }

}  // namespace nabla::eval
