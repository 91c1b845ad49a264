// Jets: expressions as truncated series at a point, and on either side of it.
#pragma once

#include <memory>
#include <string>

#include "eval/balls/evaluator.h"
#include "eval/jets/germ.h"

namespace nabla::eval {

// On which side of the point a germ holds.
enum class Side { both, left, right };

struct Expansion {
  enum class State {
    known,      // `germ` holds
    border,     // Side::both only: pieces meet at the point, or it is a singularity: expand each side
    undefined,  // the expression has no value there: `reason`
    undecided,  // not decided at this precision: raise it
    unknown,    // no precision would decide
  };
  State state = State::unknown;
  Germ germ;
  MaybeTail tail;
  bool estimated = false;
  // The remainder bound holds for the function, not for its derivatives (x^2 sin(1/x)).
  bool rough = false;
  std::shared_ptr<const base::Error> reason;
  Expr where;
  // The same function on this side, without the pieces that do not apply there.
  Expr smooth;
};

// e as a function of x at x = at + h (both), at + h (right), at - h (left), h > 0 small. `at` does not contain x; a
// value that is a wide ball (bound in the evaluator) is fine for both sides. `terms` coefficients; fewer may be known
// after a division. Cost: arithmetic of series of that length for each node; recursive functions are followed call by
// call.
Expansion expand(Evaluator& in, Expr e, Expr x, Expr at, Side side, long terms, Bits bits);

// The Taylor series of e at a ball; NaN coefficients if it is not proven analytic there.
Series jet(Evaluator& in, Expr e, Expr x, const Ball& at, long terms, Bits bits);

// A derivative on one side of a point.
struct OneSided {
  enum class State { value, infinite, absent, unknown };  // absent: the function is not defined on this side
  State state = State::unknown;
  Ball value;
  int sign = 0;  // of an infinite one
};

struct PointDerivative {
  Outcome outcome;
  OneSided left;
  OneSided right;
};

// The derivative of the given order of e by x at a point: proven to exist, or proven not to, with the one-sided ones.
// If e is defined on one side only, the derivative of that side is taken.
PointDerivative derivative_at(Evaluator& in, Expr e, Expr x, Expr at, long order, Bits bits);

}  // namespace nabla::eval
