// What forward and backward differentiation share.
#pragma once

#include <span>

#include "algebra/derivative/derivative.h"

namespace nabla::algebra {

// A product that does not flatten long products into ever longer copies: the chain rule through a thousand levels stays
// linear in size.
Expr times(Graph& g, std::span<const Expr> factors);

// The partial derivative of a power by its base (0) or its exponent (1).
Expr partial_of_power(Graph& g, Expr power, std::size_t i);

// By the row's hook. Throws Error (argument) if it has none.
Expr derivative_of_operation(Differentiator& in, Expr e);

}  // namespace nabla::algebra
