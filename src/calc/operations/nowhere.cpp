#include "calc/operations/nowhere.h"

#include "calc/elaborate/elaborate.h"
#include "calc/operations/operations.h"

namespace nabla::calc {

expr::Value elaborate_nowhere(Elaborator& in, const parse::Term& call) {
  if (call.size() != 0) throw base::Error(base::Code::argument, call.span(), "nowhere() takes no arguments");
  return in.graph().make(expr::Kind::operation, {}, reinterpret_cast<std::uint64_t>(find_operation("nowhere")));
}

eval::Outcome enclose_nowhere(eval::Evaluator&, expr::Expr node, number::Bits) {
  return eval::Outcome::undefined(
      base::Error(base::Code::domain, {}, "no condition of the piecewise holds, and there is no value for otherwise"),
      node);
}

expr::Expr derivative_of_nowhere(algebra::Differentiator&, expr::Expr node, expr::Expr) { return node; }

}  // namespace nabla::calc
