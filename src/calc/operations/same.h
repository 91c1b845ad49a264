// Whether two expressions are the same function.
#pragma once

#include "eval/balls/evaluator.h"
#include "expr/value.h"

namespace nabla::calc {

class Elaborator;

// true if proven equal where both are defined; false, with a note of a point where they differ; else a node whose value
// is an estimated true. `place` is where a note points.
expr::Expr same(Elaborator& in, const expr::Value& a, const expr::Value& b, base::Span place);

}  // namespace nabla::calc
