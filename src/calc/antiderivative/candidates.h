// Terms of which an antiderivative may consist, read off from the shape of the integrand.
#pragma once

#include <vector>

#include "base/budget.h"
#include "calc/antiderivative/undetermined.h"
#include "expr/graph.h"

namespace nabla::calc {

// Products of the functions in e (after Liouville: no others but logarithms occur), logarithms and arctangents of what
// stands in denominators, inverse circular functions of quadratic radicands, and error and integral functions where
// their derivatives occur. Bound: Bronstein, Symbolic Integration I, chapter 10 (parallel integration). At most
// kMostCandidates; empty if there would be more. Throws algebra::TooLarge.
std::vector<CandidateTerm> candidate_terms(Graph& g, Expr e, Expr x, base::Budget& budget);

inline constexpr std::size_t kMostCandidates = 100;

}  // namespace nabla::calc
