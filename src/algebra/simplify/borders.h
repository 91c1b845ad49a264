// Where the pieces of an expression meet, and where expressions are zero at rational numbers.
#pragma once

#include <optional>
#include <vector>

#include "base/budget.h"
#include "expr/graph.h"

namespace nabla::algebra {

// Expressions of which one is 0 at every point where pieces of e meet: the differences of its comparisons, u of |u|,
// u - v of max(u, v), u - floor(u) of floor(u). Derivatives in e count by what they are derivatives of. Nothing if they
// cannot all be told (a recursive function) or are more than kMostBorders.
std::optional<std::vector<expr::Expr>> borders(expr::Graph& g, expr::Expr e);
inline constexpr std::size_t kMostBorders = 40;

// The rational numbers x at which e, a function of x alone, is 0.
struct RationalZeros {
  std::vector<number::Rational> at;  // ascending
  bool all = false;                  // e is 0 nowhere else
};
RationalZeros rational_zeros(expr::Graph& g, expr::Expr e, expr::Expr x, base::Budget& budget);

// Whether e has pieces by a condition or an index of its own (if, a recursive function): one may hold at single points,
// where a derivative is not that of the piece.
bool has_choices(const expr::Graph& g, expr::Expr e);

}  // namespace nabla::algebra
