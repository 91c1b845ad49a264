// Operations written without themselves.
#pragma once

#include "eval/balls/evaluator.h"

namespace nabla::eval {

// The same value without the operation, a sum as its terms, if the bounds are known and it is not too long; nothing for
// other operations. Defined where sums are (calc/sum.cpp).
std::optional<Expr> unrolled(Evaluator& in, Expr operation, Bits bits);

}  // namespace nabla::eval
