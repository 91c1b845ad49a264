// Numbers that end: after how many decimal places.
#pragma once

#include <optional>
#include <span>

#include "eval/balls/evaluator.h"

namespace nabla::eval {

// Of a rational number; nothing if its decimal expansion has no end.
std::optional<int> decimal_places(const Rational& q);

// A variable and the places of all its values.
struct Ending {
  Expr variable;
  int places = 0;
};

// The decimal places after which all values of e end (3 for x^2 + 0.125 where x has one place), where that can be read
// off its form; nothing where it cannot, or if they are more than 100.
std::optional<int> decimal_places(const Graph& g, Expr e, std::span<const Ending> variables);

}  // namespace nabla::eval
