#include "calc/operations/integrate/antiderivative.h"

#include "calc/antiderivative/antiderivative.h"
#include "expr/rewrite.h"
#include "expr/write/print.h"

namespace nabla::calc {

Value antiderivative(Elaborator& in, const Value& body, Expr x, const Term& call) {
  Graph& g = in.graph();
  const expr::Replacement named{x, g.symbol(in.variable(call[1], call.text()))};
  Value result = body;
  for (Expr& e : result.elements) {
    const std::optional<Antiderivative> found = find_antiderivative(g, e, x, in.budget());
    if (!found) {
      throw base::Error(base::Code::undecided, call.span(), "no antiderivative found",
                        "a definite integral needs none: integrate(E, x, 0, 1)");
    }
    for (Expr c : found->conditions) {
      in.note(call.span(), expr::print(g, expr::substitute(g, c, std::span(&named, 1)), expr::Style::unicode));
    }
    e = found->formula;
  }
  return result;
}

}  // namespace nabla::calc
