// The definite integral integrate(E, x, a, b) and the principal value pv(E, x, a, b); the antiderivative integrate(E,
// x) stands in antiderivative.h.
#include <algorithm>
#include <cmath>
#include <string_view>

#include "algebra/derivative/derivative.h"
#include "calc/elaborate/elaborate.h"
#include "calc/elaborate/forms.h"
#include "calc/operations/integrate/antiderivative.h"
#include "calc/operations/integrate/closed_form.h"
#include "calc/operations/integrate/integral_node.h"
#include "eval/quadrature/definite_integral.h"
#include "expr/rewrite.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;
using eval::Outcome;
using expr::Argument;
using number::Bits;

constexpr std::string_view kExample = "integrate(x^2, x, 0, 1)";
constexpr Bits kLastBits = 128;  // at which what is not settled is given up
constexpr int kPoorBits = 24;    // of an enclosure there that more bits would hardly improve
constexpr Bits kZeroBits = 128;  // at which a value that may be 0 is taken for as good as 0: more bits prove nothing

const expr::Operation& row();
const expr::Operation& principal_row();

Value elaborate_integrate(Elaborator& in, const Term& call) {
  if (call.size() != 2 && call.size() != 4) {
    throw Error(Code::argument, call.span(), "integrate needs an expression, a variable and two bounds",
                std::string(kExample));
  }
  const bool definite = call.size() == 4;
  const Expr lower = definite ? in.scalar(call[2]) : Expr{};
  const Expr upper = definite ? in.scalar(call[3]) : Expr{};
  FormVariables variables(in, {in.variable(call[1], "integrate")}, call[1].span());
  Value v = variables.read(call[0]);
  const Expr x = variables.symbol();
  if (!definite) return variables.close(antiderivative(in, v, x, call));
  for (Expr& e : v.elements) {
    if (in.graph().is(e, expr::kTruth)) {
      throw Error(Code::argument, call[0].span(), "a condition has no integral", std::string(kExample));
    }
    const std::optional<Expr> exact = integral_in_closed_form(in, e, x, lower, upper);
    e = exact ? *exact : integral_node(in.graph(), e, x, lower, upper);
  }
  return variables.close(v);
}

Outcome enclose(eval::Evaluator& in, Expr node, Bits bits, bool principal) {
  Graph& g = in.graph();
  const Expr x = g.bound(g.node(node).binders);
  const auto at = [&](Bits b) {
    const Expr lower = g.arg(node, 1);
    const Expr upper = g.arg(node, 2);
    return principal ? eval::principal_value(in, g.arg(node, 0), x, lower, upper, b)
                     : eval::definite_integral(in, g.arg(node, 0), x, lower, upper, b);
  };
  if (bits > kZeroBits) {
    Outcome small = at(kZeroBits);
    if (!small.has_value() || small.ball.contains_zero()) return small;
  }
  Outcome o = at(bits);
  const bool is_poor = o.has_value() && o.ball.radius() > std::ldexp(1 + std::abs(o.ball.mid()), -kPoorBits);
  if ((o.state == Outcome::State::undecided || is_poor) && bits >= kLastBits && g.is_constant(node)) {
    return Outcome::undefined(
        Error(Code::undecided, {}, "it could not be settled whether the integral exists, or what it is"), node);
  }
  return o;
}

Outcome enclose_integrate(eval::Evaluator& in, Expr node, Bits bits) { return enclose(in, node, bits, false); }
Outcome enclose_pv(eval::Evaluator& in, Expr node, Bits bits) { return enclose(in, node, bits, true); }

// Whether the body may jump at places that move with x, so that the derivative under the integral misses them.
bool jumps_with(const Graph& g, Expr body, Expr x) {
  constexpr std::string_view kContinuous[] = {"abs", "min", "max", "relu", "clamp"};
  return std::ranges::any_of(expr::reachable(g, std::span(&body, 1)), [&](Expr n) {
    if (g.kind(n) == expr::Kind::select) return expr::depends_on(g, g.arg(n, 0), x);
    if (g.kind(n) != expr::Kind::call || g.function(n).forms.series_after == nullptr) return false;
    return std::ranges::find(kContinuous, g.function(n).name) == std::end(kContinuous) && expr::depends_on(g, n, x);
  });
}

