// Derivatives along a direction: forward mode, and products with the Hessian.
#pragma once

#include <span>
#include <vector>

#include "base/budget.h"
#include "expr/graph.h"

namespace nabla::algebra {

// The derivative of each of es along a direction, the sum of direction[i] ∂e/∂xs[i], in one forward sweep over all; the
// direction's elements may be any expressions.
std::vector<expr::Expr> derivatives_along(expr::Graph& g, std::span<const expr::Expr> es,
                                          std::span<const expr::Expr> xs, std::span<const expr::Expr> direction,
                                          base::Budget& budget);

// The Hessian of e times a direction, one element for each variable, without forming the Hessian: the gradient
// differentiated along the direction. On one tape with value and gradient it costs a small multiple of the gradient,
// whatever the number of variables.
std::vector<expr::Expr> hessian_product(expr::Graph& g, expr::Expr e, std::span<const expr::Expr> xs,
                                        std::span<const expr::Expr> direction, base::Budget& budget);

}  // namespace nabla::algebra
