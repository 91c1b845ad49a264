// The node of a definite integral.
#pragma once

#include "expr/graph.h"

namespace nabla::calc {

// The integral of body over x (a symbol, bound in it) from lower to upper.
expr::Expr integral_node(expr::Graph& g, expr::Expr body, expr::Expr x, expr::Expr lower, expr::Expr upper);

}  // namespace nabla::calc
