// Proofs that two expressions are the same function.
#pragma once

#include "base/budget.h"
#include "expr/graph.h"

namespace nabla::algebra {

// Whether the difference is proven to be zero wherever both are defined. Complete for rational functions; else by the
// identities of roots, exponentials, logarithms, circular and hyperbolic functions. false proves nothing.
bool proven_equal(expr::Graph& g, expr::Expr a, expr::Expr b, base::Budget& budget);

// The same but for points where pieces of what is differentiated meet (see `borders`): there a derivative may be
// another number than its formula. diff(if(x == 0, 0, x), x) and if(x == 0, 0, 1) are equal beside 0.
bool proven_equal_beside_borders(expr::Graph& g, expr::Expr a, expr::Expr b, base::Budget& budget);

}  // namespace nabla::algebra
