// Power series of functions at power series: f(x[0](h), …) to n coefficients. Coefficients are NaN where the arguments
// at h = 0 are not certain to lie in the domain, or f is not certain to be analytic there.
#pragma once

#include "number/functions/functions.h"
#include "number/series.h"

namespace nabla::number::series {

using Arguments = std::span<const Series>;

Series sqrt(Arguments x, long n, Bits bits);
Series cbrt(Arguments x, long n, Bits bits);
Series root(Arguments x, long n, Bits bits);
Series exp(Arguments x, long n, Bits bits);
Series ln(Arguments x, long n, Bits bits);
Series log(Arguments x, long n, Bits bits);
Series log2(Arguments x, long n, Bits bits);
Series log10(Arguments x, long n, Bits bits);

Series sin(Arguments x, long n, Bits bits);
Series cos(Arguments x, long n, Bits bits);
Series tan(Arguments x, long n, Bits bits);
Series sec(Arguments x, long n, Bits bits);
Series csc(Arguments x, long n, Bits bits);
Series cot(Arguments x, long n, Bits bits);
Series asin(Arguments x, long n, Bits bits);
Series acos(Arguments x, long n, Bits bits);
Series atan(Arguments x, long n, Bits bits);
Series asec(Arguments x, long n, Bits bits);
Series acsc(Arguments x, long n, Bits bits);
Series acot(Arguments x, long n, Bits bits);
Series atan2(Arguments x, long n, Bits bits);

Series sinh(Arguments x, long n, Bits bits);
Series cosh(Arguments x, long n, Bits bits);
Series tanh(Arguments x, long n, Bits bits);
Series sech(Arguments x, long n, Bits bits);
Series csch(Arguments x, long n, Bits bits);
Series coth(Arguments x, long n, Bits bits);
Series asinh(Arguments x, long n, Bits bits);
Series acosh(Arguments x, long n, Bits bits);
Series atanh(Arguments x, long n, Bits bits);
Series asech(Arguments x, long n, Bits bits);
Series acsch(Arguments x, long n, Bits bits);
Series acoth(Arguments x, long n, Bits bits);

Series abs(Arguments x, long n, Bits bits);
Series sign(Arguments x, long n, Bits bits);
Series floor(Arguments x, long n, Bits bits);
Series ceil(Arguments x, long n, Bits bits);
Series round(Arguments x, long n, Bits bits);
Series trunc(Arguments x, long n, Bits bits);
Series frac(Arguments x, long n, Bits bits);
Series mod(Arguments x, long n, Bits bits);
Series min(Arguments x, long n, Bits bits);
Series max(Arguments x, long n, Bits bits);
Series clamp(Arguments x, long n, Bits bits);
Series hypot(Arguments x, long n, Bits bits);
Series heaviside(Arguments x, long n, Bits bits);
Series relu(Arguments x, long n, Bits bits);

Series factorial(Arguments x, long n, Bits bits);
Series gamma(Arguments x, long n, Bits bits);
Series lgamma(Arguments x, long n, Bits bits);
Series digamma(Arguments x, long n, Bits bits);
Series polygamma(Arguments x, long n, Bits bits);
Series beta(Arguments x, long n, Bits bits);
Series binomial(Arguments x, long n, Bits bits);

Series erf(Arguments x, long n, Bits bits);
Series erfc(Arguments x, long n, Bits bits);
Series erfinv(Arguments x, long n, Bits bits);
Series sine_integral(Arguments x, long n, Bits bits);
Series cosine_integral(Arguments x, long n, Bits bits);
Series exponential_integral(Arguments x, long n, Bits bits);
Series logarithmic_integral(Arguments x, long n, Bits bits);
Series lambertw(Arguments x, long n, Bits bits);
Series zeta(Arguments x, long n, Bits bits);
Series besselj(Arguments x, long n, Bits bits);
Series bessely(Arguments x, long n, Bits bits);
Series besseli(Arguments x, long n, Bits bits);
Series besselk(Arguments x, long n, Bits bits);
Series airyai(Arguments x, long n, Bits bits);
Series airybi(Arguments x, long n, Bits bits);
Series airyai_derivative(Arguments x, long n, Bits bits);
Series airybi_derivative(Arguments x, long n, Bits bits);
Series normpdf(Arguments x, long n, Bits bits);
Series normcdf(Arguments x, long n, Bits bits);
Series sigmoid(Arguments x, long n, Bits bits);
Series softplus(Arguments x, long n, Bits bits);
Series gelu(Arguments x, long n, Bits bits);

// Of functions with kinks or jumps: the series for h -> 0 from above, where the function is x -> f(x) at once after h =
// 0. So abs at h gives h, at -h gives h; floor at 2 - h gives 1. For h -> 0 from below put -h for h.
namespace after {

Series abs(Arguments x, long n, Bits bits);
Series sign(Arguments x, long n, Bits bits);
Series floor(Arguments x, long n, Bits bits);
Series ceil(Arguments x, long n, Bits bits);
Series round(Arguments x, long n, Bits bits);
Series trunc(Arguments x, long n, Bits bits);
Series frac(Arguments x, long n, Bits bits);
Series mod(Arguments x, long n, Bits bits);
Series min(Arguments x, long n, Bits bits);
Series max(Arguments x, long n, Bits bits);
Series clamp(Arguments x, long n, Bits bits);
Series heaviside(Arguments x, long n, Bits bits);
Series relu(Arguments x, long n, Bits bits);

}  // namespace after

}  // namespace nabla::number::series
