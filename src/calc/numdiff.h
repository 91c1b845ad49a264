// Numerical differentiation in plain double arithmetic, as a subject of its own: its errors are the lesson.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eval/evaluator.h"
#include "expr/value.h"

namespace nabla::parse {
class Term;
}

namespace nabla::calc {

class Elaborator;

// A way to estimate f'(a) from values of f near a with a step h.
struct DifferenceMethod {
  std::string_view name;
  std::string_view formula;
  double step;  // where none is given
  int order;    // the truncation error falls like h^order; 0: there is no best h
  double (*estimate)(eval::Evaluator& in, expr::Expr body, expr::Expr x, double a, double h);
};
std::span<const DifferenceMethod> difference_methods();
const DifferenceMethod* find_difference_method(std::string_view name);

// numdiff(E, x, a, method[, h])
expr::Value elaborate_numdiff(Elaborator& in, const parse::Term& call);
eval::Outcome enclose_numdiff(eval::Evaluator& in, expr::Expr node, number::Bits bits);

// The methods compared at step sizes 1e-1 … 1e-15 against the exact derivative.
struct DifferenceTrace {
  struct Row {
    double h = 0;
    std::vector<double> estimates;  // one a method
    std::vector<double> errors;     // their distances from the exact value, signed; NaN if there is no value
  };
  std::vector<Row> rows;
  std::vector<std::size_t> best;  // of each method the row with the smallest error
  double exact = 0;
  std::string reason;  // one line: truncation against round-off, and the theoretical best h
};
// body in the symbol x, at the constant a. Throws Error (undefined) where there is no derivative.
DifferenceTrace trace_differences(Elaborator& in, expr::Expr body, expr::Expr x, expr::Expr a);

}  // namespace nabla::calc
