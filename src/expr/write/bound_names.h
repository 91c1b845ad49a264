// Names for bound variables when an expression is printed.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "expr/graph.h"

namespace nabla::expr {

// For each binder height in e a letter that is no free symbol of e: k, j, i, n, m, …, then k1, k2, ….
std::unordered_map<std::uint16_t, std::string> bound_names(const Graph& g, Expr e);

}  // namespace nabla::expr
