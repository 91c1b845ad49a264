// Derivatives of random functions with kinks, jumps and roots against difference quotients a hair beside the point.
#include <cmath>
#include <random>

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

constexpr number::Bits kBits = 4000;

Expr random_function(Graph& g, std::mt19937& random, int depth) {
  const auto pick = [&random](unsigned n) { return random() % n; };
  const Expr x = g.symbol("x");
  if (depth == 0) return pick(3) == 0 ? g.rational(Rational(static_cast<long>(pick(5)) - 2, 1)) : x;
  const auto part = [&] { return random_function(g, random, depth - 1); };
  const auto call = [&](const char* name, std::initializer_list<Expr> args) {
    return expr::call(g, *functions::find(name), std::span(args.begin(), args.size()));
  };
  switch (pick(18)) {
    case 0: return call("abs", {part()});
    case 1: return call("max", {part(), part()});
    case 2: return call("min", {part(), part()});
    case 3: return call("floor", {part()});
    case 4: return call("sign", {part()});
    case 5: return call("sqrt", {part()});
    case 6: return call("cbrt", {part()});
    case 7: return call("sin", {part()});
    case 8: return expr::select(g, expr::compare(g, expr::Relation::less, part(), part()), part(), part());
    case 9: return expr::power(g, part(), 2);
    case 10: return call("acos", {part()});
    case 11: return call("atan2", {part(), part()});
    case 12: return expr::power(g, part(), part());
    case 13: return expr::divide(g, part(), part());
    case 14: return call("ln", {part()});
    case 15: return call("atanh", {part()});
    case 16: return expr::add(g, part(), part());
    default: return expr::multiply(g, part(), part());
  }
}

std::optional<Ball> value_at(eval::Evaluator& in, Expr e, const Rational& x) {
  Graph& g = in.graph();
  const expr::Replacement put{g.symbol("x"), g.rational(x)};
  const Outcome o = in.evaluate(expr::substitute(g, e, std::span(&put, 1)), kBits);
  return o.state == Outcome::State::enclosed && o.ball.is_finite() ? std::optional(o.ball) : std::nullopt;
}

TEST_CASE("Derivatives at kinks agree with difference quotients", "[kinks]") {
  const unsigned seed = GENERATE(range(0u, 400u));
  std::mt19937 random(seed);
  Graph g(&calc::kRules);
  base::Budget budget;
  eval::Evaluator in(g, budget);
  const Expr e = random_function(g, random, 3);
  const Rational h = Rational::power(Rational(1, 2), 900);
  for (const Rational& at : {Rational(-1), Rational(0), Rational(1, 2), Rational(1), Rational(2)}) {
    const std::optional<Ball> here = value_at(in, e, at);
    const eval::PointDerivative d = eval::derivative_at(in, e, g.symbol("x"), g.rational(at), 1, 256);
    CAPTURE(seed, expr::print(g, e, expr::Style::plain), at.text(), static_cast<int>(d.outcome.state));
    if (!here) {
      CHECK_FALSE(d.outcome.has_value());
      continue;
    }
    for (const int side : {-1, 1}) {
      const std::optional<Ball> beside = value_at(in, e, at + Rational(side) * h);
      const OneSided& s = side < 0 ? d.left : d.right;
      if (!beside) {
        CHECK((s.state == OneSided::State::absent || s.state == OneSided::State::unknown));
        continue;
      }
      const Ball quotient = number::div(number::sub(*beside, *here, kBits), Ball(Rational(side) * h, kBits), kBits);
      const double slope = quotient.mid();
      if (d.outcome.state == Outcome::State::enclosed) {
        const double value = d.outcome.ball.mid();
        CHECK(std::abs(slope - value) <= 1e-6 * (1 + std::abs(value)));
      } else if (s.state == OneSided::State::value) {
        CHECK(std::abs(slope - s.value.mid()) <= 1e-6 * (1 + std::abs(s.value.mid())));
      } else if (s.state == OneSided::State::infinite) {
        CHECK(std::abs(slope) > 100);  // x^x falls like ln(x)
        CHECK((slope > 0) == (s.sign > 0));
      }
    }
  }
}

}  // namespace
