// The sign of a constant, and whether it has a value, decided by balls.
#pragma once

#include <optional>

#include "expr/graph.h"

namespace nabla::algebra {

// -1 or 1 if a constant expression of arithmetic and calls is proven to have that sign; nothing if it has no value, or
// is not decided at the precision tried.
std::optional<int> proven_sign(const expr::Graph& g, expr::Expr e);

// Whether a constant expression of arithmetic and calls is proven to have no value, because a part is outside a
// domain.
bool proven_undefined(const expr::Graph& g, expr::Expr e);

}  // namespace nabla::algebra
