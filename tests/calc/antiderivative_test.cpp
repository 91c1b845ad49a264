// Antiderivatives: found for what a class meets and right by quadrature; refused where a formula would jump.
#include "calc/antiderivative/antiderivative.h"

#include <cmath>

#include "algebra/derivative/derivative.h"
#include "algebra/simplify/equality.h"
#include "calc/antiderivative/undetermined.h"
#include "calc/asking.h"

using namespace nabla;
using expr::Expr;
using number::Rational;

namespace {

struct Integrals : test::Asking {
  const Expr x = graph().symbol("x");

  Expr read(const char* text) { return value(text).scalar(); }
  std::optional<Expr> of(const char* text) {
    const auto found = calc::find_antiderivative(graph(), read(text), x, budget());
    return found ? std::optional(found->formula) : std::nullopt;
  }
  double at(Expr e, const Rational& place) {
    eval::Evaluator::Scope scope(in().evaluator(), x);
    scope.bind(place);
    const eval::Outcome value = in().evaluator().evaluate(e, 64);
    return value.has_value() ? value.ball.lower() : std::nan("");
  }
  // Simpson's rule, which knows nothing of antiderivatives.
  double quadrature(Expr e, const Rational& lo, const Rational& hi) {
    constexpr long kParts = 200;
    const Rational h = (hi - lo) / Rational(kParts);
    double sum = 0;
    for (long i = 0; i <= kParts; ++i) {
      const double weight = i == 0 || i == kParts ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * at(e, lo + Rational(i) * h);
    }
    return sum * h.to_double() / 3;
  }
};

struct Row {
  const char* integrand;
  Rational lo;
  Rational hi;
};

}  // namespace

TEST_CASE("Antiderivatives of the classroom are found, and differ between two points by the integral") {
  const Row row = GENERATE(values<Row>({
      {"(x^2 + 1)^10", -1, 1},
      {"1/(x^2 - 4)", 3, 5},
      {"(3x + 1)/(x^2 + 2x + 5)", -3, 3},
      {"(x^3 + 1)/(x^2 + 1)^2", -2, 2},
      {"1/(x^3 + 1)", 0, 2},
      {"x/(x^4 + 1)", -2, 2},
      {"x^5/(1 + x^3)", 0, 2},
      {"x^2 e^(-2x)", -1, 2},
      {"e^(-x) sin(3x)", -2, 2},
      {"x^2 cos(2x)", -2, 2},
      {"ln(x)^2", 1, 4},
      {"1/(x ln(x))", 2, 4},
      {"x asin(x)", Rational(-1, 2), Rational(1, 2)},
      {"arctan(1/x)", 1, 3},
      {"sin(x)^3", 0, 6},
      {"sin(x) cos(x)", 0, 2},
      {"sin(3x)^2 cos(2x)", 0, 2},
      {"tan(x)^4", -1, 1},
      {"sec(x)^3", -1, 1},
      {"1/(1 + sin(x))", 0, 2},
      {"sqrt(9 - x^2)", -2, 2},
      {"1/(x sqrt(x^2 - 1))", 2, 4},
      {"sqrt(x^2 - 4)/x", 3, 5},
      {"x sqrt(x + 1)", 0, 3},
      {"1/(1 + x^(1/3))", 1, 4},
      {"e^(2x)/(1 + e^x)", -2, 2},
      {"1/(e^x + e^(-x))", -2, 2},
      {"e^sqrt(x)", 1, 4},
      {"sin(ln(x))", 1, 4},
      {"e^(x - 3x^2)", -1, 1},
      {"cos(2x)/x", 1, 3},
      {"e^(2x)/(x + 1)", 0, 2},
      {"1/ln(x)", 2, 4},
      {"sinh(x)^2", -1, 1},
      {"|x - 1|", -1, 3},
  }));
  CAPTURE(row.integrand);
  Integrals w;
  const std::optional<Expr> found = w.of(row.integrand);
  REQUIRE(found);
  const double expected = w.quadrature(w.read(row.integrand), row.lo, row.hi);
  CHECK(w.at(*found, row.hi) - w.at(*found, row.lo) == Approx(expected).epsilon(1e-4).margin(1e-6));
}

TEST_CASE("An antiderivative goes on without a jump over every period") {
  Integrals w;
  for (const char* integrand : {"1/(5 + 3cos(x))", "1/(2 + cos(x))", "1/(3 + 2sin(x))"}) {
    CAPTURE(integrand);
    const std::optional<Expr> found = w.of(integrand);
    REQUIRE(found);
    const double expected = w.quadrature(w.read(integrand), -9, 9);
    CHECK(w.at(*found, 9) - w.at(*found, -9) == Approx(expected).epsilon(1e-4));
  }
}

TEST_CASE("No formula is given where it would jump, or where there is none") {
  Integrals w;
  for (const char* integrand : {"floor(x)", "x sign(x - 1)", "x floor(x)", "x^x", "e^(x^3)", "sin(sin(x))"}) {
    CAPTURE(integrand);
    CHECK(!w.of(integrand));
  }
}

TEST_CASE("Parameters are constants, and what they must not be is a condition") {
  Integrals w;
  const auto power = calc::find_antiderivative(w.graph(), w.read("x^n"), w.x, w.budget());
  REQUIRE(power);
  REQUIRE(power->conditions.size() == 1);
  CHECK(expr::print(w.graph(), power->conditions[0], expr::Style::plain) == "n != -1");
  CHECK(w.of("x^2 e^(a x)"));
  CHECK(w.of("sin(a x + b)"));
}

TEST_CASE("Coefficients are not found for terms whose derivatives cannot make up the integrand") {
  Integrals w;
  const auto term = [&](const char* text) {
    const Expr e = w.read(text);
    return calc::CandidateTerm{e, algebra::derivative(w.graph(), e, w.x, w.budget())};
  };
  const calc::CandidateTerm terms[] = {term("x^2"), term("sin(x)"), term("x sin(x)"), term("cos(x)")};
  CHECK(!calc::by_undetermined_coefficients(w.graph(), w.read("x^2 cos(x)"), terms, w.budget()));
  const auto found = calc::by_undetermined_coefficients(w.graph(), w.read("x cos(x)"), terms, w.budget());
  REQUIRE(found);
  CHECK(algebra::proven_equal(w.graph(), *found, w.read("x sin(x) + cos(x)"), w.budget()));
}

TEST_CASE("Absolute values in denominators and logarithms are no obstacle to a proof of equality") {
  Integrals w;
  CHECK(w.same("sign(x - 2)/|x - 2|", "1/(x - 2)"));
  CHECK(w.same("diff(ln(|x^2 - 4|), x)", "2x/(x^2 - 4)"));
  CHECK(w.same("1/(3 sqrt(1 - x^2/9))", "1/sqrt(9 - x^2)"));
  CHECK(w.same("sqrt(x - x^2)^2", "x - x^2"));
  CHECK(!w.same("sign(x - 2)/|x - 2|", "1/|x - 2|"));
  CHECK(!w.same("sign(x - 2) x", "|x - 2| x/(2 - x)"));
}
