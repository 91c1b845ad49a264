// Where an expression is defined, as far as it can be said; and which of that another expression no longer says.
#pragma once

#include <optional>
#include <vector>

#include "base/budget.h"
#include "expr/build.h"
#include "expr/graph.h"

namespace nabla::algebra {

using expr::Expr;
using expr::Graph;

// The conditions, as truth-valued expressions, under which everything `from` needs to be defined follows from `to`
// being defined: x/x needs x ≠ 0, 1 does not. Nothing if they cannot be told.
std::optional<std::vector<Expr>> lost_conditions(Graph& g, Expr from, Expr to, base::Budget& budget);

// The truth value defined(e) of the language.
Expr defined(Graph& g, Expr e);

}  // namespace nabla::algebra
