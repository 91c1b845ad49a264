// Square roots of sums with a square root.
#pragma once

#include <optional>

#include "expr/graph.h"

namespace nabla::algebra {

// √(a + b·√c) for rational numbers as √p ± √q, if there are such rational p and q: √(3 + 2√2) = 1 + √2.
std::optional<expr::Expr> denested_root(expr::Graph& g, expr::Expr radicand);

}  // namespace nabla::algebra
