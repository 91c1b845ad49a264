// double(E): plain IEEE double arithmetic, to show round-off; defined(E): whether there is a value.
#pragma once

#include "eval/balls/evaluator.h"
#include "expr/value.h"

namespace nabla::parse {
class Term;
}

namespace nabla::calc {

class Elaborator;

// Keeps the order of operations as written, unsimplified; a constant is computed at once.
expr::Value elaborate_double(Elaborator& in, const parse::Term& call);
eval::Outcome enclose_double(eval::Evaluator& in, expr::Expr node, number::Bits bits);

// A truth value: false where E is undefined or outside a domain. Of a vector: whether all elements are defined.
expr::Value elaborate_defined(Elaborator& in, const parse::Term& call);
eval::Outcome enclose_defined(eval::Evaluator& in, expr::Expr node, number::Bits bits);

}  // namespace nabla::calc
