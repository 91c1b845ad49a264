// The formula that a piecewise function has around a point, without its conditions.
#pragma once

#include <optional>

#include "eval/balls/evaluator.h"

namespace nabla::calc {

// e with every condition, absolute value, sign and step in x replaced by what it is at the point: the same function all
// over the gap between two neighbouring landmarks of e that the point lies in. Nothing if that is not decided, or a
// part remains that has pieces of its own (a recursive function). Throws Error (timeout, interrupted).
std::optional<expr::Expr> smooth_piece(eval::Evaluator& in, expr::Expr e, expr::Expr x, const number::Rational& point);

}  // namespace nabla::calc
