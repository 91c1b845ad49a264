// implicit(L = R, y, x): the slope of a curve.
#include <fmt/format.h>

#include <algorithm>

#include "algebra/derivative/derivative.h"
#include "algebra/derivative/derivative_node.h"
#include "algebra/simplify/simplify.h"
#include "calc/elaborate/forms.h"
#include "calc/steps/derivation_writer.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;
using parse::Head;

// At a given point: whether it lies on the curve f = 0, and whether there is a slope.
void check_slope(Elaborator& in, std::span<const Expr> f_and_partials, Span place) {
  Graph& g = in.graph();
  if (!std::ranges::all_of(f_and_partials, [&g](Expr e) { return g.is_constant(e); })) return;
  const auto is_zero = [&](Expr e) {
    return in.evaluator().decide(expr::compare(g, expr::Relation::equal, e, expr::integer(g, 0)));
  };
  if (is_zero(f_and_partials[0]) == number::Truth::no) in.note(place, "this point is not on the curve");
  if (is_zero(f_and_partials[2]) != number::Truth::yes) return;
  throw Error(Code::undefined, place,
              is_zero(f_and_partials[1]) == number::Truth::yes
                  ? "the curve has no single slope at this point: both partial derivatives are 0"
                  : "the tangent of the curve is vertical at this point");
}

Value elaborate_implicit(Elaborator& in, const Term& call) {
  expect_arguments(call, 3, 3, "implicit(x^2 + y^2 = 1, y, x)");
  const std::string y = in.variable(call[1], "implicit");
  const std::string x = in.variable(call[2], "implicit");
  if (x == y)
    throw Error(Code::argument, call[2].span(), "implicit needs two different variables",
                "implicit(x^2 + y^2 = 1, y, x)");
  FormVariables variables(in, {y, x}, call.span());
  Graph& g = in.graph();
  Expr f;
  if (call[0].head() == Head::equation || call[0].head() == Head::equal) {
    const Expr left = variables.read_number(call[0][0], "implicit");
    f = expr::subtract(g, left, variables.read_number(call[0][1], "implicit"));
  } else {
    f = variables.read_number(call[0], "implicit");
    if (g.is(f, expr::kTruth)) {
      throw Error(Code::argument, call[0].span(), "implicit needs an equation, not another condition",
                  "for example implicit(x^2 + y^2 = 1, y, x)");
    }
  }
  const Expr by_y = algebra::derivative_at(g, f, variables.symbol(0), 1, variables.symbol(0), in.budget());
  const Expr by_x = algebra::derivative_at(g, f, variables.symbol(1), 1, variables.symbol(1), in.budget());
  if (!algebra::depends_deeply(g, f, variables.symbol(0))) {
    throw Error(Code::argument, call[0].span(), fmt::format("the equation does not depend on {}", y),
                "for example implicit(x^2 + y^2 = 1, y, x)");
  }
  const Value parts = variables.close(Value::vector({f, by_x, by_y}));
  check_slope(in, parts.elements, call.span());
  return expr::negate(g, expr::divide(g, parts.elements[1], parts.elements[2]));
}

// dy/dx = -F_x/F_y of F = L - R.
Derivation steps_of_implicit(Elaborator& in, const Term& t, expr::Style style) {
  expect_arguments(t, 3, 3, "implicit(x^2 + y^2 = 1, y, x)");
  Graph& g = in.graph();
  DerivationWriter writer(in, style);
  const std::string y = in.variable(t[1], "implicit");
  const std::string x = in.variable(t[2], "implicit");
  const Expr answer = writer.simplified(in.scalar(t));
  const Elaborator::Binding as_y(in, y, g.symbol(y));
  const Elaborator::Binding as_x(in, x, g.symbol(x));
  const bool has_sides = t[0].head() == Head::equation || t[0].head() == Head::equal;
  const Expr f = has_sides ? expr::subtract(g, in.scalar(t[0][0]), in.scalar(t[0][1])) : in.scalar(t[0]);
  const Expr curve = algebra::written_out(g, f, in.budget());
  writer.line(0, "1", fmt::format("all on one side: F = {} is 0 along the curve", writer.text(curve)));
  const auto partial = [&](const std::string& name, std::string number) {
    const Expr slope =
        algebra::simplify(g, algebra::derivative(g, curve, g.symbol(name), in.budget()), in.budget()).expression;
    writer.derive(curve, g.symbol(name), std::move(number), fmt::format("F_{} = ", name), slope);
  };
  partial(x, "2");
  partial(y, "3");
  const std::string dot = style == expr::Style::unicode ? "·" : "*";
  writer.line(0, "4", fmt::format("along the curve F_{0} + F_{1}{2}d{1}/d{0} = 0", x, y, dot));
  writer.line(1, "", fmt::format("d{1}/d{0} = -F_{0}/F_{1} = {2}", x, y, writer.text(answer)));
  return writer.take();
}

constexpr expr::Operation kImplicit[] = {
    {.name = "implicit",
     .title = "implicit derivative",
     .signature = "implicit(L = R, y, x)",
     .help = "The slope dy/dx of the curve that an equation describes.",
     .example = "implicit(x^2 + y^2 = 1, y, x)",
     .answer = "-x/y",
     .elaborate = elaborate_implicit,
     .steps = steps_of_implicit},
};

}  // namespace

extern const expr::OperationRows implicit_operations = kImplicit;

}  // namespace nabla::calc
