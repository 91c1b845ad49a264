// Decimal text of numbers, with proof of every digit.
#pragma once

#include <optional>
#include <string>

#include "number/ball.h"
#include "number/rational.h"

namespace nabla::number {

// How certain a printed number is, best first.
enum class Certainty { exact, proven, estimated };

struct Decimal {
  std::string text;  // "0.500000000000", "-1.5e-7", "inf"
  Certainty certainty = Certainty::exact;
};

// Exact if the decimal expansion ends within `digits` significant digits (integers: within 1,000), trailing zeros
// dropped; else correctly rounded to `digits` (half away from zero) and marked proven.
Decimal decimal(const Rational& x, int digits);

// The true value correctly rounded to `digits` significant digits, zeros kept, if every number in the ball rounds to
// the same text; else nothing. Nothing for a ball that contains 0 and other numbers.
std::optional<Decimal> proven_decimal(const Ball& x, int digits);

// How many digits double arithmetic can prove.
inline constexpr int kMostQuickDigits = 15;

// The text of a true value within `error` (>= 0) of x, by double arithmetic alone: fast. `digits` up to
// kMostQuickDigits. `places`: the value is known to have at most that many decimals, so that it may be found to be
// exact. Nothing if doubles do not determine the digits, or if the value may be exact and `places` is not known.
std::optional<Decimal> proven_decimal(double x, double error, int digits, std::optional<int> places = std::nullopt);

// As many digits (at most `digits`, at least one) as the radius supports: for estimates. "0" if the ball contains 0 or
// is too small for an exponent, "inf" if it is too large for one.
Decimal estimated_decimal(const Ball& x, int digits);

// A double to the shortest text that reads back as the same double (17 digits at most), marked estimated.
Decimal double_decimal(double x);

}  // namespace nabla::number