// Leibniz' rule: f(b)·b' - f(a)·a' + the integral of the derivative of f.
Expr derivative_of_integral(algebra::Differentiator& in, Expr node, Expr x) {
  Graph& g = in.graph();
  const Expr t = g.fresh_symbol();
  const std::vector<Expr> args = expr::open(g, node, t);
  std::vector<Expr> terms;
  if (in.depends(args[0])) {
    if (jumps_with(g, args[0], x)) {
      throw Error(Code::argument, {}, "an integral is not differentiated by a variable with which its integrand jumps");
    }
    terms.push_back(integral_node(g, in.derivative(args[0]), t, args[1], args[2]));
  }
  for (const std::size_t end : {std::size_t{1}, std::size_t{2}}) {
    if (!in.depends(args[end])) continue;
    const expr::Replacement put{t, args[end]};
    const Expr slope = expr::multiply(g, expr::substitute(g, args[0], std::span(&put, 1)), in.derivative(args[end]));
    terms.push_back(end == 1 ? expr::negate(g, slope) : slope);
  }
  return expr::sum(g, terms);
}

Value elaborate_pv(Elaborator& in, const Term& call) {
  expect_arguments(call, 4, 4, "pv(1/x, x, -1, 2)");
  const Expr lower = in.scalar(call[2]);
  const Expr upper = in.scalar(call[3]);
  FormVariables variables(in, {in.variable(call[1], "pv")}, call[1].span());
  Value v = variables.read(call[0]);
  constexpr int kBody = 0;
  for (Expr& e : v.elements) {
    const Expr args[] = {e, lower, upper};
    e = expr::operation(in.graph(), principal_row(), args, variables.symbol(), std::span(&kBody, 1));
  }
  return variables.close(v);
}

constexpr expr::Operation kIntegrate[] = {
    {.name = "integrate",
     .sign = "∫",
     .title = "integral",
     .signature = "integrate(E, x, a, b) | integrate(E, x)",
     .help = "The integral of E over x from a to b, which may be infinite; undefined where it diverges. Without bounds "
             "an antiderivative.",
     .example = "integrate(e^(-x^2), x, 0, 1)",
     .answer = "0.746824132812",
     .elaborate = elaborate_integrate,
     .enclose = enclose_integrate,
     .derivative = derivative_of_integral,
     .arguments = {Argument::body, Argument::variable, Argument::value, Argument::value},
     .latex = "\\int_{#2}^{#3} #1 \\, d#v",
     .rule = "Leibniz' rule: differentiate under the integral, and at moving bounds take the integrand there"},
    {.name = "pv",
     .title = "principal value of an integral",
     .signature = "pv(E, x, a, b)",
     .help = "The Cauchy principal value of the integral of E over x from a to b: poles inside are left out with a "
             "symmetric neighbourhood that shrinks to nothing.",
     .example = "pv(1/x, x, -1, 2)",
     .answer = "0.693147180560",
     .elaborate = elaborate_pv,
     .enclose = enclose_pv,
     .arguments = {Argument::body, Argument::variable, Argument::value, Argument::value},
     .latex = "\\mathrm{p.v.}\\int_{#2}^{#3} #1 \\, d#v"},
};

const expr::Operation& row() { return kIntegrate[0]; }
const expr::Operation& principal_row() { return kIntegrate[1]; }

}  // namespace

Expr integral_node(Graph& g, Expr body, Expr x, Expr lower, Expr upper) {
  const Expr args[] = {body, lower, upper};
  constexpr int kBody = 0;
  return expr::operation(g, row(), args, x, std::span(&kBody, 1));
}

extern const expr::OperationRows integrate_operations = kIntegrate;

}  // namespace nabla::calc
