// Gradients and what is built from them.
#include <fmt/format.h>

#include <algorithm>

#include "algebra/derivative/derivative_node.h"
#include "algebra/derivative/gradient.h"
#include "algebra/rules/call.h"
#include "calc/elaborate/arithmetic.h"
#include "calc/elaborate/forms.h"
#include "expr/rewrite.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;

constexpr std::size_t kLargeGraph = 300;  // nodes; above it a gradient is swept backward even if it is not total

// The variables of a form: its list, or the parameters of a bare function.
FormVariables variables_of(Elaborator& in, const Term& call, std::string_view example) {
  expect_arguments(call, 1, 2, example);
  if (call.size() == 2) return FormVariables(in, in.variables(call[1], call.text()), call[1].span());
  std::vector<std::string> own =
      call[0].is_name() ? parameters_of_function(in, call[0].text()) : std::vector<std::string>{};
  if (own.empty()) {
    throw Error(Code::argument, call.span(), fmt::format("{} needs the list of variables", call.text()),
                fmt::format("for example {}", example));
  }
  return FormVariables(in, std::move(own), call.span());
}

bool all_total(const Graph& g, std::span<const Expr> es) {
  return std::ranges::all_of(es, [&g](Expr e) { return g.is(e, expr::kTotal); });
}

// All partial derivatives: swept backward at once where formulas are right, else each kept as a derivative.
std::vector<Expr> partials(Elaborator& in, Expr e, std::span<const Expr> xs) {
  Graph& g = in.graph();
  if (!algebra::has_pieces(g, e)) {
    const bool large = expr::reachable(g, std::span(&e, 1)).size() > kLargeGraph;
    if (large || g.is(e, expr::kTotal)) {
      std::vector<Expr> gradient = algebra::gradient(g, e, xs, in.budget());
      if (large) {  // a formula may have values where e has none (1/x of ln(x))
        for (Expr& d : gradient) d = expr::add(g, d, expr::multiply(g, expr::integer(g, 0), e));
      }
      if (large || all_total(g, gradient)) return gradient;
    }
  }
  std::vector<Expr> result;
  for (Expr x : xs) result.push_back(algebra::derivative_at(g, e, x, 1, x, in.budget()));
  return result;
}

Value read_field(FormVariables& variables, const Term& call, std::string_view example) {
  Value field = variables.read(call[0]);
  if (!field.is_vector() || field.rows != variables.names().size()) {
    throw Error(Code::shape, call[0].span(),
                fmt::format("{} needs a vector with as many components as there are variables, not {}", call.text(),
                            describe(field)),
                fmt::format("for example {}", example));
  }
  return field;
}

Value elaborate_grad(Elaborator& in, const Term& call) {
  FormVariables variables = variables_of(in, call, "grad(x^2 y, [x, y])");
  const Expr e = variables.read_number(call[0], "grad", "jacobian(F, [x, y])");
  return variables.close(Value::vector(partials(in, e, variables.symbols())));
}

Value elaborate_hessian(Elaborator& in, const Term& call) {
  FormVariables variables = variables_of(in, call, "hessian(x^2 y, [x, y])");
  const std::span<const Expr> xs = variables.symbols();
  const auto n = static_cast<std::uint32_t>(xs.size());
  const Expr body = variables.read_number(call[0], "hessian", "hessian(F[1], [x, y])");
  // Where pieces meet, the order of two derivatives may matter (Peano's function): then both are worked out.
  const bool symmetric = !algebra::has_pieces(in.graph(), body);
  const std::vector<Expr> first = partials(in, body, xs);
  std::vector<Expr> elements(std::size_t{n} * n);
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::uint32_t from = symmetric ? i : 0;
    const std::vector<Expr> second = partials(in, first[i], xs.subspan(from));
    for (std::uint32_t j = from; j < n; ++j) {
      elements[i * n + j] = second[j - from];
      if (symmetric) elements[j * n + i] = second[j - from];
    }
  }
  return variables.close(Value::matrix(n, n, std::move(elements)));
}

