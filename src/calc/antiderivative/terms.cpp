#include "calc/antiderivative/terms.h"

#include "algebra/derivative/derivative.h"
#include "algebra/rules/call.h"
#include "algebra/simplify/bounds.h"
#include "algebra/simplify/simplify.h"
#include "expr/rewrite.h"
#include "functions/table.h"

namespace nabla::calc {

Expr call_of(Graph& g, std::string_view function, Expr argument) {
  return algebra::call(g, *functions::find(function), std::span(&argument, 1));
}

Expr logarithm_of_size(Graph& g, Expr e) {
  if (const std::optional<int> sign = algebra::sign_by_bounds(g, e)) {
    return call_of(g, "ln", *sign > 0 ? e : expr::negate(g, e));
  }
  return call_of(g, "ln", call_of(g, "abs", e));
}

Expr expression_of(Graph& g, const Generator& generator, long power) {
  const auto to = [&](Expr base) { return expr::power(g, base, power); };
  const auto scaled = [&] {
    return expr::multiply(g, g.rational(generator.unit * Rational(power)), generator.exponent);
  };
  switch (generator.kind) {
    case Generator::Kind::power:
    case Generator::Kind::root:
    case Generator::Kind::number_root:
      return expr::power(g, generator.base, g.rational(generator.unit * Rational(power)));
    case Generator::Kind::absolute: return to(call_of(g, "abs", generator.base));
    case Generator::Kind::sign: return to(call_of(g, "sign", generator.base));
    case Generator::Kind::exponential: return call_of(g, "exp", scaled());
    case Generator::Kind::scaled: return expr::power(g, generator.base, scaled());
    case Generator::Kind::sine: return to(call_of(g, "sin", generator.base));
    case Generator::Kind::cosine: return to(call_of(g, "cos", generator.base));
    case Generator::Kind::hyperbolic_sine: return to(call_of(g, "sinh", generator.base));
    case Generator::Kind::hyperbolic_cosine: return to(call_of(g, "cosh", generator.base));
  }
  return to(generator.base);
}

Expr expression_of(Field& field, const number::Polynomial& p) {
  Graph& g = field.graph();
  std::vector<Expr> terms;
  std::vector<long> exponents(field.ring().variables());
  for (std::size_t t = 0; t < p.length(); ++t) {
    p.exponents(t, exponents);
    std::vector<Expr> factors{g.rational(p.coefficient(t))};
    for (std::size_t i = 0; i < field.generators().size(); ++i) {
      if (exponents[i] != 0) factors.push_back(expression_of(g, field.generators()[i], exponents[i]));
    }
    terms.push_back(expr::product(g, factors));
  }
  return expr::sum(g, terms);
}

std::optional<Linear> as_linear(Graph& g, Expr e, Expr x, base::Budget& budget) {
  if (!expr::depends_on(g, e, x)) return std::nullopt;
  const Expr slope = algebra::simplify(g, algebra::derivative(g, e, x, budget), budget).expression;
  if (expr::depends_on(g, slope, x) || g.is_zero(slope)) return std::nullopt;
  const expr::Replacement at_zero{x, g.rational(0)};
  return Linear{slope, expr::substitute(g, e, std::span(&at_zero, 1))};
}

std::optional<std::vector<Rational>> as_polynomial(Graph& g, Expr e, Expr x, std::size_t degree, base::Budget& budget) {
  std::vector<Rational> coefficients;
  Expr d = e;
  Rational factorial = 1;
  const expr::Replacement at_zero{x, g.rational(0)};
  for (std::size_t k = 0; k <= degree; ++k) {
    if (k > 0) {
      d = algebra::simplify(g, algebra::derivative(g, d, x, budget), budget).expression;
      factorial = factorial * Rational(static_cast<long>(k));
    }
    const Expr c = expr::substitute(g, d, std::span(&at_zero, 1));
    if (!g.is_number(c)) return std::nullopt;
    coefficients.push_back(g.number(c) / factorial);
    if (!expr::depends_on(g, d, x)) return coefficients;
  }
  return std::nullopt;
}

}  // namespace nabla::calc
