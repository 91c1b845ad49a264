// What algebra offers to the layers below: calls with exact values, simplification for display, equality, derivatives.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/budget.h"
#include "expr/build.h"
#include "expr/graph.h"
#include "expr/rows.h"

namespace nabla::algebra {

using expr::Expr;
using expr::Function;
using expr::Graph;

// f(args) with exact values (sin(pi/6) = 1/2, gamma(5) = 24), parity and total inverses applied: total identities only.
Expr call(Graph& g, const Function& f, std::span<const Expr> args);

// The function a rule text stands for ("1/(1 + x^2)"), its parameters replaced by args. Compiled once a process.
Expr instantiate(Graph& g, const Function& f, std::string_view rule, std::span<const Expr> args);

// A formula for display: cancelled, collected, factored where shorter, with the conditions under which it equals what it
// was made from ("x ≠ 1").
struct Simplified {
  Expr expression;
  std::vector<Expr> conditions;  // truth-valued expressions
};
Simplified simplify(Graph& g, Expr e, base::Budget& budget);

// Whether the difference is proven to be zero wherever both are defined.
bool proven_equal(Graph& g, Expr a, Expr b, base::Budget& budget);

// The derivative of e by x (a symbol, bound variable or parameter), built by total identities only.
// Throws Error (argument) where an operation has no derivative.
Expr derivative(Graph& g, Expr e, Expr x, base::Budget& budget);
// All partial derivatives of e in one backward sweep.
std::vector<Expr> gradient(Graph& g, Expr e, std::span<const Expr> xs, base::Budget& budget);

}  // namespace nabla::algebra
