// The zeros of a function of one number on an interval, all of them, by exact forms and by enclosures.
#pragma once

#include <optional>
#include <vector>

#include "eval/balls/evaluator.h"

namespace nabla::calc {

struct Interval {
  number::Rational lo;
  number::Rational hi;  // lo <= hi
};

// A point: known exactly (`at`), or the only zero of `of` between lo and hi, where `slope`, its derivative, has one
// sign. lo <= point <= hi in either case.
struct Place {
  number::Rational lo;
  number::Rational hi;
  std::optional<expr::Expr> at = std::nullopt;  // without the variable
  expr::Expr of = {};
  expr::Expr slope = {};
};

struct Zeros {
  std::vector<Place> found;    // ascending, their intervals apart from each other
  std::vector<Interval> open;  // ascending; what is not settled: zeros may lie here, more than one too
  std::vector<Interval> flat;  // ascending; the function is 0 all over them
  bool complete() const { return open.empty(); }  // proven: there are no zeros but those found and flat
};

// The zeros of f in [lo, hi], ends included; where f has no value there is none. All symbols but x must have values.
// Throws Error (timeout, interrupted).
Zeros zeros(eval::Evaluator& in, expr::Expr f, expr::Expr x, const number::Rational& lo, const number::Rational& hi);

// The same for zeros of one factor, by enclosures alone: piece by piece, until on each one the function has no zero or
// its derivative has none. `slope` is the derivative of f by x.
Zeros isolated_zeros(eval::Evaluator& in, expr::Expr f, expr::Expr slope, expr::Expr x, const number::Rational& lo,
                     const number::Rational& hi);

// A constant as a place; nothing if it is proven to have no finite value, or none is found.
std::optional<Place> place_of(eval::Evaluator& in, expr::Expr at);

// Whether a place lies before another one, is the same (0), or after it; nothing if that is not settled. Narrows both.
std::optional<int> order_of(eval::Evaluator& in, expr::Expr x, Place& a, Place& b);

// An enclosure of a place, to about `bits` bits where that can be had: by Newton's method on balls.
number::Ball enclosure(eval::Evaluator& in, expr::Expr x, const Place& p, base::Bits bits);

// Halves the interval of a place at least; nothing changes at a place that is rational.
void narrow(eval::Evaluator& in, expr::Expr x, Place& p);

// Finds the exact form of a place that is a short fraction or such a multiple of π.
void recognise(eval::Evaluator& in, expr::Expr x, Place& p);

// Narrows two places until their intervals are apart. false: they are not told apart; if both are known exactly and
// proven equal, `same` is set.
bool part(eval::Evaluator& in, expr::Expr x, Place& a, Place& b, bool* same);

// Whether e has a proven value at a place (yes), has none (no), or that is not settled. `value` gets the outcome.
number::Truth defined_at(eval::Evaluator& in, expr::Expr e, expr::Expr x, const Place& p,
                         eval::Outcome* value = nullptr);

// The sign of e at a rational point: 1, -1; 0: it is zero, or not settled, or has no value.
int sign_at(eval::Evaluator& in, expr::Expr e, expr::Expr x, const number::Rational& p);

// Whether e is proven to be 0 at a point.
bool is_zero_at(eval::Evaluator& in, expr::Expr e, expr::Expr x, expr::Expr point);

// e with x replaced.
expr::Expr put(eval::Evaluator& in, expr::Expr e, expr::Expr x, expr::Expr value);

// e at a place, to `digits` digits: exact or proven, else an estimate. Throws Error as proven_number does.
eval::Number number_at(eval::Evaluator& in, expr::Expr e, expr::Expr x, const Place& place, int digits);

}  // namespace nabla::calc
