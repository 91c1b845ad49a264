// Definite integrals: the range split where the integrand is not analytic, its ends examined, the pieces enclosed.
#pragma once

#include <optional>

#include "eval/balls/evaluator.h"

namespace nabla::eval {

// The integral of e over x from a to b, at about `bits` bits; the bounds may be infinite, and a may lie above b. x is a
// symbol or bound variable that no bound contains. Undefined, with the place in the message, if the integral is proven
// to diverge or the integrand has no value on a part of the range. Undecided if nothing is proven at this precision.
// Throws Error (timeout, interrupted).
// `place` gets where it diverges, if that is a number.
Outcome definite_integral(Evaluator& in, Expr e, Expr x, Expr a, Expr b, Bits bits,
                          std::optional<Expr>* place = nullptr);

// The principal value: the same, but at a place inside the range where the integral diverges the limit of the integral
// without a symmetric neighbourhood of it. Undefined if that diverges too.
Outcome principal_value(Evaluator& in, Expr e, Expr x, Expr a, Expr b, Bits bits);

}  // namespace nabla::eval
