#include "calc/operations/numdiff.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "algebra/derivative/derivative_node.h"
#include "calc/elaborate/forms.h"
#include "eval/doubles/complex.h"
#include "eval/doubles/round_off.h"
#include "eval/jets/jet.h"
#include "expr/rewrite.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;
using eval::Evaluator;
using eval::Outcome;
using expr::Argument;

constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr number::Bits kExactBits = 128;
constexpr std::size_t kMethodArgument = 2;  // of a node, which holds the number of the method

const expr::Operation& row();

// f at a double, in double arithmetic throughout.
double value(Evaluator& in, Expr body, Expr x, double at) {
  if (!std::isfinite(at)) return kNan;
  Evaluator::Scope scope(in, x);
  scope.bind(Rational::from_double(at));
  return eval::plain_double(in, body);
}

double forward(Evaluator& in, Expr f, Expr x, double a, double h) {
  return (value(in, f, x, a + h) - value(in, f, x, a)) / h;
}

double backward(Evaluator& in, Expr f, Expr x, double a, double h) {
  return (value(in, f, x, a) - value(in, f, x, a - h)) / h;
}

double central(Evaluator& in, Expr f, Expr x, double a, double h) {
  return (value(in, f, x, a + h) - value(in, f, x, a - h)) / (2 * h);
}

double five_point(Evaluator& in, Expr f, Expr x, double a, double h) {
  const double near = value(in, f, x, a + h) - value(in, f, x, a - h);
  const double far = value(in, f, x, a + 2 * h) - value(in, f, x, a - 2 * h);
  return (8 * near - far) / (12 * h);
}

// Ridders' table of extrapolated central differences; the entry with the least error estimate.
// Ridders, Advances in Engineering Software 4 (1982) 75-76.
double richardson(Evaluator& in, Expr f, Expr x, double a, double h) {
  constexpr int kRows = 10;
  constexpr double kShrink = 1.4;
  constexpr double kSafe = 2;
  std::array<std::array<double, kRows>, kRows> t{};
  double best = t[0][0] = central(in, f, x, a, h);
  double error = std::numeric_limits<double>::max();
  for (std::size_t i = 1; i < kRows; ++i) {
    h /= kShrink;
    t[0][i] = central(in, f, x, a, h);
    double factor = kShrink * kShrink;
    for (std::size_t j = 1; j <= i; ++j) {
      t[j][i] = (t[j - 1][i] * factor - t[j - 1][i - 1]) / (factor - 1);
      factor *= kShrink * kShrink;
      const double here = std::max(std::abs(t[j][i] - t[j - 1][i]), std::abs(t[j][i] - t[j - 1][i - 1]));
      if (here <= error) {
        error = here;
        best = t[j][i];
      }
    }
    if (std::abs(t[i][i] - t[i - 1][i - 1]) >= kSafe * error) break;
  }
  return best;
}

double complex_step(Evaluator& in, Expr f, Expr x, double a, double h) {
  return eval::complex_value(in, f, x, {a, h}).imag() / h;
}

constexpr DifferenceMethod kMethods[] = {
    {"forward", "(f(a + h) - f(a))/h", "1e-8", forward},
    {"backward", "(f(a) - f(a - h))/h", "1e-8", backward},
    {"central", "(f(a + h) - f(a - h))/(2h)", "1e-5", central},
    {"five_point", "(8(f(a + h) - f(a - h)) - (f(a + 2h) - f(a - 2h)))/(12h)", "1e-3", five_point},
    {"richardson", "central differences extrapolated to h = 0 (Ridders)", "0.1", richardson},
    {"complex_step", "Im f(a + ih)/h", "1e-20", complex_step},
};

std::string method_names() {
  std::string text;
  for (const DifferenceMethod& m : kMethods) text += (text.empty() ? "" : ", ") + std::string(m.name);
  return text;
}

