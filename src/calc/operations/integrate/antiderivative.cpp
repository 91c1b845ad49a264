#include "calc/operations/integrate/antiderivative.h"

namespace nabla::calc {

Value antiderivative(Elaborator&, const Value&, Expr, const Term& call) {
  throw base::Error(base::Code::undecided, call.span(), "no antiderivative found: they are not available yet",
                    "give bounds for the definite integral, as in integrate(x^2, x, 0, 1)");
}

}  // namespace nabla::calc
