// How many decimals a terminating value has; for an expression, a bound over all its points.
#pragma once

#include <optional>
#include <span>

#include "eval/balls/evaluator.h"

namespace nabla::eval {

// For a rational number; nothing if its decimal expansion does not end.
std::optional<int> decimal_places(const Rational& q);

// A variable, and a bound of the decimals of its values.
struct Ending {
  Expr variable;
  int places = 0;
};

// A bound of the decimals of all values of e (3 for x^2 + 0.125 where x has one decimal), if it follows from the form
// of e; nothing if it does not, or if there are more than 100.
std::optional<int> decimal_places(const Graph& g, Expr e, std::span<const Ending> variables);

}  // namespace nabla::eval
