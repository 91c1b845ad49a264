// Every ball function behind one signature, as the rows of functions/table.cpp need it. All are rigorous: the result
// contains f(x) for every x in the arguments that lies in the domain, and is NaN where an argument may leave the domain.
#pragma once

#include <span>

#include "number/ball.h"

namespace nabla::number {

using Balls = std::span<const Ball>;
using BallFunction = Ball (*)(Balls x, Bits bits);

Ball pi(Bits bits);
Ball e(Bits bits);
Ball euler_gamma(Bits bits);

// x[0] is the first argument of the function of that name.
Ball exp(Balls x, Bits bits);
Ball ln(Balls x, Bits bits);
Ball sin(Balls x, Bits bits);
Ball cos(Balls x, Bits bits);

}  // namespace nabla::number
