// Integrals of analytic functions by jets: the Taylor series at the middle of a piece, its remainder from the series on
// the whole piece.
#pragma once

#include <optional>

#include "eval/balls/evaluator.h"

namespace nabla::eval {

// The integral over a range without singular ends.
struct Quadrature {
  enum class State {
    enclosed,   // it lies in `value`
    undefined,  // the integrand has no value on a part of the range: `reason`
    obstacle,   // not analytic somewhere in lo..hi, and not known to be bounded there, or a likely kink: split there
    unknown,    // not enclosed at this precision
  };
  State state = State::unknown;
  Ball value;
  Rational lo;
  Rational hi;
  std::shared_ptr<const base::Error> reason;
  Expr where;
};

// The integral of e over x = lo..hi (finite balls, lo below hi) to about `tolerance`, by pieces that are halved until
// the remainders are small. Kinks and jumps that no simple place explains are enclosed in ever smaller pieces. Throws
// Error (timeout, interrupted).
Quadrature jet_quadrature(Evaluator& in, Expr e, Expr x, const Ball& lo, const Ball& hi, double tolerance, Bits bits);

// A simple number between two fractions: a fraction with a small denominator, such a multiple of π or the square root
// of one; nothing if there is none.
std::optional<Expr> simple_place(Graph& g, const Rational& lo, const Rational& hi);

}  // namespace nabla::eval
