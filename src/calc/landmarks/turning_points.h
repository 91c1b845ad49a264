// Turning points of a function of one number: maxima, minima and points of inflection, found by enclosures.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "eval/balls/evaluator.h"

namespace nabla::calc {

// A place at which a function changes its sign.
struct SignChange {
  expr::Expr of;  // the function
  number::Rational lo;
  number::Rational hi;
  std::optional<expr::Expr> at = std::nullopt;  // the exact place, if it is a fraction or such a multiple of π
  bool rising = false;                          // from - to +
  bool certain = false;                         // there is exactly one zero in lo..hi; else enclosures did not decide
};

struct SignChanges {
  std::vector<SignChange> found;  // ascending
  bool complete = false;          // proven: there are no others
};

// The sign changes of f strictly between lo and hi. `derivative` is that of f by x. Throws Error (timeout,
// interrupted).
SignChanges sign_changes(eval::Evaluator& in, expr::Expr f, expr::Expr derivative, expr::Expr x,
                         const number::Rational& lo, const number::Rational& hi);

enum class TurnKind { maximum, minimum, inflection };
std::string_view name_of(TurnKind kind);

struct Turn {
  TurnKind kind = TurnKind::maximum;
  SignChange place;
};

struct Turns {
  std::vector<Turn> found;  // ascending
  bool complete = false;
};

Turns turns(eval::Evaluator& in, expr::Expr f, expr::Expr x, const number::Rational& lo, const number::Rational& hi);

// e at a place (x itself for the place), to `digits` digits: exact or proven if the place is certain and its interval
// can be narrowed enough, else an estimate. Throws Error as proven_number does.
eval::Number number_at(eval::Evaluator& in, expr::Expr e, expr::Expr x, SignChange& place, int digits);

}  // namespace nabla::calc
