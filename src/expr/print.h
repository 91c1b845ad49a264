// Expressions as text that reads as in a textbook and parses back to the same node, and as LaTeX.
#pragma once

#include <string>

#include "expr/graph.h"
#include "expr/value.h"

namespace nabla::expr {

enum class Style { unicode, plain };  // 2x·sin(x) + x²·√y | 2*x*sin(x) + x^2*sqrt(y)

std::string print(const Graph& g, Expr e, Style style);
std::string print(const Graph& g, const Value& v, Style style);
std::string latex(const Graph& g, Expr e);
std::string latex(const Graph& g, const Value& v);

}  // namespace nabla::expr
