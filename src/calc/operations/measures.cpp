// What a class computes with integrals: mean values, lengths, areas, volumes and centres, each by its formula.
#include <fmt/format.h>

#include "algebra/rules/call.h"
#include "calc/elaborate/arithmetic.h"
#include "calc/elaborate/elaborate.h"
#include "calc/elaborate/forms.h"
#include "calc/operations/integrate/integral_node.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;

// The arguments of a call E, …, x, a, b with one or two bodies.
struct Region {
  FormVariables variables;
  std::vector<Value> bodies;
  Expr lower;
  Expr upper;

  Region(Elaborator& in, const Term& call, std::size_t count)
      : variables(in, {in.variable(call[count], call.text())}, call[count].span()) {
    for (std::size_t i = 0; i < count; ++i) bodies.push_back(variables.read(call[i]));
  }
};

Region read_region(Elaborator& in, const Term& call, std::size_t count) {
  const Expr lower = in.scalar(call[count + 1]);
  const Expr upper = in.scalar(call[count + 2]);
  Region r(in, call, count);
  r.lower = lower;
  r.upper = upper;
  return r;
}

Expr number_of(const Region& r, const Term& call, std::size_t i) {
  if (!r.bodies[i].is_scalar()) {
    throw Error(Code::shape, call[i].span(),
                fmt::format("{} needs a number, not {}", call.text(), describe(r.bodies[i])));
  }
  return r.bodies[i].scalar();
}

Expr absolute(Graph& g, Expr e) { return algebra::call(g, *algebra::kernel().abs, std::span(&e, 1)); }
Expr pi(Graph& g) { return algebra::call(g, *algebra::kernel().pi, {}); }

Expr integral(Elaborator& in, const Region& r, Expr body) {
  return integral_node(in.graph(), body, r.variables.symbol(), r.lower, r.upper);
}

Value elaborate_average(Elaborator& in, const Term& call) {
  expect_arguments(call, 4, 4, "average(x^2, x, 0, 3)");
  Region r = read_region(in, call, 1);
  Graph& g = in.graph();
  Value v = r.bodies[0];
  const Expr width = expr::subtract(g, r.upper, r.lower);
  for (Expr& e : v.elements) e = expr::divide(g, integral(in, r, e), width);
  return r.variables.close(v);
}

Value elaborate_arclength(Elaborator& in, const Term& call) {
  expect_arguments(call, 4, 4, "arclength(x^2, x, 0, 1)");
  Region r = read_region(in, call, 1);
  Graph& g = in.graph();
  const Value slope = differentiated(in, r.bodies[0], r.variables.symbol(), 1);
  std::vector<Expr> squares;
  if (slope.is_scalar()) squares.push_back(expr::integer(g, 1));
  for (const Expr e : slope.elements) squares.push_back(expr::power(g, e, 2));
  const Expr speed = expr::square_root(g, expr::sum(g, squares));
  return r.variables.close(absolute(g, integral(in, r, speed)));
}

Value elaborate_area(Elaborator& in, const Term& call) {
  expect_arguments(call, 5, 5, "area(x, x^2, x, 0, 1)");
  Region r = read_region(in, call, 2);
  Graph& g = in.graph();
  const Expr height = absolute(g, expr::subtract(g, number_of(r, call, 0), number_of(r, call, 1)));
  return r.variables.close(absolute(g, integral(in, r, height)));
}

// Whether a fifth argument names the axis of y.
bool is_about_y(const Term& call) {
  if (call.size() == 4) return false;
  const Term t = call[4];
  if (!t.is_name() || t.text() != "y") {
    throw Error(Code::argument, t.span(), "a volume is about the axis of x, or about y", "volume(x^2, x, 0, 1, y)");
  }
  return true;
}

Value elaborate_volume(Elaborator& in, const Term& call) {
  expect_arguments(call, 4, 5, "volume(x^2, x, 0, 1)");
  const bool about_y = is_about_y(call);
  Region r = read_region(in, call, 1);
  Graph& g = in.graph();
  const Expr f = number_of(r, call, 0);
  const Expr x = r.variables.symbol();
  const Expr section =
      about_y ? expr::multiply(g, expr::integer(g, 2), absolute(g, expr::multiply(g, x, f))) : expr::power(g, f, 2);
  return r.variables.close(expr::multiply(g, pi(g), absolute(g, integral(in, r, section))));
}

Value elaborate_centroid(Elaborator& in, const Term& call) {
  expect_arguments(call, 4, 4, "centroid(x^2, x, 0, 1)");
  Region r = read_region(in, call, 1);
  Graph& g = in.graph();
  const Expr f = number_of(r, call, 0);
  const Expr area = integral(in, r, absolute(g, f));
  const Expr moment = integral(in, r, expr::multiply(g, r.variables.symbol(), absolute(g, f)));
  const Expr height = expr::divide(g, expr::multiply(g, f, absolute(g, f)), expr::integer(g, 2));
  return r.variables.close(
      Value::vector({expr::divide(g, moment, area), expr::divide(g, integral(in, r, height), area)}));
}

constexpr expr::Operation kMeasures[] = {
    {.name = "average",
     .title = "mean value",
     .signature = "average(E, x, a, b)",
     .help = "The mean value of E for x from a to b: the integral divided by b - a.",
     .example = "average(x^2, x, 0, 3)",
     .answer = "3.00000000000",
     .elaborate = elaborate_average},
    {.name = "arclength",
     .title = "length of a curve",
     .signature = "arclength(E, x, a, b) | arclength([X, Y], t, a, b)",
     .help =
         "The length of the graph of E, the integral of sqrt(1 + E'^2); of a curve of a parameter, in the plane or in "
         "space, the integral of its speed.",
     .example = "arclength(x^2, x, 0, 1)",
     .answer = "1.47894285754",
     .elaborate = elaborate_arclength},
    {.name = "area",
     .title = "area between two graphs",
     .signature = "area(E1, E2, x, a, b)",
     .help = "The area between two graphs, the integral of |E1 - E2|; where they cross it goes on counting.",
     .example = "area(x, x^3, x, -1, 1)",
     .answer = "0.500000000000",
     .elaborate = elaborate_area},
    {.name = "volume",
     .title = "volume of revolution",
     .signature = "volume(E, x, a, b) | volume(E, x, a, b, y)",
     .help =
         "The volume that the graph of E sweeps about the axis of x, π times the integral of E^2; about y, by shells, "
         "2π times the integral of |x E|.",
     .example = "volume(sqrt(x), x, 0, 4)",
     .answer = "25.1327412287",
     .elaborate = elaborate_volume},
    {.name = "centroid",
     .title = "centre of an area",
     .signature = "centroid(E, x, a, b)",
     .help =
         "The centre of the area between the graph of E and the axis of x: the means of x and of E/2, weighted by |E|.",
     .example = "centroid(x^2, x, 0, 1)",
     .answer = "[0.750000000000, 0.300000000000]",
     .elaborate = elaborate_centroid},
};

}  // namespace

extern const expr::OperationRows measures_operations = kMeasures;

}  // namespace nabla::calc
