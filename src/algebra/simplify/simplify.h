// Simplifying formulas for display: as short as in a textbook.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "base/budget.h"
#include "expr/graph.h"

namespace nabla::algebra {

using expr::Expr;
using expr::Graph;

// A formula for display: cancelled, collected, factored where shorter, with the conditions under which it equals the
// original ("x ≠ 1"). Never longer than the input in operators and calls.
struct Simplified {
  Expr expression;
  std::vector<Expr> conditions;  // truth-valued expressions
};
// Above kMostNodesToSimplify distinct nodes an expression is left as the builders made it.
// Throws Error (timeout, interrupted).
Simplified simplify(Graph& g, Expr e, base::Budget& budget);
// The same for the elements of one answer, one after another: what they have in common is worked out once. All of them
// together may take as much work, which grows as the square of the nodes, as one expression; else all are left as they
// are.
class Simplification {
 public:
  Simplification(Graph& g, std::span<const Expr> elements, base::Budget& budget);
  ~Simplification();
  Simplified of(Expr e);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

inline constexpr std::size_t kMostNodesToSimplify = 2000;

}  // namespace nabla::algebra
