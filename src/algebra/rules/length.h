// The length of a printed expression: the measure by which simplification chooses.
#pragma once

#include "expr/fold.h"
#include "expr/graph.h"

namespace nabla::algebra {

using expr::Expr;
using expr::Graph;

// Counts operators and function calls of the printed form (2·x·sin(x) has 3; a minus sign of a number is free). Shared
// nodes count as often as they are printed. Every node is visited once.
class Length {
 public:
  explicit Length(const Graph& g) : g_(g), known_(g) {}
  double operator()(Expr e);

 private:
  double of_node(Expr e, std::span<const double> lengths) const;
  double of_factor(Expr e) const;
  double of_product(Expr e, bool with_sign) const;
  double of_sum(Expr e) const;
  double known(Expr e) const { return known_.at(e); }

  const Graph& g_;
  expr::Fold<double> known_;
};

}  // namespace nabla::algebra
