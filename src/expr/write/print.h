// Expressions as text that reads as in a textbook and parses back to the same node, and as LaTeX.
#pragma once

#include <string>
#include <string_view>

#include "expr/graph.h"
#include "expr/value.h"
#include "expr/write/layout.h"

namespace nabla::expr {

enum class Style { unicode, plain };  // 2x·sin(x) + x²·√y | 2*x*sin(x) + x^2*sqrt(y)

// `order`: the order of the terms of the outermost sum. Throws Error (limit) if the text is longer than kLongestText.
std::string print(const Graph& g, Expr e, Style style, Order order = Order::descending);
std::string print(const Graph& g, const Value& v, Style style, Order order = Order::descending);
std::string latex(const Graph& g, Expr e, Order order = Order::descending);
std::string latex(const Graph& g, const Value& v, Order order = Order::descending);
// A name in LaTeX: "alpha_1" is \alpha_{1}.
std::string latex_name(std::string_view name);

inline constexpr std::size_t kLongestText = 1 << 22;

}  // namespace nabla::expr
