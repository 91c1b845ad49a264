// Proofs that two expressions are the same function.
#pragma once

#include "base/budget.h"
#include "expr/graph.h"

namespace nabla::algebra {

// Whether the difference is proven to be zero wherever both are defined. Complete for rational functions; else by the
// identities of roots, exponentials, logarithms, circular and hyperbolic functions. false proves nothing.
bool proven_equal(expr::Graph& g, expr::Expr a, expr::Expr b, base::Budget& budget);

}  // namespace nabla::algebra
