// The sign of a constant, and whether it has a value, by balls.
#pragma once

#include <optional>

#include "expr/graph.h"

namespace nabla::algebra {

// -1 or 1 if a constant expression of arithmetic and calls is proven to have that sign; nothing if it is not decided at
// the precision tried, or has no value.
std::optional<int> proven_sign(const expr::Graph& g, expr::Expr e);

// Whether a constant expression of arithmetic and calls is proven to have no value, as a part of it is outside a
// domain.
bool proven_undefined(const expr::Graph& g, expr::Expr e);

}  // namespace nabla::algebra
