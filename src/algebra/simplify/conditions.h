// Conditions in readable form: "x ≠ 1", "x² < 1".
#pragma once

#include <vector>

#include "expr/build.h"
#include "expr/graph.h"

namespace nabla::algebra {

// s ≠ 0, 0 < s or 0 ≤ s, its number on the other side: x ≠ 1, x² < 1; for a logarithm on its argument.
expr::Expr condition_on(expr::Graph& g, expr::Relation relation, expr::Expr s);

// Removes conditions implied by others: x > 1 implies x > 0, x ≥ 1 and x ≠ 0.
void drop_weaker(const expr::Graph& g, std::vector<expr::Expr>& conditions);

// Whether e itself has no value at the one point that a condition x ≠ 1 excludes, so that the condition is redundant.
bool says_itself(expr::Graph& g, expr::Expr condition, expr::Expr e);

}  // namespace nabla::algebra
