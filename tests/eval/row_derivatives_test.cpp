// The derivative rule of every function against its series and against central differences, both in balls.
#include <algorithm>

#include "algebra/derivative/derivative.h"
#include "algebra/reading.h"
#include "calc/graph_rules.h"
#include "eval/jets/jet.h"
#include "expr/rewrite.h"

namespace {

using namespace nabla;
using expr::Expr;
using expr::Graph;
using number::Ball;
using number::Rational;

constexpr number::Bits kBits = 384;

// "0.5; (1, 2)" as lists of rational numbers.
std::vector<std::vector<Rational>> samples_of(std::string_view text) {
  std::vector<std::vector<Rational>> points;
  if (!algebra::is_given(text)) return points;
  std::string number;
  bool inside = false;
  points.emplace_back();
  const auto take = [&] {
    if (number.empty()) return;
    const bool negative = number[0] == '-';
    const Rational q = *Rational::parse(negative ? number.substr(1) : number);
    points.back().push_back(negative ? -q : q);
    number.clear();
  };
  for (char c : text) {
    if (c == '(') inside = true;
    if (c == ')') inside = false;
    if (c == ',' || c == ';') take();
    if (c == ';' && !inside) points.emplace_back();
    if (std::string_view("0123456789.-/e").find(c) != std::string_view::npos) number += c;
  }
  take();
  return points;
}

Expr call_of(Graph& g, const expr::Function& f, std::span<const Expr> args) {
  return g.make(expr::Kind::call, args, reinterpret_cast<std::uint64_t>(&f));
}

TEST_CASE("Every derivative rule agrees with the series and with central differences", "[rows]") {
  base::Budget budget;
  for (const expr::Function& f : functions::table()) {
    if (f.parameters.empty() || f.forms.ball == nullptr) continue;
    for (const std::vector<Rational>& point : samples_of(f.samples)) {
      for (std::size_t i = 0; i < point.size(); ++i) {
        Graph g(&calc::kRules);
        const Expr x = g.symbol("x");
        std::vector<Expr> args;
        for (const Rational& q : point) args.push_back(g.rational(q));
        const Expr at = args[i];
        args[i] = x;
        const Expr e = call_of(g, f, args);
        Expr d;
        try {
          d = algebra::partial_of_call(g, e, i);
        } catch (const base::Error&) {
          continue;  // there is no rule
        }
        CAPTURE(std::string(f.name), i, at.id, g.number(at).text());
        eval::Evaluator in(g, budget);
        const expr::Replacement put{x, at};
        const eval::Outcome by_rule = in.evaluate(expr::substitute(g, d, std::span(&put, 1)), kBits);
        const eval::PointDerivative by_series = eval::derivative_at(in, e, x, at, 1, kBits);
        if (by_rule.state == eval::Outcome::State::undefined) {  // by the order of a root of a negative number
          CHECK_FALSE(by_series.outcome.has_value());
          continue;
        }
        REQUIRE(by_rule.state == eval::Outcome::State::enclosed);
        if (by_series.outcome.state == eval::Outcome::State::enclosed) {
          CHECK(by_series.outcome.ball.overlaps(by_rule.ball));
        } else {
          CHECK(by_series.outcome.state == eval::Outcome::State::undecided);
        }

        const Rational h(1, 1L << 40);
        std::vector<Ball> balls;
        for (const Rational& q : point) balls.emplace_back(q, kBits);
        balls[i] = Ball(point[i] + h, kBits);
        const Ball above = f.forms.ball(balls, kBits);
        balls[i] = Ball(point[i] - h, kBits);
        const Ball below = f.forms.ball(balls, kBits);
        const Ball slope = number::div(number::sub(above, below, kBits), Ball(h + h, kBits), kBits);
        if (!slope.is_finite()) continue;  // the argument must be an integer
        const double error = std::abs(number::sub(slope, by_rule.ball, kBits).mid());
        CHECK(error <= 1e-12 * (1 + std::abs(by_rule.ball.mid())));
      }
    }
  }
}

}  // namespace
