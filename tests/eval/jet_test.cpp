#include "eval/jets/jet.h"

#include "algebra/reading.h"
#include "calc/graph_rules.h"

namespace {

using namespace nabla;
using eval::OneSided;
using eval::Outcome;
using expr::Expr;
using expr::Graph;
using number::Ball;
using number::Rational;

struct Kink {
  const char* text;
  const char* at;
  long order;
  const char* answer;  // of the derivative; "none" where there is none
  const char* left;    // "inf", "-inf", "absent" or a number
  const char* right;
};

std::string describe(const OneSided& s) {
  switch (s.state) {
    case OneSided::State::infinite: return s.sign > 0 ? "inf" : "-inf";
    case OneSided::State::absent: return "absent";
    case OneSided::State::unknown: return "unknown";
    case OneSided::State::value: break;
  }
  const std::optional<Rational> q = s.value.exact();
  return q ? q->text() : number::estimated_decimal(s.value, 6).text;
}

TEST_CASE("Derivatives at kinks and edges are decided from both sides", "[jet]") {
  const Kink k = GENERATE(values<Kink>({
      {"abs(x)", "0", 1, "none", "-1", "1"},
      {"x abs(x)", "0", 1, "0", "0", "0"},
      {"x abs(x)", "0", 2, "none", "-2", "2"},
      {"abs(x)^2", "0", 1, "0", "", ""},
      {"abs(x)^3", "0", 2, "0", "0", "0"},
      {"abs(x - 3)", "3", 1, "none", "-1", "1"},
      {"abs(x - 3)", "1", 1, "-1", "", ""},
      {"max(x, -x)", "0", 1, "none", "-1", "1"},
      {"min(x, x^2)", "1", 1, "none", "2", "1"},
      {"if(x < 0, -x, x^2)", "0", 1, "none", "-1", "0"},
      {"if(x < 0, x^2, x^3)", "0", 1, "0", "0", "0"},
      {"if(x == 1, 1, x^2)", "1", 1, "2", "2", "2"},
      {"if(x == 0, 1, sin(x)/x)", "0", 1, "0", "0", "0"},
      {"if(x == 0, 1, sin(x)/x)", "0", 2, "-1/3", "-0.333333", "-0.333333"},
      {"sinc(x)", "0", 1, "0", "", ""},
      {"sinc(x)", "0", 2, "-1/3", "", ""},
      {"sinc(x^2)", "0", 4, "-4", "", ""},
      {"sinc(abs(x))", "0", 2, "-1/3", "-0.333333", "-0.333333"},
      {"sqrt(x)", "0", 1, "none", "absent", "inf"},
      {"cbrt(x)", "0", 1, "none", "inf", "inf"},
      {"x sqrt(x)", "0", 1, "0", "absent", "0"},
      {"x cbrt(x)", "0", 1, "0", "0", "0"},
      {"x^(2/3)", "0", 1, "none", "-inf", "inf"},
      {"floor(x)", "2", 1, "none", "inf", "0"},
      {"floor(x)", "5/2", 1, "0", "", ""},
      {"ceil(x)", "2", 1, "none", "0", "inf"},
      {"sign(x)", "0", 1, "none", "inf", "inf"},
      {"sqrt(1 - cos(x))", "0", 1, "none", "-0.707107", "0.707107"},
      {"abs(sin(x))", "pi", 1, "none", "-1.00000", "1.00000"},
      {"asin(x)", "1", 1, "none", "inf", "absent"},
      {"relu(x)", "0", 1, "none", "0", "1"},
      {"relu(x)^2", "0", 1, "0", "0", "0"},
      {"tan(x)", "pi/2", 1, "none", "inf", "inf"},
      {"1/x", "0", 1, "none", "-inf", "-inf"},
      {"ln(x)", "-1", 1, "none", "", ""},
      {"exp(-x) x^10", "0", 10, "3628800", "", ""},
      {"1/(1 - x)", "0", 40, "815915283247897734345611269596115894272000000000", "", ""},
      {"mod(x, 2)", "4", 1, "none", "-inf", "1"},
      {"sqrt(x^4)", "0", 1, "0", "", ""},
      {"sqrt(x^2)", "0", 1, "none", "-1", "1"},
      {"if(x == 0, 0, exp(-1/x^2))", "0", 1, "0", "0", "0"},
      {"if(x == 0, 0, exp(-1/x^2))", "0", 3, "0", "0", "0"},
      {"if(x == 0, 0, x^2 sin(1/x))", "0", 1, "0", "0", "0"},
      {"if(x > 0, x^2 cos(1/x) + x, x)", "0", 1, "1", "1", "1"},
      {"if(x^10, x, x^2)", "0", 1, "1", "1", "1"},
      {"if(x, 2x, 1)", "0", 1, "none", "inf", "-inf"},
      {"sqrt(-x^2)", "0", 1, "none", "absent", "absent"},
      {"asin(sin(x))", "pi/2", 1, "none", "1.00000", "-1.00000"},
      {"hypot(x, 0)", "0", 1, "none", "-1", "1"},
      {"clamp(x, 0, 1)", "1", 1, "none", "1", "0"},
  }));
  Graph g(&calc::kRules);
  base::Budget budget;
  eval::Evaluator in(g, budget);
  const eval::PointDerivative d = eval::derivative_at(in, read(g, k.text), g.symbol("x"), read(g, k.at), k.order, 128);
  CAPTURE(k.text, k.at, k.order, describe(d.left), describe(d.right), static_cast<int>(d.outcome.state));
  if (std::string(k.answer) == "none") {
    REQUIRE(d.outcome.state == Outcome::State::undefined);
    CHECK(d.outcome.reason->code == base::Code::undefined);
  } else {
    REQUIRE(d.outcome.state == Outcome::State::enclosed);
    CHECK(d.outcome.ball.contains(*Rational::parse(k.answer)));
    CHECK(d.outcome.ball.radius() < 1e-20);
  }
  if (*k.left != 0) CHECK(describe(d.left) == k.left);
  if (*k.right != 0) CHECK(describe(d.right) == k.right);
}

TEST_CASE("What no series tells is left open", "[jet]") {
  const Kink k = GENERATE(values<Kink>({
      {"if(x == 0, 0, x sin(1/x))", "0", 1, "", "", ""},
      {"if(x == 0, 0, x^3 sin(1/x))", "0", 2, "", "", ""},
      {"if(x == 0, 0, x^2 ln(abs(sin(1/x))))", "0", 1, "", "", ""},
  }));
  Graph g(&calc::kRules);
  base::Budget budget;
  eval::Evaluator in(g, budget);
  const eval::PointDerivative d = eval::derivative_at(in, read(g, k.text), g.symbol("x"), read(g, k.at), k.order, 128);
  CHECK(d.outcome.state == Outcome::State::undecided);
}

TEST_CASE("A wide ball gives enclosures where the function is smooth, and nothing where it may not be", "[jet]") {
  Graph g(&calc::kRules);
  base::Budget budget;
  eval::Evaluator in(g, budget);
  const Expr x = g.symbol("x");
  const Ball wide = Ball::hull(Ball(1), Ball(2), 64);
  const number::Series s = eval::jet(in, read(g, "x^3 + ln(x)"), x, wide, 3, 64);
  for (long q = 1; q <= 2; ++q) CHECK(s.coefficient(1).contains(Rational(3 * q * q) + Rational(1, q)));
  const Ball around = Ball::hull(Ball(-1), Ball(2), 64);
  CHECK(eval::jet(in, read(g, "abs(x)"), x, around, 2, 64).is_nan());
  CHECK(eval::jet(in, read(g, "if(x < 0, x, 2x)"), x, around, 2, 64).is_nan());
}

TEST_CASE("Recursive functions are followed call by call", "[jet]") {
  Graph g(&calc::kRules);
  base::Budget budget;
  eval::Evaluator in(g, budget);
  expr::Recursive& fact = g.make_recursive();
  fact.name = "fact";
  fact.arity = 1;
  const Expr n = g.parameter(0);
  const Expr below = expr::subtract(g, n, expr::integer(g, 1));
  fact.body = expr::select(g, expr::compare(g, expr::Relation::less_equal, n, expr::integer(g, 1)), expr::integer(g, 1),
                           expr::multiply(g, n, expr::apply(g, fact, std::span(&below, 1))));
  const Expr x = g.symbol("x");
  const Expr e = expr::apply(g, fact, std::span(&x, 1));
  // For 2 < x < 3 it is x (x - 1).
  const eval::PointDerivative smooth = eval::derivative_at(in, e, x, g.rational(Rational(5, 2)), 1, 64);
  REQUIRE(smooth.outcome.state == Outcome::State::enclosed);
  CHECK(smooth.outcome.ball.exact() == std::optional(Rational(4)));
  const eval::PointDerivative border = eval::derivative_at(in, e, x, g.rational(2), 1, 64);
  REQUIRE(border.outcome.state == Outcome::State::undefined);
  CHECK(describe(border.left) == "1");
  CHECK(describe(border.right) == "3");
}

}  // namespace
