// The points of a range as doubles with bounds of their errors.
#pragma once

#include <span>
#include <vector>

#include "calc/elaborate/range.h"
#include "eval/balls/evaluator.h"

namespace nabla::session {

class Ladder {
 public:
  Ladder(eval::Evaluator& in, const calc::Points& points);

  struct Rung {
    double value = 0;
    double error = 0;  // 0: the point is this double; inf: nothing is known
  };
  Rung operator[](std::size_t i) const;

  // The decimal places after which all points end, if they do.
  std::optional<int> places() const { return places_; }

 private:
  // A number as the sum of two doubles.
  struct Pair {
    double high = 0;
    double low = 0;
    double error = 0;  // of the sum
  };
  static Pair pair_of(const number::Ball& b);

  Pair first_;
  Pair step_;
  std::vector<Rung> list_;  // instead of first_ and step_
  std::optional<int> places_;
};

}  // namespace nabla::session
