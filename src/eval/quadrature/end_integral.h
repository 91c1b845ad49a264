// The integral beside an end of a range: next to a singularity, or to infinity.
#pragma once

#include "eval/balls/evaluator.h"

namespace nabla::eval {

// An end of a range of integration, and on which side of it the range lies.
struct EndPoint {
  Expr at;
  Ball value;
  int infinite = 0;   // -1, 1: `at` and `value` do not count
  int direction = 1;  // the range lies to the right (1) or left (-1); of infinite ends, towards 0
};

struct EndIntegral {
  enum class State {
    enclosed,    // from the end to `cut`, taken from left to right, it lies in `value`
    diverges,    // proven
    oscillates,  // proven: it has no limit, though it need not grow
    unknown,
  };
  State state = State::unknown;
  Ball value;
  Rational cut;
};

// The integral of e between an end and a cut that is chosen so that the value is known to about `tolerance`; at a
// finite end at most a part of `width` away from it. Throws Error (timeout, interrupted).
EndIntegral end_integral(Evaluator& in, Expr e, Expr x, const EndPoint& end, double width, double tolerance, Bits bits);

}  // namespace nabla::eval
