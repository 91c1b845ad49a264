// Numerical differentiation in plain double arithmetic, as a subject of its own: its errors are the lesson.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eval/balls/evaluator.h"
#include "expr/value.h"

namespace nabla::parse {
class Term;
}

namespace nabla::calc {

class Elaborator;
using expr::Expr;

// A way to estimate f'(a) from values of f near a with a step h.
struct DifferenceMethod {
  std::string_view name;
  std::string_view formula;
  std::string_view step;  // where none is given
  double (*estimate)(eval::Evaluator& in, Expr body, Expr x, double a, double h);
};
std::span<const DifferenceMethod> difference_methods();
const DifferenceMethod* find_difference_method(std::string_view name);

// The methods compared at step sizes 1e-1 … 1e-15 against the exact derivative.
struct DifferenceTrace {
  struct Row {
    double h = 0;
    std::vector<double> errors;  // of each method the signed distance from the exact value; NaN if it has no value
  };
  std::vector<Row> rows;
  std::vector<std::size_t> best;     // of each method the row with the smallest error
  Expr exact;                        // the derivative
  std::vector<std::string> reasons;  // truncation against round-off, and the theoretical best h: some lines
};
// body in the symbol x, at the constant a. Throws Error (undefined) where there is no derivative.
DifferenceTrace trace_differences(Elaborator& in, Expr body, Expr x, Expr a);

}  // namespace nabla::calc
