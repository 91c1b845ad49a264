// What the exact forms of this folder share.
#pragma once

#include <string_view>

#include "number/functions/forms.h"

namespace nabla::number {

// The value y at x = x0, and nothing elsewhere.
template <int X0, int Numerator, int Denominator = 1>
Value only_at(Rationals x) {
  return x[0] == Rational(X0) ? Value(Rational(Numerator, Denominator)) : std::nullopt;
}

// Throws Error (limit): `what` has too many digits.
[[noreturn]] void too_large(std::string_view what);

// ln(x) for x > 0, nearly to the last bit.
double ln_of(const Rational& x);

}  // namespace nabla::number
