// The row of the expression that has no value anywhere.
#pragma once

#include "expr/rows.h"

namespace nabla::calc {

// A node has no arguments.
extern const expr::Operation kNowhere;

}  // namespace nabla::calc
