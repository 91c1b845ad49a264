// One-sided limits, proven.
#pragma once

#include <string>

#include "eval/balls/evaluator.h"

namespace nabla::calc {

using expr::Expr;
using expr::Graph;

// Where a variable goes: to `at` from one side, or to infinity (side 1) or its opposite (-1).
struct Approach {
  Expr at;  // of a finite point
  bool is_infinite = false;
  int side = 1;
};

struct SideLimit {
  enum class Kind {
    value,       // `value`, a constant
    infinite,    // of this sign
    absent,      // the expression has no value on this side: `reason`
    oscillates,  // proven to come near two numbers again and again
    unsettled,   // `reason`
  };
  Kind kind = Kind::unsettled;
  Expr value;
  int sign = 0;
  std::string reason;
};

// e must have no symbol but x. Raises the number of terms until it is settled.
SideLimit side_limit(eval::Evaluator& in, Expr e, Expr x, const Approach& to, int depth = 0);

// The same for x -> inf, and the sign of e there, 1 or -1. Throw Error (undecided) where it is not settled,
// eventual_sign too where e has no sign. `depth`: of the field in whose coefficients x is a logarithm.
SideLimit limit_at_infinity(eval::Evaluator& in, Expr e, Expr x, int depth);
int eventual_sign(eval::Evaluator& in, Expr e, Expr x, int depth);

}  // namespace nabla::calc
