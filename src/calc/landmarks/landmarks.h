// Where a function of one number may stop being analytic, on an interval.
#pragma once

#include <vector>

#include "calc/landmarks/zeros.h"

namespace nabla::calc {

struct Landmarks {
  std::vector<Place> found;    // ascending, their intervals apart from each other
  std::vector<Interval> open;  // ascending; there may be such points in these
  bool complete() const { return open.empty(); }
};

// The points of [lo, hi], ends included, at which a part of e may have a pole, a kink, a jump, a branch point or an end
// of its domain: zeros of denominators, of arguments of roots, logarithms, abs and sign; steps of floor and its kin;
// where the sides of a condition meet; poles of tan and gamma. Between neighbours, but for `open`, e is proven analytic
// or proven to have no value all over. A point listed may yet be regular (x in x/x). All symbols but x must have
// values. Throws Error (timeout, interrupted).
Landmarks landmarks(eval::Evaluator& in, expr::Expr e, expr::Expr x, const number::Rational& lo,
                    const number::Rational& hi);

}  // namespace nabla::calc
