// Bounds of expressions whatever the values of their symbols.
#pragma once

#include <optional>

#include "expr/graph.h"

namespace nabla::algebra {

// Numbers between which an expression lies wherever it has a value. `open`: it comes as near as you like to the bound
// but may not reach it.
struct Bound {
  expr::Rational at;
  bool open = false;
};
struct Bounds {
  std::optional<Bound> lower;
  std::optional<Bound> upper;
};

// What can be told at a look: 2 + sin(x) lies in [1, 3], 1 + e^x is above 1. One pass over the nodes.
Bounds bounds_of(const expr::Graph& g, expr::Expr e);

// 1 or -1 if e is above or below 0 wherever it has a value, as far as its bounds tell.
std::optional<int> sign_by_bounds(const expr::Graph& g, expr::Expr e);

}  // namespace nabla::algebra
