#include "calc/operations/diff/derivative_at.h"

#include <deque>
#include <string>

#include "algebra/derivative/derivative.h"
#include "algebra/derivative/derivative_node.h"
#include "eval/jets/jet.h"
#include "expr/rewrite.h"

namespace nabla::calc {
namespace {

// Derivative nodes made while one is evaluated must not capture the variables of operations around it: these are given
// names that nothing else has.
class Unbound {
 public:
  Unbound(eval::Evaluator& in, expr::Expr node, number::Bits bits) : node_(node) {
    expr::Graph& g = in.graph();
    for (std::uint16_t height = 1; height <= g.node(node).top_bound; ++height) {
      const expr::Expr bound = g.bound(height);
      if (!expr::depends_on(g, node_, bound)) continue;
      const expr::Expr name = g.symbol("#bound" + std::to_string(height));
      const eval::Outcome value = in.evaluate(bound, bits);
      scopes_.emplace_back(in, name);
      scopes_.back().bind(value);
      const expr::Replacement put{bound, name};
      node_ = expr::substitute(g, node_, std::span(&put, 1));
    }
  }
  expr::Expr node() const { return node_; }

 private:
  expr::Expr node_;
  std::deque<eval::Evaluator::Scope> scopes_;
};

eval::Outcome enclose(eval::Evaluator& in, expr::Expr given, number::Bits bits) {
  expr::Graph& g = in.graph();
  const Unbound unbound(in, given, bits);
  const expr::Expr node = unbound.node();
  if (!algebra::is_derivative(g, node)) return in.evaluate(node, bits);
  const expr::Expr variable = g.symbol("#at" + std::to_string(node.id));
  const std::vector<expr::Expr> args = expr::open(g, node, variable);
  const long order = g.number(args[1]).to_long().value();
  eval::Outcome found = eval::derivative_at(in, args[0], variable, args[2], order, bits).outcome;
  if (found.state == eval::Outcome::State::enclosed) found.exact = found.ball.exact();
  return found;
}

}  // namespace

const expr::Operation kPointDerivative{
    .name = "diff",
    .title = "derivative at a point",
    .signature = "diff(E, x, n) at x = a",
    .help = "The value of a derivative, or its one-sided values where there is none.",
    .example = "diff(x*abs(x), x) at x = 0",
    .answer = "0",
    .elaborate = nullptr,
    .enclose = enclose,
    .derivative = algebra::derivative_of_derivative,
    .is_point_derivative = true,
};

}  // namespace nabla::calc
