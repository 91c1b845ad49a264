// The row of defined(E), which passes of algebra make nodes of.
#pragma once

#include "expr/rows.h"

namespace nabla::calc {

// A node has one argument; its value is 1 or 0.
extern const expr::Operation kDefined;

}  // namespace nabla::calc
