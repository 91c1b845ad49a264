// Expressions in plain IEEE double arithmetic, every operation of the graph rounded, without error bounds.
#pragma once

#include "eval/balls/evaluator.h"

namespace nabla::eval {

// The value of e, with variables bound as in `in`. a·b^-1 is computed as a/b. Operations and calls of recursive
// functions are rounded from balls. NaN if there is no value.
double plain_double(Evaluator& in, Expr e);

}  // namespace nabla::eval
