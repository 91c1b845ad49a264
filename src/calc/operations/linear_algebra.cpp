// Operations on vectors and matrices.
#include <fmt/format.h>

#include "calc/elaborate/arithmetic.h"
#include "calc/elaborate/elaborate.h"
#include "functions/table.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;

std::vector<Value> arguments(Elaborator& in, const Term& call, std::size_t count) {
  if (call.size() != count) {
    throw Error(Code::argument, call.span(),
                fmt::format("{} needs {} argument{}, not {}", call.text(), count, count == 1 ? "" : "s", call.size()),
                fmt::format("see help {}", call.text()));
  }
  std::vector<Value> values;
  for (std::size_t i = 0; i < count; ++i) values.push_back(in.elaborate(call[i]));
  return values;
}

Value vector_argument(Elaborator& in, const Term& call) {
  const Value v = arguments(in, call, 1)[0];
  if (!v.is_vector() || v.rows == 0) {
    throw Error(Code::shape, call.span(), fmt::format("{} needs a vector, not {}", call.text(), describe(v)),
                fmt::format("for example {}([1, 2, 3])", call.text()));
  }
  return v;
}

Value exponentials(Elaborator& in, const Value& v) {
  Value result = v;
  for (Expr& e : result.elements) e = expr::call(in.graph(), *functions::find("exp"), std::span(&e, 1));
  return result;
}

Value elaborate_dot(Elaborator& in, const Term& call) {
  const auto v = arguments(in, call, 2);
  return dot(in.graph(), v[0], v[1]);
}

Value elaborate_cross(Elaborator& in, const Term& call) {
  const auto v = arguments(in, call, 2);
  return cross(in.graph(), v[0], v[1]);
}

Value elaborate_norm(Elaborator& in, const Term& call) { return norm(in.graph(), arguments(in, call, 1)[0]); }

Value elaborate_det(Elaborator& in, const Term& call) { return determinant(in.graph(), arguments(in, call, 1)[0]); }

Value elaborate_inverse(Elaborator& in, const Term& call) { return inverse(in.graph(), arguments(in, call, 1)[0]); }

Value elaborate_transpose(Elaborator& in, const Term& call) { return transpose(arguments(in, call, 1)[0]); }

Value elaborate_tr(Elaborator& in, const Term& call) { return trace(in.graph(), arguments(in, call, 1)[0]); }

Value elaborate_solve_linear(Elaborator& in, const Term& call) {
  const auto v = arguments(in, call, 2);
  return solve_linear(in.graph(), v[0], v[1]);
}

Value elaborate_softmax(Elaborator& in, const Term& call) {
  const Value powers = exponentials(in, vector_argument(in, call));
  return divide(in.graph(), powers, expr::sum(in.graph(), powers.elements));
}

Value elaborate_logsumexp(Elaborator& in, const Term& call) {
  const Value powers = exponentials(in, vector_argument(in, call));
  const Expr total = expr::sum(in.graph(), powers.elements);
  return expr::call(in.graph(), *functions::find("ln"), std::span(&total, 1));
}

Value elaborate_mean(Elaborator& in, const Term& call) {
  const Value v = vector_argument(in, call);
  const Expr total = expr::sum(in.graph(), v.elements);
  return expr::multiply(in.graph(), in.graph().rational(Rational(1, static_cast<long>(v.rows))), total);
}

Value elaborate_len(Elaborator& in, const Term& call) {
  const Value v = arguments(in, call, 1)[0];
  if (v.is_scalar()) throw Error(Code::shape, call.span(), "len needs a vector or a matrix, not a number");
  return expr::integer(in.graph(), static_cast<long>(v.rows));
}

constexpr expr::Operation kLinearAlgebra[] = {
    {.name = "dot",
     .title = "dot product",
     .signature = "dot(u, v)",
     .help = "The sum of the products of the components of two vectors of one length.",
     .example = "dot([1, 2, 3], [4, 5, 6])",
     .answer = "32",
     .elaborate = elaborate_dot},
    {.name = "cross",
     .title = "cross product",
     .signature = "cross(u, v)",
     .help = "The vector that stands at right angles on two vectors of three numbers, by the right-hand rule.",
     .example = "cross([1, 0, 0], [0, 1, 0])",
     .answer = "[0, 0, 1]",
     .elaborate = elaborate_cross},
    {.name = "norm",
     .title = "length of a vector",
     .signature = "norm(v)",
     .help = "The square root of the sum of the squares of the elements; |v| is the same.",
     .example = "norm([3, 4])",
     .answer = "5",
     .elaborate = elaborate_norm},
    {.name = "det",
     .title = "determinant",
     .signature = "det(A)",
     .help = "The determinant of a square matrix: exact for rational elements, a formula for symbols up to 7 by 7.",
     .example = "det([[1, 2], [3, 4]])",
     .answer = "-2",
     .elaborate = elaborate_det},
    {.name = "inverse",
     .title = "inverse matrix",
     .signature = "inverse(A)",
     .help = "The matrix B with A B = B A = 1; A^-1 is the same. A singular matrix has none.",
     .example = "inverse([[2, 0], [0, 4]])",
     .answer = "[[0.5, 0], [0, 0.25]]",
     .elaborate = elaborate_inverse},
    {.name = "transpose",
     .title = "transposed matrix",
     .signature = "transpose(A)",
     .help = "Rows become columns; of a vector, a matrix of one row.",
     .example = "transpose([[1, 2], [3, 4]])",
     .answer = "[[1, 3], [2, 4]]",
     .elaborate = elaborate_transpose},
    {.name = "tr",
     .title = "trace of a matrix",
     .signature = "tr(A)",
     .help = "The sum of the diagonal elements of a square matrix.",
     .example = "tr([[1, 2], [3, 4]])",
     .answer = "5",
     .elaborate = elaborate_tr},
    {.name = "solve_linear",
     .title = "linear equations",
     .signature = "solve_linear(A, b)",
     .help = "The vector x with A x = b, exact for rational elements. A singular matrix has no single solution.",
     .example = "solve_linear([[1, 1], [1, -1]], [5, 1])",
     .answer = "[3, 2]",
     .elaborate = elaborate_solve_linear},
    {.name = "softmax",
     .title = "softmax",
     .signature = "softmax(v)",
     .help = "The exponentials of the elements divided by their sum: positive numbers that add to 1.",
     .example = "softmax([0, 0])",
     .answer = "[0.5, 0.5]",
     .elaborate = elaborate_softmax},
    {.name = "logsumexp",
     .title = "logarithm of a sum of exponentials",
     .signature = "logsumexp(v)",
     .help = "The natural logarithm of the sum of the exponentials of the elements; its gradient is softmax(v).",
     .example = "logsumexp([0, 0])",
     .answer = "0.693147180560",
     .elaborate = elaborate_logsumexp},
    {.name = "mean",
     .title = "arithmetic mean",
     .signature = "mean(v)",
     .help = "The sum of the elements of a vector divided by their number.",
     .example = "mean([1, 2, 6])",
     .answer = "3",
     .elaborate = elaborate_mean},
    {.name = "len",
     .title = "number of elements",
     .signature = "len(v)",
     .help = "The number of elements of a vector, or of rows of a matrix.",
     .example = "len([4, 5, 6])",
     .answer = "3",
     .elaborate = elaborate_len},
};

}  // namespace

extern const expr::OperationRows linear_algebra_operations = kLinearAlgebra;

}  // namespace nabla::calc
