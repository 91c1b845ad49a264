// Tangent, normal and curvature of a curve at a point.
#include <fmt/format.h>

#include "algebra/derivative/derivative_node.h"
#include "calc/elaborate/arithmetic.h"
#include "calc/elaborate/forms.h"
#include "expr/rewrite.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;

// A curve and its point: the arguments E, x, a.
struct Curve {
  FormVariables variables;
  Value value;  // in the variable's symbol
  Expr at;

  Curve(Elaborator& in, const Term& call)
      : variables(in, {in.variable(call[1], call.text())}, call[1].span()), value(variables.read(call[0])) {}
};

Curve read_curve(Elaborator& in, const Term& call, std::string_view example) {
  expect_arguments(call, 3, 3, example);
  const Expr at = in.scalar(call[2]);
  Curve c(in, call);
  c.at = at;
  return c;
}

// The derivative at the point. If there is none, Error (undefined) with the slopes on both sides.
Value derivative(Elaborator& in, const Curve& c, long order) {
  Graph& g = in.graph();
  Value v = c.value;
  for (Expr& e : v.elements) {
    e = algebra::derivative_at(g, e, c.variables.symbol(), order, c.at, in.budget());
    if (!g.is_constant(e)) continue;
    constexpr number::Bits kBits = 128;
    const eval::Outcome found = in.evaluator().evaluate(e, kBits);
    if (found.state == eval::Outcome::State::undefined) throw Error(*found.reason);
  }
  return settled(in, v);
}

Value at_point(Elaborator& in, const Curve& c) {
  Value v = c.value;
  const expr::Replacement put{c.variables.symbol(), c.at};
  for (Expr& e : v.elements) e = expr::substitute(in.graph(), e, std::span(&put, 1));
  return v;
}

// The line through the point of the curve with this slope (a vector for a curve in space).
Value line(Elaborator& in, Curve& c, const Value& slope) {
  Graph& g = in.graph();
  const Expr along = expr::subtract(g, c.variables.symbol(), c.at);
  return c.variables.close(add(g, at_point(in, c), multiply(g, along, slope)));
}

Value elaborate_tangent(Elaborator& in, const Term& call) {
  Curve c = read_curve(in, call, "tangent(x^2, x, 3)");
  return line(in, c, derivative(in, c, 1));
}

Value elaborate_normal(Elaborator& in, const Term& call) {
  Curve c = read_curve(in, call, "normal(x^2, x, 3)");
  if (!c.value.is_scalar())
    throw Error(Code::shape, call[0].span(), "normal needs a number, not a vector", "for example normal(x^2, x, 3)");
  Graph& g = in.graph();
  const Expr slope = derivative(in, c, 1).scalar();
  if (g.is_constant(slope) && in.evaluator().decide(expr::compare(g, expr::Relation::equal, slope,
                                                                  expr::integer(g, 0))) == number::Truth::yes) {
    throw Error(Code::undefined, call.span(), "the tangent is horizontal: the normal is a vertical line");
  }
  return line(in, c, expr::negate(g, expr::power(g, slope, -1)));
}

// |E''| / (1 + E'^2)^(3/2) of a graph; |r' × r''| / |r'|^3 of a curve in the plane or in space.
Value elaborate_curvature(Elaborator& in, const Term& call) {
  Curve c = read_curve(in, call, "curvature(x^2, x, 0)");
  Graph& g = in.graph();
  const Value first = derivative(in, c, 1);
  const Value second = derivative(in, c, 2);
  const Expr three_halves = g.rational(Rational(3, 2));
  if (first.is_scalar()) {
    const Expr squared = expr::add(g, expr::integer(g, 1), expr::power(g, first.scalar(), 2));
    return c.variables.close(expr::divide(g, norm(g, second), expr::power(g, squared, three_halves)));
  }
  if (!first.is_vector() || first.rows > 3 || first.rows < 2) {
    throw Error(Code::shape, call[0].span(),
                fmt::format("curvature needs a number or a vector of 2 or 3 numbers, not {}", describe(c.value)),
                "for example curvature([cos(t), sin(t), t], t, 0)");
  }
  const auto minor = [&](std::size_t i, std::size_t j) {
    return expr::subtract(g, expr::multiply(g, first.elements[i], second.elements[j]),
                          expr::multiply(g, first.elements[j], second.elements[i]));
  };
  std::vector<Expr> cross{minor(0, 1)};
  if (first.rows == 3) cross.insert(cross.end(), {minor(1, 2), minor(2, 0)});
  const Expr speed = norm(g, first);
  if (g.is_constant(speed) && in.evaluator().decide(expr::compare(g, expr::Relation::equal, speed,
                                                                  expr::integer(g, 0))) == number::Truth::yes) {
    throw Error(Code::undefined, call.span(), "the curve stands still at this point: it has no curvature there");
  }
  return c.variables.close(expr::divide(g, norm(g, Value::vector(std::move(cross))), expr::power(g, speed, 3)));
}

constexpr expr::Operation kGeometry[] = {
    {.name = "tangent",
     .title = "tangent line",
     .signature = "tangent(E, x, a)",
     .help = "The line that touches the curve at x = a, as an expression in x.",
     .example = "tangent(x^2, x, 3)",
     .answer = "6*x - 9",
     .elaborate = elaborate_tangent},
    {.name = "normal",
     .title = "normal line",
     .signature = "normal(E, x, a)",
     .help = "The line at right angles to the curve at x = a, as an expression in x.",
     .example = "normal(x^2, x, 1/2)",
     .answer = "3/4 - x",
     .elaborate = elaborate_normal},
    {.name = "curvature",
     .title = "curvature",
     .signature = "curvature(E, x, a)",
     .help = "How strongly the curve bends at x = a: one divided by the radius of the circle that fits best. Also of a "
             "vector in the plane or in space.",
     .example = "curvature(x^2, x, 0)",
     .answer = "2",
     .elaborate = elaborate_curvature},
};

}  // namespace

extern const expr::OperationRows geometry_operations = kGeometry;

}  // namespace nabla::calc
