// Rational values of functions at rational arguments, where there are such and they cost little to know; else nothing,
// outside the domain too. Arguments as for the ball functions of the same names.
#pragma once

#include <optional>
#include <span>

#include "number/rational.h"

namespace nabla::number::exact {

using Rationals = std::span<const Rational>;
using Value = std::optional<Rational>;

Value sqrt(Rationals x);
Value cbrt(Rationals x);
Value root(Rationals x);
Value log(Rationals x);  // log(8, 2) = 3, log(2, 8) = 1/3
Value log2(Rationals x);
Value log10(Rationals x);

Value abs(Rationals x);
Value sign(Rationals x);
Value floor(Rationals x);
Value ceil(Rationals x);
Value round(Rationals x);
Value trunc(Rationals x);
Value frac(Rationals x);
Value mod(Rationals x);
Value min(Rationals x);
Value max(Rationals x);
Value clamp(Rationals x);
Value hypot(Rationals x);
Value heaviside(Rationals x);
Value relu(Rationals x);

// Throw Error (limit), without trying, if the value needs more than Budget::kMaxExactBits.
Value factorial(Rationals x);
Value gamma(Rationals x);
Value binomial(Rationals x);
Value beta(Rationals x);
Value gcd(Rationals x);
Value lcm(Rationals x);

Value zeta(Rationals x);     // at 0, -1, -2, …
Value besselj(Rationals x);  // at 0
Value atan2(Rationals x);    // on the positive x-axis

// The value y at x = x0, and nothing elsewhere.
template <int X0, int Numerator, int Denominator = 1>
Value only_at(Rationals x) {
  return x[0] == Rational(X0) ? Value(Rational(Numerator, Denominator)) : std::nullopt;
}

}  // namespace nabla::number::exact
