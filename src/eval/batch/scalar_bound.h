// Functions without a vector routine, at one point, with a bound of the error.
#pragma once

#include <span>

#include "expr/rows.h"

namespace nabla::eval {

// A bound of |value - f(t)| for every t within `errors` of x, by a ball; infinite if f may have no value or no bound is
// known. Cost: microseconds. `value` is the result of the row's scalar function.
double lane_error(const expr::Function& f, std::span<const double> x, std::span<const double> errors, double value);

}  // namespace nabla::eval
