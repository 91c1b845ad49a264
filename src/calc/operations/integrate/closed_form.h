// Definite integrals as exact numbers, by an antiderivative.
#pragma once

#include <optional>

#include "calc/elaborate/elaborate.h"

namespace nabla::calc {

// The integral of body by the symbol x between constant finite bounds as a short exact expression. Proven: the
// derivative of the antiderivative is the body, and enclosures show it continuous on the closed interval; the value by
// quadrature must agree besides. Nothing where any of this fails, or the form would be long.
std::optional<Expr> integral_in_closed_form(Elaborator& in, Expr body, Expr x, Expr lower, Expr upper);

}  // namespace nabla::calc
