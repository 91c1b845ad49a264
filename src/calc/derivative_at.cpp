// The operation whose nodes are derivatives at a point.
#include "algebra/derivative.h"
#include "algebra/pointwise.h"
#include "eval/jet.h"

namespace nabla::calc {
namespace {

eval::Outcome enclose(eval::Evaluator& in, expr::Expr node, number::Bits bits) {
  const expr::Graph& g = in.graph();
  const expr::Expr variable = in.graph().bound(g.node(node).binders);
  const long order = g.number(g.arg(node, 1)).to_long().value();
  eval::Outcome found = eval::derivative_at(in, g.arg(node, 0), variable, g.arg(node, 2), order, bits).outcome;
  if (found.state == eval::Outcome::State::enclosed) found.exact = found.ball.exact();
  return found;
}

}  // namespace
}  // namespace nabla::calc

namespace nabla::algebra {

const expr::Operation kDerivativeAt{
    .name = "diff",
    .aliases = expr::kNone,
    .title = "derivative at a point",
    .signature = "diff(E, x, n) at x = a",
    .help = "The value of a derivative, or its one-sided values where there is none.",
    .example = "diff(x*abs(x), x) at x = 0",
    .answer = "0",
    .elaborate = nullptr,
    .enclose = calc::enclose,
    .derivative = derivative_of_derivative,
    .estimate = false,
    .is_point_derivative = true,
};

}  // namespace nabla::algebra
