// RANGE, as the commands table, plot, trace and others read it (section 5 of the language):
// `x = lo..hi [step s | parts n]`, `x in [1, 2, 5]`, `n in 1..20`.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "calc/elaborate/elaborate.h"
#include "eval/batch/points.h"
#include "parse/token.h"

namespace nabla::calc {

// One RANGE as written: its parts are runs of tokens that stay with the statement.
struct RangeText {
  using Part = std::span<const parse::Token>;
  std::string name;
  Span name_span;
  Span span;
  bool whole = false;  // n in lo..hi
  Part lo;
  Part hi;
  Part step;  // empty if not given
  Part parts;
  Part list;  // x in [...]; the other parts are empty
};

// Ranges separated by commas. Throws Error (syntax) with an example.
std::vector<RangeText> split_ranges(std::span<const parse::Token> tokens);

using eval::Points;

struct Range {
  std::string name;
  Span span;
  bool discrete = false;  // integers or a list
  bool reversed = false;  // hi < lo, with a negative step
  Expr lo;                // of a list: its least and greatest point
  Expr hi;
  double low = 0;  // the same as doubles, low <= high, both finite
  double high = 0;
  std::optional<Points> points;  // none if neither a step nor parts are given

  // The points, or those of the default step: 1 between integers at most 20 apart, else a round step of about ten rows.
  Points points_or_default(Graph& graph) const;
};

// What the parts mean. `parse` makes a term of tokens. Throws Error (range) for what is reversed, endless, empty or has
// a step of 0 or more than kMostPoints points; Error (argument) for bounds that are no constants.
inline constexpr double kMostPoints = 1e9;
Range elaborate_range(Elaborator& in, const RangeText& text, const std::function<Term(RangeText::Part)>& parse);

}  // namespace nabla::calc
