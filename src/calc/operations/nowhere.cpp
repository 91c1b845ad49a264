#include "calc/operations/nowhere.h"

#include "calc/elaborate/elaborate.h"

namespace nabla::calc {
namespace {

expr::Value elaborate_nowhere(Elaborator& in, const parse::Term& call) {
  if (call.size() != 0) throw base::Error(base::Code::argument, call.span(), "nowhere() takes no arguments");
  return expr::operation(in.graph(), kNowhere, {});
}

eval::Outcome enclose_nowhere(eval::Evaluator&, expr::Expr node, number::Bits) {
  return eval::Outcome::undefined(
      base::Error(base::Code::domain, {}, "no condition of the piecewise holds, and there is no value for otherwise"),
      node);
}

expr::Expr derivative_of_nowhere(algebra::Differentiator&, expr::Expr node, expr::Expr) { return node; }

}  // namespace

const expr::Operation kNowhere{
    .name = "nowhere",
    .title = "no value",
    .signature = "nowhere()",
    .help = "Has no value: what a piecewise without a value for otherwise is where no condition holds.",
    .example = "defined(nowhere())",
    .answer = "false",
    .elaborate = elaborate_nowhere,
    .enclose = enclose_nowhere,
    .derivative = derivative_of_nowhere};

extern const expr::OperationRows nowhere_operations(&kNowhere, 1);

}  // namespace nabla::calc
