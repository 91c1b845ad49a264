// Plain double evaluation of every function, for estimates and for showing round-off: no promise of any digit. NaN
// outside the domain. `count` arguments at x; those that the language lets out may be missing.
#pragma once

namespace nabla::functions::scalar {

using Scalar = double(const double* x, int count);

Scalar sqrt, cbrt, root, exp, ln, log, log2, log10;
Scalar sin, cos, tan, sec, csc, cot, asin, acos, atan, asec, acsc, acot, atan2;
Scalar sinh, cosh, tanh, sech, csch, coth, asinh, acosh, atanh, asech, acsch, acoth;
Scalar abs, sign, floor, ceil, round, trunc, frac, mod, min, max, clamp, hypot, heaviside, relu;
Scalar factorial, gamma, lgamma, digamma, polygamma, beta, binomial, gcd, lcm;
Scalar erf, erfc, erfinv, sine_integral, cosine_integral, exponential_integral, logarithmic_integral;
Scalar lambertw, zeta, besselj, bessely, besseli, besselk;
Scalar airyai, airybi, airyai_derivative, airybi_derivative;
Scalar normpdf, normcdf, sigmoid, softplus, gelu;
Scalar pi, e, tau, phi, infinity, euler_gamma;

}  // namespace nabla::functions::scalar
