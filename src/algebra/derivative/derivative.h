// Differentiation from graph to graph: forward for one variable, backward for many.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/budget.h"
#include "expr/build.h"
#include "expr/fold.h"
#include "expr/graph.h"
#include "expr/rows.h"

namespace nabla::algebra {

using expr::Expr;
using expr::Graph;

// Derivatives by one variable; every node is differentiated once. Rows of operations use it in their hook.
class Differentiator {
 public:
  // x: a symbol, bound variable or parameter.
  Differentiator(Graph& g, Expr x, base::Budget& budget) : g_(g), x_(x), budget_(budget), known_(g), depends_(g) {}

  Graph& graph() { return g_; }
  base::Budget& budget() { return budget_; }
  Expr variable() const { return x_; }

  // Throws Error (argument) where a function or operation in e has no derivative.
  Expr derivative(Expr e);
  bool depends(Expr e);

 private:
  Expr differentiate(Expr e);
  Expr of_product(std::span<const Expr> factors);
  Expr of_power(Expr e);
  Expr of_call(Expr e);
  Expr of_apply(Expr e);
  Expr known(Expr e) const { return known_.at(e); }

  Graph& g_;
  Expr x_;
  base::Budget& budget_;
  expr::Fold<Expr> known_;
  expr::Fold<bool> depends_;
};

// The partial derivative of a call by its i-th argument (from 0), as the rows say. Where a row has no rule, a node that
// names the derivative (zeta'(x)). Throws Error (argument) if not even a series is known.
Expr partial_of_call(Graph& g, Expr call, std::size_t i);

// The instance that computes the derivative of a recursive function by x: one of its parameters, or a symbol in its
// body.
expr::Recursive& derivative_of(Graph& g, const expr::Recursive& r, Expr x, base::Budget& budget);

// The derivative of a row by its i-th argument as a node (derivative_node.h), for rows that know their series but have
// no formula: zeta'(x). Throws Error (argument) if there is no series either.
Expr named_derivative(Graph& g, Expr call, std::size_t i);

// The derivative of a derivative node by x.
Expr derivative_of_derivative(Differentiator& in, Expr node, Expr x);

// The derivative of e by x (a symbol, bound variable or parameter), built by total identities only.
// Throws Error (argument) where an operation has no derivative.
Expr derivative(Graph& g, Expr e, Expr x, base::Budget& budget);

// The n-th derivative. Throws Error (limit) beyond `most` nodes.
Expr derivative(Graph& g, Expr e, Expr x, long order, base::Budget& budget, std::size_t most);

// Whether e depends on x, looking into the bodies of recursive functions too.
bool depends_deeply(const Graph& g, Expr e, Expr x);

}  // namespace nabla::algebra
