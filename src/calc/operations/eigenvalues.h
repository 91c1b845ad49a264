// Eigenvalues of square matrices.
#pragma once

#include "eval/balls/evaluator.h"
#include "expr/value.h"

namespace nabla::parse {
class Term;
}

namespace nabla::calc {

class Elaborator;

// eigenvalues(A): the real eigenvalues in ascending order, each as often as its multiplicity; a formula up to 2×2, else
// of rational matrices. Error (undefined) if some are not real.
expr::Value elaborate_eigenvalues(Elaborator& in, const parse::Term& call);

// root_of([c0, c1, …, cn], k): the k-th real root, from below, of c0 + c1 x + … + cn x^n with rational coefficients.
expr::Value elaborate_root_of(Elaborator& in, const parse::Term& call);
eval::Outcome enclose_root_of(eval::Evaluator& in, expr::Expr node, number::Bits bits);

}  // namespace nabla::calc
