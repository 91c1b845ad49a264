// What algebra offers to the layers below: calls with exact values, simplification for display, equality, derivatives.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "algebra/closed_form.h"
#include "algebra/equality.h"
#include "algebra/simplify.h"
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

// The derivative of e by x (a symbol, bound variable or parameter), built by total identities only.
// Throws Error (argument) where an operation has no derivative.
Expr derivative(Graph& g, Expr e, Expr x, base::Budget& budget);
// All partial derivatives of e in one backward sweep.
std::vector<Expr> gradient(Graph& g, Expr e, std::span<const Expr> xs, base::Budget& budget);
// The derivative of each of es along a direction, the sum of direction[i] ∂e/∂xs[i], in one forward sweep over all; the
// direction may hold any expressions.
std::vector<Expr> derivatives_along(Graph& g, std::span<const Expr> es, std::span<const Expr> xs,
                                    std::span<const Expr> direction, base::Budget& budget);
// The Hessian of e times a direction, one element a variable, without the Hessian: the gradient differentiated along
// the direction. As a tape together with value and gradient it costs a small multiple of the gradient, whatever the
// number of variables.
std::vector<Expr> hessian_product(Graph& g, Expr e, std::span<const Expr> xs, std::span<const Expr> direction,
                                  base::Budget& budget);

}  // namespace nabla::algebra
