// Powers whose exponents are fractions that nobody has written.
#pragma once

#include "expr/graph.h"

namespace nabla::expr {

// base^q where q only came out as this fraction and is not written so: of a negative base it has no value unless q is
// an integer. (√base)^(2q) says the same.
Expr computed_power(Graph& g, Expr base, const Rational& q);
// The common denominator of the numbers written in an exponent that is no number: 3 of k/3, 1 of x. Where it is odd and
// the exponent comes out as a multiple of its reciprocal, the power takes real roots of negative numbers.
Rational written_denominator(const Graph& g, Expr exponent);

}  // namespace nabla::expr
