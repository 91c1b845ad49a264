// Short exact forms of numbers, worth showing before their decimals.
#pragma once

#include <cstddef>
#include <optional>

#include "base/budget.h"
#include "expr/graph.h"

namespace nabla::algebra {

// A constant expression as a short closed form over rational numbers, π, e, square and cube roots and logarithms of
// rational numbers: √3/2, π²/6, (1 + √5)/2. Nothing for anything longer than kLongestClosedForm columns (a fraction:
// kLongestFraction) or with other functions (sin(1)), and for terminating decimals (0.25).
std::optional<expr::Expr> closed_form(expr::Graph& g, expr::Expr e, base::Budget& budget);

inline constexpr std::size_t kLongestClosedForm = 20;
inline constexpr std::size_t kLongestFraction = 14;

}  // namespace nabla::algebra
