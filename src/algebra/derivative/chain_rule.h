// The chain rule's steps, used by derivative, along and gradient. Defined in derivative.cpp.
#pragma once

#include <span>

#include "algebra/derivative/derivative.h"

namespace nabla::algebra {

// A product that is not flattened into the products among its factors: the chain rule through a thousand levels stays
// linear in size.
Expr times(Graph& g, std::span<const Expr> factors);

// The partial derivative of a power by its base (0) or its exponent (1).
Expr partial_of_power(Graph& g, Expr power, std::size_t i);

// Calls the row's `derivative`. Throws Error (argument) if there is none.
Expr derivative_of_operation(Differentiator& in, Expr e);

}  // namespace nabla::algebra