Value elaborate_jacobian(Elaborator& in, const Term& call) {
  FormVariables variables = variables_of(in, call, "jacobian([x y, x + y], [x, y])");
  const Value field = variables.read(call[0]);
  if (field.is_matrix())
    throw Error(Code::shape, call[0].span(), "jacobian needs a vector, not a matrix",
                "for example jacobian([x y, x + y], [x, y])");
  std::vector<Expr> elements;
  for (Expr e : field.elements) {
    const std::vector<Expr> row = partials(in, e, variables.symbols());
    elements.insert(elements.end(), row.begin(), row.end());
  }
  const auto columns = static_cast<std::uint32_t>(variables.names().size());
  return variables.close(Value::matrix(field.rows, columns, std::move(elements)));
}

Value elaborate_div(Elaborator& in, const Term& call) {
  constexpr std::string_view kExample = "div([x^2, x y], [x, y])";
  FormVariables variables = variables_of(in, call, kExample);
  const Value field = read_field(variables, call, kExample);
  std::vector<Expr> terms;
  for (std::size_t i = 0; i < field.elements.size(); ++i) {
    terms.push_back(differentiated(in, field.elements[i], variables.symbol(i), 1).scalar());
  }
  return variables.close(expr::sum(in.graph(), terms));
}

Value elaborate_curl(Elaborator& in, const Term& call) {
  constexpr std::string_view kExample = "curl([y, -x, z], [x, y, z])";
  FormVariables variables = variables_of(in, call, kExample);
  const Value f = read_field(variables, call, kExample);
  if (f.rows != 3) {
    throw Error(Code::shape, call[0].span(), fmt::format("curl needs a vector of 3 numbers, not {}", describe(f)),
                fmt::format("for example {}", kExample));
  }
  const auto d = [&](std::size_t component, std::size_t by) {
    return differentiated(in, f.elements[component], variables.symbol(by), 1).scalar();
  };
  Graph& g = in.graph();
  return variables.close(Value::vector(
      {expr::subtract(g, d(2, 1), d(1, 2)), expr::subtract(g, d(0, 2), d(2, 0)), expr::subtract(g, d(1, 0), d(0, 1))}));
}

Value elaborate_laplacian(Elaborator& in, const Term& call) {
  FormVariables variables = variables_of(in, call, "laplacian(x^2 + y^2, [x, y])");
  Value v = variables.read(call[0]);
  for (Expr& e : v.elements) {
    std::vector<Expr> terms;
    for (Expr x : variables.symbols()) terms.push_back(differentiated(in, e, x, 2).scalar());
    e = expr::sum(in.graph(), terms);
  }
  return variables.close(v);
}

// The derivative along the line through the point, told by the first coordinate that moves with it: there may be one
// where not all partial derivatives are. Nothing if no coordinate is known to move.
std::optional<Expr> along_the_line(Elaborator& in, Expr f, std::span<const Expr> xs, std::span<const Expr> direction) {
  Graph& g = in.graph();
  const auto moves = [&g](Expr u) { return g.is_number(u) && !g.is_zero(u); };
  const auto first = std::ranges::find_if(direction, moves);
  if (first == direction.end()) return std::nullopt;
  const Expr x = xs[static_cast<std::size_t>(first - direction.begin())];
  const Expr t = in.fresh_symbol();
  std::vector<expr::Replacement> put;
  for (std::size_t i = 0; i < xs.size(); ++i) {
    const Expr way = expr::multiply(g, expr::subtract(g, t, x), expr::divide(g, direction[i], *first));
    put.push_back({xs[i], xs[i] == x ? t : expr::add(g, xs[i], way)});
  }
  const Expr slope = algebra::derivative_at(g, expr::substitute(g, f, put), t, 1, x, in.budget());
  return expr::multiply(g, slope, *first);
}

