// Points at which two expressions are compared: where they are likely to differ, then anywhere.
#pragma once

#include <span>
#include <vector>

#include "base/budget.h"
#include "expr/graph.h"

namespace nabla::calc {

// Values of the symbols, in their order. First 0, ±1, ±1/2 and the rational borders of the expressions' conditions,
// pieces and domains; then some 40 fractions, every other point of positive ones. The same points each time.
std::vector<std::vector<number::Rational>> trial_points(expr::Graph& g, std::span<const expr::Expr> expressions,
                                                        std::span<const expr::Expr> symbols, base::Budget& budget);

}  // namespace nabla::calc
