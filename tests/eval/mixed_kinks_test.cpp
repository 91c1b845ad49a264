// Mixed derivatives of random functions of two variables with kinks, jumps and roots: the outer one against difference
// quotients of the inner one, which is taken at single points.
#include <cmath>
#include <random>

#include "algebra/derivative/derivative_node.h"
#include "algebra/reading.h"
#include "calc/graph_rules.h"
#include "eval/jets/jet.h"
#include "expr/rewrite.h"
#include "expr/write/print.h"

namespace {

using namespace nabla;
using eval::OneSided;
using eval::Outcome;
using expr::Expr;
using expr::Graph;
using number::Ball;
using number::Rational;

constexpr number::Bits kBits = 2000;

Expr random_function(Graph& g, std::mt19937& random, int depth) {
  const auto pick = [&random](unsigned n) { return static_cast<unsigned>(random() % n); };
  if (depth == 0) {
    const unsigned leaf = pick(5);
    return leaf == 0 ? g.rational(Rational(static_cast<long>(pick(3)))) : g.symbol(leaf < 3 ? "x" : "y");
  }
  const auto part = [&] { return random_function(g, random, depth - 1); };
  const auto call = [&](const char* name, std::initializer_list<Expr> args) {
    return expr::call(g, *functions::find(name), std::span(args.begin(), args.size()));
  };
  switch (pick(14)) {
    case 0: return call("abs", {part()});
    case 1: return call("max", {part(), part()});
    case 2: return call("floor", {part()});
    case 3: return call("sqrt", {part()});
    case 4: return call("exp", {part()});
    case 5: return expr::select(g, expr::compare(g, expr::Relation::less, part(), part()), part(), part());
    case 6: return expr::power(g, part(), 2);
    case 7: return call("ln", {part()});
    case 8: return call("relu", {part()});
    case 9: return call("atan2", {part(), part()});
    case 10: return expr::add(g, part(), part());
    default: return expr::multiply(g, part(), part());
  }
}

std::optional<Ball> inner_at(eval::Evaluator& in, Expr inner, const Rational& x, const Rational& y) {
  Graph& g = in.graph();
  const expr::Replacement put[] = {{g.symbol("x"), g.rational(x)}, {g.symbol("y"), g.rational(y)}};
  const Outcome o = in.evaluate(expr::substitute(g, inner, put), kBits);
  return o.state == Outcome::State::enclosed && o.ball.is_finite() ? std::optional(o.ball) : std::nullopt;
}

TEST_CASE("Mixed derivatives at kinks agree with difference quotients of the inner ones", "[kinks]") {
  const unsigned seed = GENERATE(range(0u, 300u));
  std::mt19937 random(seed);
  Graph g(&calc::kRules);
  base::Budget budget;
  eval::Evaluator in(g, budget);
  const Expr x = g.symbol("x");
  const Expr y = g.symbol("y");
  const Expr e = random_function(g, random, 3);
  const Expr inner = algebra::derivative_at(g, e, x, 1, x, budget);
  const Rational h = Rational::power(Rational(1, 2), 300);
  for (const auto& [a, b] : {std::pair{Rational(0), Rational(0)},
                             {Rational(0), Rational(1)},
                             {Rational(1), Rational(0)},
                             {Rational(1), Rational(1)},
                             {Rational(2), Rational(1, 3)}}) {
    const expr::Replacement put{x, g.rational(a)};
    const Expr of_y = expr::substitute(g, inner, std::span(&put, 1));
    const std::optional<Ball> here = inner_at(in, inner, a, b);
    const eval::PointDerivative d = eval::derivative_at(in, of_y, y, g.rational(b), 1, 256);
    CAPTURE(seed, expr::print(g, e, expr::Style::plain), a.text(), b.text(), static_cast<int>(d.outcome.state));
    if (!here) {
      CHECK_FALSE(d.outcome.has_value());
      continue;
    }
    for (const int side : {-1, 1}) {
      const OneSided& s = side < 0 ? d.left : d.right;
      const std::optional<Ball> beside = inner_at(in, inner, a, b + Rational(side) * h);
      if (!beside) {
        CHECK((s.state == OneSided::State::absent || s.state == OneSided::State::unknown));
        continue;
      }
      const double slope =
          number::div(number::sub(*beside, *here, kBits), Ball(Rational(side) * h, kBits), kBits).mid();
      if (d.outcome.state == Outcome::State::enclosed) {
        const double value = d.outcome.ball.mid();
        CHECK(std::abs(slope - value) <= 1e-6 * (1 + std::abs(value)));
      } else if (s.state == OneSided::State::value) {
        CHECK(std::abs(slope - s.value.mid()) <= 1e-6 * (1 + std::abs(s.value.mid())));
      } else if (s.state == OneSided::State::infinite) {
        CHECK(std::abs(slope) > 1e6);
        CHECK((slope > 0) == (s.sign > 0));
      }
    }
  }
}

}  // namespace
