// Derivatives as the language writes them: diff(E, x), f'(x), d/dx E.
#include <fmt/format.h>

#include <algorithm>

#include "algebra/derivative/derivative.h"
#include "algebra/derivative/derivative_node.h"
#include "calc/elaborate/forms.h"
#include "calc/elaborate/operation_list.h"
#include "calc/operations/diff/derivation.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;
using parse::Head;

constexpr long kHighestOrder = 100;

// One variable of a mixed derivative and its order.
struct Step {
  std::string name;
  long order = 1;
};

std::vector<std::string> distinct_names(std::span<const Step> steps) {
  std::vector<std::string> names;
  for (const Step& s : steps) {
    if (std::ranges::find(names, s.name) == names.end()) names.push_back(s.name);
  }
  return names;
}

// diff(x^3, x, n) is a mixed derivative; a note says that n is read as a second variable, not as the order.
void note_no_order(Elaborator& in, const Value& v, const Step& last, Expr x, Span place) {
  if (std::ranges::any_of(v.elements, [&](Expr e) { return algebra::depends_deeply(in.graph(), e, x); })) return;
  in.note(place,
          fmt::format("{} is a variable here, which does not occur; an order is a number: diff(x^3, x, 2)", last.name));
}

Value mixed_derivative(Elaborator& in, Term body, std::span<const Step> steps, Span place, bool may_be_order = false) {
  FormVariables variables(in, distinct_names(steps), place);
  Value v = variables.read(body);
  if (may_be_order) note_no_order(in, v, steps.back(), variables.symbol(steps.back().name), place);
  for (const Step& s : steps) v = differentiated(in, v, variables.symbol(s.name), s.order);
  return variables.close(v);
}

long read_order(Elaborator& in, Term t) {
  try {
    return in.integer(t, 0, kHighestOrder, "the order of a derivative");
  } catch (Error& e) {
    if (e.code == Code::argument && e.hint.empty()) e.hint = "for example diff(x^3, x, 2)";
    throw;
  }
}

// The steps written from argument `first` on: x, 2, y or x, order, y, order.
std::vector<Step> read_steps(Elaborator& in, const Term& t, std::size_t first, std::string_view form) {
  std::vector<Step> steps;
  for (std::size_t i = first; i < t.size(); ++i) {
    Step s{in.variable(t[i], form), 1};
    if (i + 1 < t.size() && !t[i + 1].is_name()) s.order = read_order(in, t[++i]);
    steps.push_back(std::move(s));
  }
  return steps;
}

Value elaborate_prime(Elaborator& in, const Term& t) {
  const std::string& name = t.text();
  const std::vector<std::string> parameters = parameters_of_function(in, name);
  if (parameters.empty()) {
    if (find_operation(name) != nullptr) {
      throw Error(Code::argument, t.name_span(), fmt::format("{} is an operation; a prime needs a function", name),
                  "write diff(E, x)");
    }
    throw Error(in.environment().find(name) != nullptr ? Code::argument : Code::unknown_name, t.name_span(),
                fmt::format("{}' needs a function of one parameter named {}", name, name),
                fmt::format("write diff({}, x)", name));
  }
  if (parameters.size() != 1) {
    throw Error(
        Code::argument, t.name_span(),
        fmt::format("{} has {} parameters: a prime does not tell by which to differentiate", name, parameters.size()),
        fmt::format("write diff({}({}), {})", name, fmt::join(parameters, ", "), parameters[0]));
  }
  if (t.size() > 1) {
    throw Error(Code::argument, t.span(), fmt::format("{}' has one argument, not {}", name, t.size()),
                fmt::format("for example {}'(2)", name));
  }
  const long order = t.number().to_long().value_or(kHighestOrder + 1);
  if (order > kHighestOrder) {
    throw Error(Code::argument, t.span(), fmt::format("the order of a derivative is at most {}", kHighestOrder),
                fmt::format("for example diff({}({}), {}, 40)", name, parameters[0], parameters[0]));
  }
  Graph& g = in.graph();
  const Expr x = in.fresh_symbol();
  Value v = apply_function(in, name, {x}, t.span());
  const Expr point = t.size() == 1 ? in.scalar(t[0]) : in.meaning(parameters[0], t.span()).elements.front();
  for (Expr& e : v.elements) e = algebra::derivative_at(g, e, x, order, point, in.budget());
  return settled(in, v);
}

Value elaborate_partial(Elaborator& in, const Term& t) {
  return mixed_derivative(in, t[0], read_steps(in, t, 1, "a derivative"), t.span());
}

Value elaborate_diff(Elaborator& in, const Term& call) {
  constexpr std::string_view kExample = "diff(x^3, x) or diff(x^3, x, 2)";
  expect_arguments(call, 1, 1 + 2 * static_cast<std::size_t>(kHighestOrder), kExample);
  if (call.size() == 1) {
    const std::vector<std::string> own =
        call[0].is_name() ? parameters_of_function(in, call[0].text()) : std::vector<std::string>{};
    if (own.size() != 1) {
      throw Error(Code::argument, call.span(), "diff needs the variable by which to differentiate",
                  fmt::format("for example {}", kExample));
    }
    const Step step{own[0], 1};
    return mixed_derivative(in, call[0], std::span(&step, 1), call.span());
  }
  const std::vector<Step> steps = read_steps(in, call, 1, "diff");
  return mixed_derivative(in, call[0], steps, call.span(), call.size() == 3 && steps.size() == 2);
}

Value elaborate(Elaborator& in, const Term& t) {
  if (t.head() == Head::prime) return elaborate_prime(in, t);
  return t.head() == Head::partial ? elaborate_partial(in, t) : elaborate_diff(in, t);
}

constexpr expr::Operation kDiff[] = {
    {.name = "diff",
     .title = "derivative",
     .signature = "diff(E, x) | diff(E, x, n) | diff(E, x, 2, y)",
     .help = "The derivative by one variable or several, each followed by its order if that is not 1 (up to 100). Of a "
             "vector, element by element.",
     .example = "diff(x^2*sin(x), x)",
     .answer = "2*x*sin(x) + x^2*cos(x)",
     .elaborate = elaborate,
     .reads_primes = true,
     .steps = steps_of_derivative},
};

}  // namespace

extern const expr::OperationRows diff_operations = kDiff;

}  // namespace nabla::calc
