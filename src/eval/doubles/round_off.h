// Expressions in plain IEEE double arithmetic, rounded as the graph says, without any bound of the error.
#pragma once

#include "eval/balls/evaluator.h"

namespace nabla::eval {

// The value of e, its bound variables having the values they have in `in`. a·b^-1 is computed as a/b. Operations and
// calls of recursive functions are rounded from balls. NaN where there is no value.
double plain_double(Evaluator& in, Expr e);

}  // namespace nabla::eval
