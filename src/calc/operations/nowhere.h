// The expression that has no value anywhere.
#pragma once

#include "eval/balls/evaluator.h"
#include "expr/value.h"

namespace nabla::parse {
class Term;
}
namespace nabla::algebra {
class Differentiator;
}

namespace nabla::calc {

class Elaborator;

expr::Value elaborate_nowhere(Elaborator& in, const parse::Term& call);
eval::Outcome enclose_nowhere(eval::Evaluator& in, expr::Expr node, number::Bits bits);
expr::Expr derivative_of_nowhere(algebra::Differentiator& in, expr::Expr node, expr::Expr x);

}  // namespace nabla::calc
