// Reverse mode: all partial derivatives of an expression as graphs.
#pragma once

#include <span>
#include <vector>

#include "base/budget.h"
#include "expr/graph.h"

namespace nabla::algebra {

// The partial derivatives of e by each of xs, in one backward sweep.
// Throws Error (argument) where an operation has no derivative.
std::vector<expr::Expr> gradient(expr::Graph& g, expr::Expr e, std::span<const expr::Expr> xs, base::Budget& budget);

}  // namespace nabla::algebra
