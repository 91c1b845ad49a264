// Sums and products over an index: sum(E, k, a, b), prod(E, k, a, b); sum(v) of a vector.
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

// A few terms with free symbols are written out; else a node. An empty range gives 0 or 1.
// Throws Error (argument) where a bound is known not to be an integer.
expr::Value elaborate_sum(Elaborator& in, const parse::Term& call);
expr::Value elaborate_prod(Elaborator& in, const parse::Term& call);

// The node's arguments: body, lower bound, upper bound. Exact while the terms are exact and the result is small.
eval::Outcome enclose_sum(eval::Evaluator& in, expr::Expr node, number::Bits bits);
eval::Outcome enclose_prod(eval::Evaluator& in, expr::Expr node, number::Bits bits);

// Term by term; by the product rule. Throws Error (argument) where a bound depends on x.
expr::Expr derivative_of_sum(algebra::Differentiator& in, expr::Expr node, expr::Expr x);
expr::Expr derivative_of_prod(algebra::Differentiator& in, expr::Expr node, expr::Expr x);

}  // namespace nabla::calc
