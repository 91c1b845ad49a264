// Antiderivatives: proposed by several methods, shown only if proven.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "base/budget.h"
#include "expr/graph.h"

namespace nabla::calc {

using expr::Expr;
using expr::Graph;

struct Antiderivative {
  Expr formula;                  // without a constant
  std::vector<Expr> conditions;  // truth-valued: where the formula holds, if not wherever the integrand is defined
};

// A formula whose derivative by the symbol x is proven to be e; nothing if none was found in `patience`. Of several the
// shortest. Throws Error (timeout, interrupted).
std::optional<Antiderivative> find_antiderivative(Graph& g, Expr e, Expr x, base::Budget& budget,
                                                  std::chrono::milliseconds patience = std::chrono::seconds(3));

}  // namespace nabla::calc
