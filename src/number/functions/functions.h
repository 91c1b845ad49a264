// The functions: one object each, made in the file of its family beside this one; and constants as balls.
#pragma once

#include "number/functions/forms.h"

namespace nabla::number {

Ball pi(Bits bits);
Ball e(Bits bits);
Ball golden_ratio(Bits bits);
Ball euler_gamma(Bits bits);

}  // namespace nabla::number

namespace nabla::number::forms {

extern const Forms pi, e, tau, phi, infinity, euler_gamma;
extern const Forms sqrt, cbrt;
extern const Forms root;  // x, n: the real root of a negative x if n is exactly an odd integer
extern const Forms hypot;
extern const Forms exp, ln, log2, log10, lambertw;
extern const Forms log;  // x, base (10)
extern const Forms sin, cos, tan, sec, csc, cot, sinc, asin, acos, atan, asec, acsc;
extern const Forms acot;   // in (0, pi)
extern const Forms atan2;  // y, x
extern const Forms sinh, cosh, tanh, sech, csch, coth, asinh, acosh, atanh, asech, acsch, acoth;
extern const Forms abs, sign, floor, ceil, trunc, frac, mod, clamp, heaviside, relu;
extern const Forms round;     // x, decimal digits (0); halves away from zero
extern const Forms min, max;  // of any number of arguments from one
extern const Forms factorial, gamma, digamma, beta, binomial;
extern const Forms lgamma;     // ln|gamma(x)|
extern const Forms polygamma;  // n, x
extern const Forms gcd, lcm;   // of any number of exact integers from one
extern const Forms erf, erfc, erfinv, erfi;
extern const Forms fresnels, fresnelc;  // of pi t^2/2
extern const Forms sine_integral, cosine_integral, hyperbolic_sine_integral, hyperbolic_cosine_integral,
    exponential_integral, logarithmic_integral;
extern const Forms zeta;
extern const Forms besselj, bessely, besseli, besselk;  // order, x
extern const Forms airyai, airybi, airyai_derivative, airybi_derivative;
extern const Forms normpdf, normcdf;  // x, mean (0), standard deviation (1)
extern const Forms sigmoid, softplus, gelu;

}  // namespace nabla::number::forms
