// The method of undetermined coefficients: a combination of given terms whose derivative is the integrand.
#pragma once

#include <optional>
#include <span>

#include "base/budget.h"
#include "expr/graph.h"

namespace nabla::calc {

using expr::Expr;
using expr::Graph;

// A term, and its derivative in a form whose functions are those of the integrand.
struct CandidateTerm {
  Expr formula;
  Expr slope;
};

// Rational numbers c with d/dx (c[0]·terms[0] + c[1]·terms[1] + …) = e, as that sum; nothing if there are none or the
// arithmetic gets too large. The identity is one of rational functions over the generators of all that occurs, compared
// coefficient by coefficient: one linear system over the rational numbers.
std::optional<Expr> by_undetermined_coefficients(Graph& g, Expr e, std::span<const CandidateTerm> terms,
                                                 base::Budget& budget);

}  // namespace nabla::calc
