// Whether two expressions are the same function.
#pragma once

#include "eval/balls/evaluator.h"
#include "expr/value.h"

namespace nabla::parse {
class Term;
}

namespace nabla::calc {

class Elaborator;

// same(E1, E2): true if proven equal where both are defined; false, with a note of a point where they differ; else a
// node whose value is an estimated true.
expr::Value elaborate_same(Elaborator& in, const parse::Term& call);
eval::Outcome enclose_same(eval::Evaluator& in, expr::Expr node, number::Bits bits);

// The same of values, as assert asks. `place` is where a note points.
expr::Expr same(Elaborator& in, const expr::Value& a, const expr::Value& b, base::Span place);

}  // namespace nabla::calc
