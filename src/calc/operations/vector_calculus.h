// Gradients and what is made of them, and what a curve looks like at a point.
#pragma once

#include "expr/value.h"

namespace nabla::parse {
class Term;
}

namespace nabla::calc {

class Elaborator;

expr::Value elaborate_grad(Elaborator& in, const parse::Term& call);         // grad(E, [x, y]) or grad(f)
expr::Value elaborate_hessian(Elaborator& in, const parse::Term& call);      // hessian(E, [x, y])
expr::Value elaborate_jacobian(Elaborator& in, const parse::Term& call);     // jacobian([E1, E2], [x, y])
expr::Value elaborate_div(Elaborator& in, const parse::Term& call);          // div(F, [x, y, z])
expr::Value elaborate_curl(Elaborator& in, const parse::Term& call);         // curl(F, [x, y, z])
expr::Value elaborate_laplacian(Elaborator& in, const parse::Term& call);    // laplacian(E, [x, y])
expr::Value elaborate_directional(Elaborator& in, const parse::Term& call);  // directional(E, [x, y], [u, v])

expr::Value elaborate_tangent(Elaborator& in, const parse::Term& call);    // tangent(E, x, a)
expr::Value elaborate_normal(Elaborator& in, const parse::Term& call);     // normal(E, x, a)
expr::Value elaborate_curvature(Elaborator& in, const parse::Term& call);  // curvature(E, x, a)

}  // namespace nabla::calc
