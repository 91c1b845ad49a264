// The values of an expression on a piece on which its conditions need not be decided.
#pragma once

#include "eval/balls/evaluator.h"

namespace nabla::eval {

// Encloses all values that e has while its variable runs through the ball it is bound to; both branches are taken where
// a condition is undecided. Undefined if there is no value anywhere on the piece.
Outcome range_on(Evaluator& in, Expr e, Bits bits);

}  // namespace nabla::eval
