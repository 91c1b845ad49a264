// What a function of one number does on an interval: its maxima, minima, points of inflection, plateaus and ends.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "calc/landmarks/landmarks.h"

namespace nabla::calc {

enum class TurnKind { left_end, maximum, minimum, inflection, plateau, right_end };
std::string_view name_of(TurnKind kind);

struct Turn {
  TurnKind kind = TurnKind::maximum;
  Place place;  // of a plateau: a point inside it
  std::optional<Interval> plateau = std::nullopt;
};

struct Turns {
  std::vector<Turn> found;  // ascending; local maxima and minima in the strict sense, kinks and edges among them
  bool complete = false;    // proven: there are no others
  bool continuous = false;  // proven: f has a value all over the range and no jump, so that one of them is the least
};

// Of f on [lo, hi], lo < hi, both with their exact values. The ends are listed where f has a value there. Throws Error
// (timeout, interrupted).
Turns turns(eval::Evaluator& in, expr::Expr f, expr::Expr x, Place lo, Place hi);

}  // namespace nabla::calc