Value elaborate_directional(Elaborator& in, const Term& call) {
  expect_arguments(call, 3, 3, "directional(x^2 y, [x, y], [3, 4])");
  const Value direction = in.elaborate(call[2]);
  if (!direction.is_vector()) {
    throw Error(Code::shape, call[2].span(), fmt::format("the direction must be a vector, not {}", describe(direction)),
                "for example directional(x^2 y, [x, y], [3, 4])");
  }
  FormVariables variables(in, in.variables(call[1], "directional"), call[1].span());
  if (direction.rows != variables.names().size()) {
    throw Error(
        Code::shape, call[2].span(),
        fmt::format("the direction is {}, but there are {} variables", describe(direction), variables.names().size()),
        "for example directional(x^2 y, [x, y], [3, 4])");
  }
  Graph& g = in.graph();
  if (std::ranges::all_of(direction.elements, [&g](Expr u) { return g.is_zero(u); })) {
    throw Error(Code::domain, call[2].span(), "the zero vector has no direction",
                "for example directional(x^2 y, [x, y], [3, 4])");
  }
  const Expr f = variables.read_number(call[0], "directional", "directional(F[1], [x, y], [3, 4])");
  if (!g.is(f, expr::kTotal) || algebra::has_pieces(g, f)) {
    if (const std::optional<Expr> rise = along_the_line(in, f, variables.symbols(), direction.elements)) {
      return variables.close(divide(g, *rise, norm(g, direction)));
    }
  }
  const Value gradient = Value::vector(partials(in, f, variables.symbols()));
  std::vector<Expr> terms;
  for (std::size_t i = 0; i < gradient.elements.size(); ++i) {
    terms.push_back(expr::multiply(g, gradient.elements[i], direction.elements[i]));
  }
  return variables.close(divide(g, expr::sum(g, terms), norm(g, direction)));
}

constexpr expr::Operation kVectorCalculus[] = {
    {.name = "grad",
     .sign = "∇",
     .title = "gradient",
     .signature = "grad(E, [x, y]) | grad(f)",
     .help = "The vector of the partial derivatives. Without the list, by the parameters of the function named.",
     .example = "grad(x^2*y, [x, y])",
     .answer = "[2*x*y, x^2]",
     .elaborate = elaborate_grad},
    {.name = "hessian",
     .title = "Hessian matrix",
     .signature = "hessian(E, [x, y]) | hessian(f)",
     .help = "The matrix of the second partial derivatives.",
     .example = "hessian(x^2*y, [x, y])",
     .answer = "[[2*y, 2*x], [2*x, 0]]",
     .elaborate = elaborate_hessian},
    {.name = "jacobian",
     .title = "Jacobian matrix",
     .signature = "jacobian([E1, E2], [x, y]) | jacobian(f)",
     .help = "The partial derivatives of the components of a vector, a row a component.",
     .example = "jacobian([x*y, x + y], [x, y])",
     .answer = "[[y, x], [1, 1]]",
     .elaborate = elaborate_jacobian},
    {.name = "div",
     .title = "divergence",
     .signature = "div(F, [x, y, z]) | div(f)",
     .help = "The sum of the derivatives of each component by its own variable.",
     .example = "div([x^2, x*y], [x, y])",
     .answer = "3*x",
     .elaborate = elaborate_div},
    {.name = "curl",
     .title = "curl",
     .signature = "curl(F, [x, y, z]) | curl(f)",
     .help = "How a field in space turns: the vector of the differences of its cross derivatives.",
     .example = "curl([-y, x, 0], [x, y, z])",
     .answer = "[0, 0, 2]",
     .elaborate = elaborate_curl},
    {.name = "laplacian",
     .title = "Laplacian",
     .signature = "laplacian(E, [x, y]) | laplacian(f)",
     .help = "The sum of the second derivatives by each variable.",
     .example = "laplacian(x^2 + y^2, [x, y])",
     .answer = "4",
     .elaborate = elaborate_laplacian},
    {.name = "directional",
     .title = "directional derivative",
     .signature = "directional(E, [x, y], [u, v])",
     .help = "The slope in a direction; the direction is brought to length 1.",
     .example = "directional(x*y, [x, y], [3, 4]) at x = 1, y = 2",
     .answer = "2",
     .elaborate = elaborate_directional},
};

}  // namespace

extern const expr::OperationRows vector_calculus_operations = kVectorCalculus;

}  // namespace nabla::calc
