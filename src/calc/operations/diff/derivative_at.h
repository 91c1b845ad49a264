// The row of derivatives kept as nodes (algebra/derivative/derivative_node.h).
#pragma once

#include "expr/rows.h"

namespace nabla::calc {

// Arguments: body, order (an integer), point.
extern const expr::Operation kPointDerivative;

}  // namespace nabla::calc
