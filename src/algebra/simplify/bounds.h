// Bounds of expressions over all values of their symbols.
#pragma once

#include <optional>

#include "expr/graph.h"

namespace nabla::algebra {

// Numbers between which an expression lies wherever it has a value. `open`: the bound may not be
// reached.
struct Bound {
  expr::Rational at;
  bool open = false;
};
struct Bounds {
  std::optional<Bound> lower;
  std::optional<Bound> upper;
};

// Interval arithmetic in one pass over the nodes: 2 + sin(x) lies in [1, 3], 1 + e^x is above 1.
Bounds bounds_of(const expr::Graph& g, expr::Expr e);

// 1 or -1 if the bounds prove e positive or negative wherever it has a value.
std::optional<int> sign_by_bounds(const expr::Graph& g, expr::Expr e);

}  // namespace nabla::algebra
