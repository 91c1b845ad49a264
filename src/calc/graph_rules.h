// What graphs of the program are made with.
#pragma once

#include "expr/graph.h"

namespace nabla::calc {

// Graph g(&calc::kRules): calls and powers by the rules of functions, derivatives as nodes, defined(E).
extern const expr::Rules kRules;

}  // namespace nabla::calc
