#include "calc/operations.h"

#include <algorithm>
#include <array>

#include "calc/linear_algebra.h"
#include "calc/nowhere.h"

namespace nabla::calc {
namespace {

using expr::kNone;
using expr::Operation;

constexpr auto kOperations = std::to_array<Operation>({
    {.name = "dot",
     .aliases = kNone,
     .title = "dot product",
     .signature = "dot(u, v)",
     .help = "The sum of the products of the components of two vectors of one length.",
     .example = "dot([1, 2, 3], [4, 5, 6])",
     .answer = "32",
     .elaborate = elaborate_dot,
     .enclose = nullptr,
     .derivative = nullptr,
     .estimate = false},
    {.name = "cross",
     .aliases = kNone,
     .title = "cross product",
     .signature = "cross(u, v)",
     .help = "The vector that stands at right angles on two vectors of three numbers, by the right-hand rule.",
     .example = "cross([1, 0, 0], [0, 1, 0])",
     .answer = "[0, 0, 1]",
     .elaborate = elaborate_cross,
     .enclose = nullptr,
     .derivative = nullptr,
     .estimate = false},
    {.name = "norm",
     .aliases = kNone,
     .title = "length of a vector",
     .signature = "norm(v)",
     .help = "The square root of the sum of the squares of the elements; |v| is the same.",
     .example = "norm([3, 4])",
     .answer = "5",
     .elaborate = elaborate_norm,
     .enclose = nullptr,
     .derivative = nullptr,
     .estimate = false},
    {.name = "det",
     .aliases = kNone,
     .title = "determinant",
     .signature = "det(A)",
     .help = "The determinant of a square matrix: exact for rational elements, a formula for symbols up to 7 by 7.",
     .example = "det([[1, 2], [3, 4]])",
     .answer = "-2",
     .elaborate = elaborate_det,
     .enclose = nullptr,
     .derivative = nullptr,
     .estimate = false},
    {.name = "inverse",
     .aliases = kNone,
     .title = "inverse matrix",
     .signature = "inverse(A)",
     .help = "The matrix B with A B = B A = 1; A^-1 is the same. A singular matrix has none.",
     .example = "inverse([[2, 0], [0, 4]])",
     .answer = "[[0.5, 0], [0, 0.25]]",
     .elaborate = elaborate_inverse,
     .enclose = nullptr,
     .derivative = nullptr,
     .estimate = false},
    {.name = "transpose",
     .aliases = kNone,
     .title = "transposed matrix",
     .signature = "transpose(A)",
     .help = "Rows become columns; of a vector, a matrix of one row.",
     .example = "transpose([[1, 2], [3, 4]])",
     .answer = "[[1, 3], [2, 4]]",
     .elaborate = elaborate_transpose,
     .enclose = nullptr,
     .derivative = nullptr,
     .estimate = false},
    {.name = "tr",
     .aliases = kNone,
     .title = "trace of a matrix",
     .signature = "tr(A)",
     .help = "The sum of the diagonal elements of a square matrix.",
     .example = "tr([[1, 2], [3, 4]])",
     .answer = "5",
     .elaborate = elaborate_tr,
     .enclose = nullptr,
     .derivative = nullptr,
     .estimate = false},
    {.name = "solve_linear",
     .aliases = kNone,
     .title = "linear equations",
     .signature = "solve_linear(A, b)",
     .help = "The vector x with A x = b, exact for rational elements. A singular matrix has no single solution.",
     .example = "solve_linear([[1, 1], [1, -1]], [5, 1])",
     .answer = "[3, 2]",
     .elaborate = elaborate_solve_linear,
     .enclose = nullptr,
     .derivative = nullptr,
     .estimate = false},
    {.name = "softmax",
     .aliases = kNone,
     .title = "softmax",
     .signature = "softmax(v)",
     .help = "The exponentials of the elements divided by their sum: positive numbers that add to 1.",
     .example = "softmax([0, 0])",
     .answer = "[0.5, 0.5]",
     .elaborate = elaborate_softmax,
     .enclose = nullptr,
     .derivative = nullptr,
     .estimate = false},
    {.name = "logsumexp",
     .aliases = kNone,
     .title = "logarithm of a sum of exponentials",
     .signature = "logsumexp(v)",
     .help = "The natural logarithm of the sum of the exponentials of the elements; its gradient is softmax(v).",
     .example = "logsumexp([0, 0])",
     .answer = "0.693147180560",
     .elaborate = elaborate_logsumexp,
     .enclose = nullptr,
     .derivative = nullptr,
     .estimate = false},
    {.name = "mean",
     .aliases = kNone,
     .title = "arithmetic mean",
     .signature = "mean(v)",
     .help = "The sum of the elements of a vector divided by their number.",
     .example = "mean([1, 2, 6])",
     .answer = "3",
     .elaborate = elaborate_mean,
     .enclose = nullptr,
     .derivative = nullptr,
     .estimate = false},
    {.name = "len",
     .aliases = kNone,
     .title = "number of elements",
     .signature = "len(v)",
     .help = "The number of elements of a vector, or of rows of a matrix.",
     .example = "len([4, 5, 6])",
     .answer = "3",
     .elaborate = elaborate_len,
     .enclose = nullptr,
     .derivative = nullptr,
     .estimate = false},
    {.name = "nowhere",
     .aliases = kNone,
     .title = "no value",
     .signature = "nowhere()",
     .help = "Has no value: what a piecewise without a value for otherwise is where no condition holds.",
     .example = "defined(nowhere())",
     .answer = "false",
     .elaborate = elaborate_nowhere,
     .enclose = enclose_nowhere,
     .derivative = derivative_of_nowhere,
     .estimate = false},
});

}  // namespace

std::span<const Operation> operations() { return kOperations; }

const Operation* find_operation(std::string_view name) {
  const auto is_meant = [name](const Operation& op) {
    if (op.name == name) return true;
    for (std::string_view rest = op.aliases; !rest.empty();) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      if (rest.substr(0, end) == name) return true;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
  };
  const auto found = std::ranges::find_if(kOperations, is_meant);
  return found == kOperations.end() || name == kNone ? nullptr : &*found;
}

}  // namespace nabla::calc
