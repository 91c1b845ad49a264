// The operations on vectors and matrices, as rows of the table of operations read their arguments.
#pragma once

#include "expr/value.h"

namespace nabla::parse {
class Term;
}

namespace nabla::calc {

class Elaborator;
using expr::Value;

Value elaborate_dot(Elaborator& in, const parse::Term& call);
Value elaborate_cross(Elaborator& in, const parse::Term& call);
Value elaborate_norm(Elaborator& in, const parse::Term& call);
Value elaborate_det(Elaborator& in, const parse::Term& call);
Value elaborate_inverse(Elaborator& in, const parse::Term& call);
Value elaborate_transpose(Elaborator& in, const parse::Term& call);
Value elaborate_tr(Elaborator& in, const parse::Term& call);
Value elaborate_solve_linear(Elaborator& in, const parse::Term& call);
Value elaborate_softmax(Elaborator& in, const parse::Term& call);
Value elaborate_logsumexp(Elaborator& in, const parse::Term& call);
Value elaborate_mean(Elaborator& in, const parse::Term& call);
Value elaborate_len(Elaborator& in, const parse::Term& call);

}  // namespace nabla::calc
