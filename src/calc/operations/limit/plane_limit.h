// Limits in several variables.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "calc/asymptotics/side_limit.h"

namespace nabla::calc {

// Whether e is proven to be continuous at the point: it has no pieces, and a value everywhere near it.
bool is_continuous_at(eval::Evaluator& in, Expr e, std::span<const Expr> variables, std::span<const Expr> point);

// Two paths into the point on which an expression tends to different values, as text: "x = t, y = t^2", t -> 0.
struct DifferentPaths {
  std::string first;
  SideLimit along_first;
  std::string second;
  SideLimit along_second;
};

// Paths tried are lines and parabolas in the first two variables, the others at their point. Nothing if none differ,
// which proves nothing.
std::optional<DifferentPaths> different_paths(eval::Evaluator& in, Expr e, std::span<const Expr> variables,
                                              std::span<const std::string> names, std::span<const Expr> point);

}  // namespace nabla::calc
