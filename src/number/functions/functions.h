// Every ball function behind one signature, as the rows of functions/table.cpp need it. All are rigorous: the result
// contains f(x) for every x in the arguments, and is NaN unless all of them are certain to lie in the domain and f is
// continuous on them. So a jump gives NaN: floor([1.9, 2.1]), atan2([-0.1, 0.1], -1).
#pragma once

#include <span>

#include "number/ball.h"

namespace nabla::number {

using Balls = std::span<const Ball>;
using BallFunction = Ball (*)(Balls x, Bits bits);

Ball pi(Bits bits);
Ball e(Bits bits);
Ball golden_ratio(Bits bits);
Ball euler_gamma(Bits bits);

// x[0] is the first argument of the function of that name. Arguments that the language lets out may be missing here
// too. Powers and logarithms.
Ball sqrt(Balls x, Bits bits);
Ball cbrt(Balls x, Bits bits);
Ball root(Balls x, Bits bits);  // x, n: the real root of a negative x if n is exactly an odd integer
Ball exp(Balls x, Bits bits);
Ball ln(Balls x, Bits bits);
Ball log(Balls x, Bits bits);  // x, base (10)
Ball log2(Balls x, Bits bits);
Ball log10(Balls x, Bits bits);

// Trigonometric.
Ball sin(Balls x, Bits bits);
Ball cos(Balls x, Bits bits);
Ball tan(Balls x, Bits bits);
Ball sec(Balls x, Bits bits);
Ball csc(Balls x, Bits bits);
Ball cot(Balls x, Bits bits);
Ball asin(Balls x, Bits bits);
Ball acos(Balls x, Bits bits);
Ball atan(Balls x, Bits bits);
Ball asec(Balls x, Bits bits);
Ball acsc(Balls x, Bits bits);
Ball acot(Balls x, Bits bits);   // in (0, pi)
Ball atan2(Balls x, Bits bits);  // y, x

// Hyperbolic.
Ball sinh(Balls x, Bits bits);
Ball cosh(Balls x, Bits bits);
Ball tanh(Balls x, Bits bits);
Ball sech(Balls x, Bits bits);
Ball csch(Balls x, Bits bits);
Ball coth(Balls x, Bits bits);
Ball asinh(Balls x, Bits bits);
Ball acosh(Balls x, Bits bits);
Ball atanh(Balls x, Bits bits);
Ball asech(Balls x, Bits bits);
Ball acsch(Balls x, Bits bits);
Ball acoth(Balls x, Bits bits);

// Pieces and steps.
Ball abs(Balls x, Bits bits);
Ball sign(Balls x, Bits bits);
Ball floor(Balls x, Bits bits);
Ball ceil(Balls x, Bits bits);
Ball round(Balls x, Bits bits);  // x, decimal digits (0); halves away from zero
Ball trunc(Balls x, Bits bits);
Ball frac(Balls x, Bits bits);
Ball mod(Balls x, Bits bits);
Ball min(Balls x, Bits bits);  // of any number of arguments from one
Ball max(Balls x, Bits bits);
Ball clamp(Balls x, Bits bits);
Ball hypot(Balls x, Bits bits);
Ball heaviside(Balls x, Bits bits);
Ball relu(Balls x, Bits bits);

// Integers, and what they continue to.
Ball factorial(Balls x, Bits bits);
Ball gamma(Balls x, Bits bits);
Ball lgamma(Balls x, Bits bits);  // ln|gamma(x)|
Ball digamma(Balls x, Bits bits);
Ball polygamma(Balls x, Bits bits);  // n, x
Ball beta(Balls x, Bits bits);
Ball binomial(Balls x, Bits bits);
Ball gcd(Balls x, Bits bits);  // of any number of exact integers from one
Ball lcm(Balls x, Bits bits);

// Special functions.
Ball erf(Balls x, Bits bits);
Ball erfc(Balls x, Bits bits);
Ball erfinv(Balls x, Bits bits);
Ball sine_integral(Balls x, Bits bits);
Ball cosine_integral(Balls x, Bits bits);
Ball exponential_integral(Balls x, Bits bits);
Ball logarithmic_integral(Balls x, Bits bits);
Ball lambertw(Balls x, Bits bits);
Ball zeta(Balls x, Bits bits);
Ball besselj(Balls x, Bits bits);  // order, x
Ball bessely(Balls x, Bits bits);
Ball besseli(Balls x, Bits bits);
Ball besselk(Balls x, Bits bits);
Ball airyai(Balls x, Bits bits);
Ball airybi(Balls x, Bits bits);
Ball airyai_derivative(Balls x, Bits bits);
Ball airybi_derivative(Balls x, Bits bits);
Ball normpdf(Balls x, Bits bits);  // x, mean (0), standard deviation (1)
Ball normcdf(Balls x, Bits bits);
Ball sigmoid(Balls x, Bits bits);
Ball softplus(Balls x, Bits bits);
Ball gelu(Balls x, Bits bits);

}  // namespace nabla::number
