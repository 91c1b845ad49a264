// Where the formula that a derivative is shown as is not the derivative: where pieces meet.
#pragma once

#include <vector>

#include "calc/elaborate/elaborate.h"

namespace nabla::calc {

// The conditions under which `shown` has the values of `value` (or neither has one), as far as pieces of what is
// differentiated in it meet: x ≠ 0 for |x| and sign(x), none for x·|x| and 2·|x|. More conditions than needed where it
// cannot be told.
std::vector<Expr> kink_conditions(Elaborator& in, Expr value, Expr shown);

}  // namespace nabla::calc
