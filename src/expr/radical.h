// A normal form for powers of rational numbers: equal ones are the same node.
#pragma once

#include "expr/graph.h"

namespace nabla::expr {

// x^q as a number, or c·b^r with a rational c, an integer b > 1 that is no perfect power and 0 < r < 1: 8^(1/2) =
// 2·2^(1/2), (1/2)^(1/2) = 2^(1/2)/2, (-8)^(2/3) = 4. A power without a real value (0^-1, (-2)^(1/2)) stays a power
// node. Factors are found by primes below 1,000 and as perfect powers. Throws Error (limit) on huge results.
Expr power_of_number(Graph& g, const Rational& x, const Rational& q);

}  // namespace nabla::expr