std::size_t read_method(const Term& t) {
  const DifferenceMethod* m = t.is_name() ? find_difference_method(t.text()) : nullptr;
  if (m == nullptr) {
    throw Error(Code::argument, t.span(), "this is no method of numerical differentiation",
                fmt::format("the methods are {}", method_names()));
  }
  return static_cast<std::size_t>(m - std::begin(kMethods));
}

double double_of(Evaluator& in, Expr e) {
  const Outcome o = in.evaluate(e, kExactBits);
  if (o.state == Outcome::State::undefined) throw Error(*o.reason);
  return o.has_value() ? o.ball.mid() : kNan;
}

// 4.3e-2 rather than 4.3e-02.
std::string short_number(double x) {
  std::string text = fmt::format("{:.0e}", x);
  const std::size_t zero = text.find_first_of('0', text.find('e') + 1);
  if (zero != std::string::npos && zero + 2 == text.size()) text.erase(zero, 1);
  return text;
}

// The step at which truncation |f^(order + 1)|·h^order·`truncation` and round-off `rounding`·u·|f|/h are least
// together; infinite without truncation, nothing if the derivative is not known.
struct Theory {
  std::string_view methods;
  int order;
  double truncation;
  double rounding;
};
constexpr Theory kTheories[] = {
    {"forward and backward", 1, 1.0 / 2, 2},
    {"central", 2, 1.0 / 6, 1},
    {"five_point", 4, 1.0 / 30, 1.5},
};
std::optional<double> best_step(Elaborator& in, const Theory& t, Expr body, Expr x, Expr a, double noise) {
  const Outcome d = eval::derivative_at(in.evaluator(), body, x, a, t.order + 1, kExactBits).outcome;
  if (!d.has_value() || !std::isfinite(d.ball.mid())) return std::nullopt;
  const double size = std::abs(d.ball.mid()) * t.truncation * t.order;
  return std::pow(t.rounding * noise / size, 1.0 / (t.order + 1));
}

std::vector<std::string> reasons(Elaborator& in, Expr body, Expr x, Expr a, double at) {
  std::vector<std::string> lines{
      "truncation error falls with h: forward and backward like h, central h^2, five_point h^4"};
  const double noise = kEpsilon / 2 * std::abs(value(in.evaluator(), body, x, at));
  if (!(noise > 0)) {
    lines.emplace_back("round-off does not grow: f is 0 at the point, so that differences lose no digits");
    return lines;
  }
  lines.push_back(
      fmt::format("round-off grows like {}/h, as f(a + h) - f(a) loses the digits they share", short_number(noise)));
  std::string best;
  for (const Theory& t : kTheories) {
    const std::optional<double> h = best_step(in, t, body, x, a, noise);
    if (!h) continue;
    best += fmt::format("{}{} for {}", best.empty() ? "" : ", ",
                        std::isfinite(*h) ? "h = " + short_number(*h) : "any large h", t.methods);
  }
  if (!best.empty()) lines.push_back("in theory both are least at " + best);
  lines.emplace_back("complex_step subtracts nothing: its error h^2 only falls");
  return lines;
}

Value elaborate_numdiff(Elaborator& in, const Term& call) {
  expect_arguments(call, 4, 5, "numdiff(sin(x), x, 1, central)");
  Graph& g = in.graph();
  const Expr at = in.scalar(call[2]);
  const std::size_t method = read_method(call[3]);
  std::vector<Expr> args{{}, at, expr::integer(g, static_cast<long>(method))};
  if (call.size() == 5) {
    args.push_back(in.scalar(call[4]));
    if (g.is_constant(args.back()) && !(double_of(in.evaluator(), args.back()) > 0)) {
      throw Error(Code::argument, call[4].span(), "the step h must be positive, and no smaller than doubles go",
                  "for example 1e-5");
    }
  }
  FormVariables variables(in, {in.variable(call[1], "numdiff")}, call[1].span());
  args[0] = variables.read_number(call[0], "numdiff");
  constexpr int kBody = 0;
  return variables.close(expr::operation(g, row(), args, variables.symbol(), std::span(&kBody, 1)));
}

