#include "calc/operations/linear_algebra.h"

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

}  // namespace

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

}  // namespace nabla::calc
