// Derivatives as values at a point. A formula made by the rules can be undefined where the derivative exists (x·√x at
// 0), or be defined where it does not (|x| at 0, ln at -1). So where that can happen, a derivative is kept as a node of
// what it is the derivative of; the formula is written out when it is shown.
#pragma once

#include <functional>
#include <optional>

#include "base/budget.h"
#include "expr/build.h"
#include "expr/graph.h"
#include "expr/rows.h"

namespace nabla::algebra {

using expr::Expr;
using expr::Graph;

inline bool is_derivative(const Graph& g, Expr e) {
  return g.kind(e) == expr::Kind::operation && g.operation(e).is_point_derivative;
}

// The order-th derivative of body by x, at a point (an expression; x itself for the derivative as a function of x). A
// formula where that is short and right everywhere, else a node.
Expr derivative_at(Graph& g, Expr body, Expr x, long order, Expr point, base::Budget& budget);

// Whether e has pieces: the formula of its derivative says nothing of the points where they meet.
bool has_pieces(const Graph& g, Expr e);

// The parts of a derivative node.
struct DerivativeParts {
  Expr body;
  Expr variable;  // a fresh symbol in the body
  long order = 0;
  Expr point;
};
DerivativeParts parts_of_derivative(Graph& g, Expr node);

// e with derivative nodes replaced, inner ones first; those for which `formula` gives nothing stay.
using DerivativeFormula = std::function<std::optional<Expr>(const DerivativeParts& d)>;
Expr replace_derivatives(Graph& g, Expr e, const DerivativeFormula& formula);
// All of them by one walk.
std::vector<Expr> replace_derivatives(Graph& g, std::span<const Expr> es, const DerivativeFormula& formula);

// e with all derivatives as formulas, as it is shown: equal where both are defined. Derivatives of piecewise functions
// at a given number stay nodes. Throws Error (limit) for formulas of more than kLongestFormula nodes. `bodies` gets
// what was differentiated and is not defined everywhere: the formula may be (1/x of ln(x)).
inline constexpr std::size_t kLongestFormula = 10'000;
Expr written_out(Graph& g, Expr e, base::Budget& budget, std::vector<Expr>* bodies = nullptr);

// e with the derivatives of functions without pieces as formulas that have a value only where the function has one
// (ln'(x) is 1/x + 0·ln(x)), as fast evaluation wants it: where this has a value, it is that of e; where it has none, e
// is to be asked. Derivatives of piecewise functions, and those whose formula is too long, stay nodes.
Expr fast_form(Graph& g, Expr e, base::Budget& budget);

}  // namespace nabla::algebra
