#include "calc/operations/integrate/closed_form.h"

#include "algebra/simplify/closed_form.h"
#include "algebra/simplify/simplify.h"
#include "calc/antiderivative/antiderivative.h"
#include "calc/operations/integrate/integral_node.h"
#include "expr/rewrite.h"

namespace nabla::calc {
namespace {

using eval::Outcome;
using number::Ball;

constexpr std::size_t kLargestBody = 16;  // nodes
constexpr std::chrono::milliseconds kPatience{60};
constexpr int kMostPieces = 256;
constexpr number::Bits kBits = 128;

// Whether a formula without steps is defined, and so continuous, on all of lo … hi: by finite enclosures of its pieces.
bool is_continuous(eval::Evaluator& in, Expr formula, Expr x, const Ball& lo, const Ball& hi) {
  std::vector<std::pair<Ball, Ball>> open{{lo, hi}};
  for (int pieces = 0; !open.empty(); ++pieces) {
    in.budget().check();
    if (pieces > kMostPieces) return false;
    const auto [from, to] = open.back();
    open.pop_back();
    eval::Evaluator::Scope scope(in, x);
    scope.bind(Outcome::enclosed(Ball::hull(from, to, kBits)));
    const Outcome value = in.evaluate(formula, kBits);
    if (value.state == Outcome::State::enclosed && value.ball.is_finite()) continue;
    const Ball middle = number::mul(number::add(from, to, kBits), Ball(Rational(1, 2), kBits), kBits);
    open.emplace_back(from, middle);
    open.emplace_back(middle, to);
  }
  return true;
}

}  // namespace

std::optional<Expr> integral_in_closed_form(Elaborator& in, Expr body, Expr x, Expr lower, Expr upper) {
  Graph& g = in.graph();
  if (!g.is_constant(lower) || !g.is_constant(upper) || g.is(body, expr::kHasOperation)) return std::nullopt;
  if (expr::reachable(g, std::span(&body, 1)).size() > kLargestBody) return std::nullopt;
  const std::vector<Expr> symbols = expr::symbols(g, body);
  if (symbols.size() != 1 || symbols[0] != x) return std::nullopt;
  eval::Evaluator& evaluator = in.evaluator();
  const Outcome lo = evaluator.evaluate(lower, kBits);
  const Outcome hi = evaluator.evaluate(upper, kBits);
  const auto is_number = [](const Outcome& o) { return o.state == Outcome::State::enclosed && o.ball.is_finite(); };
  if (!is_number(lo) || !is_number(hi)) return std::nullopt;
  const std::optional<Antiderivative> found = find_antiderivative(g, body, x, in.budget(), kPatience);
  if (!found || !found->conditions.empty()) return std::nullopt;
  if (!is_continuous(evaluator, found->formula, x, lo.ball, hi.ball)) return std::nullopt;
  const auto at = [&](Expr place) {
    const expr::Replacement put{x, place};
    return expr::substitute(g, found->formula, std::span(&put, 1));
  };
  const Expr difference = expr::subtract(g, at(upper), at(lower));
  const Expr value = algebra::simplify(g, difference, in.budget()).expression;
  const std::optional<Expr> form =
      g.is_number(value) ? std::optional(value) : algebra::closed_form(g, value, in.budget());
  if (!form) return std::nullopt;
  const Outcome exact = evaluator.evaluate(*form, kBits);
  const Outcome enclosed = evaluator.evaluate(integral_node(g, body, x, lower, upper), kBits);
  if (!is_number(exact) || !is_number(enclosed) || !exact.ball.overlaps(enclosed.ball)) return std::nullopt;
  return form;
}

}  // namespace nabla::calc