Outcome enclose_numdiff(Evaluator& in, Expr node, number::Bits) {
  const Graph& g = in.graph();
  const Expr x = in.graph().bound(g.node(node).binders);
  const long number = g.number(g.arg(node, kMethodArgument)).to_long().value();
  const DifferenceMethod& method = kMethods[static_cast<std::size_t>(number)];
  const double a = double_of(in, g.arg(node, 1));
  const double h = g.node(node).count > 3 ? double_of(in, g.arg(node, 3)) : Rational::parse(method.step)->to_double();
  const double slope = method.estimate(in, g.arg(node, 0), x, a, h);
  if (std::isfinite(slope)) return Outcome::estimated(number::Ball::from_double(slope));
  return Outcome::undefined(
      Error(Code::domain, {}, fmt::format("{} needs values beside the point that are not defined", method.name)), node);
}

std::string_view difference_method_name(long number) { return kMethods[static_cast<std::size_t>(number)].name; }

constexpr expr::Operation kNumdiff[] = {
    {.name = "numdiff",
     .title = "numerical derivative",
     .signature = "numdiff(E, x, a, method) | numdiff(E, x, a, method, h)",
     .help = "The derivative at a from values nearby, in plain double arithmetic: forward, backward, central, "
             "five_point, richardson or complex_step, with step h.",
     .example = "numdiff(sin(x), x, 0, central, 0.1)",
     .answer = "~ 0.9983341664682815",
     .elaborate = elaborate_numdiff,
     .enclose = enclose_numdiff,
     .arguments = {Argument::body, Argument::variable, Argument::value, Argument::word, Argument::value},
     .word = difference_method_name,
     .estimate = true},
};

const expr::Operation& row() { return kNumdiff[0]; }

}  // namespace

std::span<const DifferenceMethod> difference_methods() { return kMethods; }

const DifferenceMethod* find_difference_method(std::string_view name) {
  const auto found = std::ranges::find(kMethods, name, &DifferenceMethod::name);
  return found == std::end(kMethods) ? nullptr : &*found;
}

DifferenceTrace trace_differences(Elaborator& in, Expr body, Expr x, Expr a) {
  constexpr int kSmallestStep = 15;
  DifferenceTrace trace;
  const Outcome exact = eval::derivative_at(in.evaluator(), body, x, a, 1, kExactBits).outcome;
  if (exact.state == Outcome::State::undefined) throw Error(*exact.reason);
  if (!exact.has_value()) throw Error(Code::undecided, {}, "the exact derivative could not be computed");
  trace.exact = algebra::derivative_at(in.graph(), body, x, 1, a, in.budget());
  const double at = double_of(in.evaluator(), a);
  for (int k = 1; k <= kSmallestStep; ++k) {
    DifferenceTrace::Row row;
    row.h = std::pow(10.0, -k);
    for (const DifferenceMethod& m : kMethods) {
      const double estimate = m.estimate(in.evaluator(), body, x, at, row.h);
      const number::Ball error = number::sub(number::Ball::from_double(estimate), exact.ball, kExactBits);
      row.errors.push_back(std::isfinite(estimate) ? error.mid() : kNan);
    }
    trace.rows.push_back(std::move(row));
  }
  for (std::size_t m = 0; m < std::size(kMethods); ++m) {
    const auto error = [m](const DifferenceTrace::Row& r) {
      return std::isnan(r.errors[m]) ? std::numeric_limits<double>::infinity() : std::abs(r.errors[m]);
    };
    trace.best.push_back(
        static_cast<std::size_t>(std::ranges::min_element(trace.rows, {}, error) - trace.rows.begin()));
  }
  trace.reasons = reasons(in, body, x, a, at);
  return trace;
}

extern const expr::OperationRows numdiff_operations = kNumdiff;

}  // namespace nabla::calc
