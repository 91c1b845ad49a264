// What the forms in plain double share.
#pragma once

#include <cmath>
#include <limits>

#include "number/functions/forms.h"

namespace nabla::number {

inline constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

inline bool is_integer(double x) { return std::floor(x) == x; }  // and infinities

// A ball function in double where the C library has none: correct to nearly the last bit; NaN outside the domain.
double rounded(BallFunction f, const double* x, int count);

}  // namespace nabla::number
