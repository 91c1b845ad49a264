// Random expressions: backward sweep, forward differentiation and jets agree to 50 digits.
#include "algebra/derivative/gradient.h"

#include <random>

#include "algebra/derivative/along.h"
#include "algebra/derivative/derivative.h"
#include "algebra/reading.h"
#include "calc/graph_rules.h"
#include "eval/jets/jet.h"
#include "expr/rewrite.h"
#include "expr/write/print.h"

namespace {

using namespace nabla;
using expr::Expr;
using expr::Graph;
using number::Ball;
using number::Rational;

constexpr int kVariables = 6;
constexpr number::Bits kBits = 512;
constexpr const char* kFunctions[] = {"sin", "cos", "exp", "atan", "tanh", "erf", "sigmoid", "asinh", "softplus"};

// About `size` nodes; every subexpression has a value everywhere.
Expr random_expression(Graph& g, std::mt19937& random, std::span<const Expr> xs, int size) {
  const auto pick = [&random](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  if (size <= 1) {
    if (pick(4) == 0) return g.rational(Rational(static_cast<long>(pick(19)) - 9, static_cast<long>(pick(4)) + 1));
    return xs[pick(xs.size())];
  }
  const auto part = [&](int n) { return random_expression(g, random, xs, n); };
  switch (pick(7)) {
    case 0:
    case 1: {
      const Expr u = part(size - 1);
      return expr::call(g, *functions::find(kFunctions[pick(std::size(kFunctions))]), std::span(&u, 1));
    }
    case 2: return expr::power(g, part(size - 2), static_cast<long>(pick(2)) + 2);
    case 3: {
      const Expr squared = expr::power(g, part(size / 2), 2);
      return expr::divide(g, part(size / 2), expr::add(g, expr::integer(g, 1), squared));
    }
    case 4: {
      const int third = size / 3;
      return expr::select(g, expr::compare(g, expr::Relation::less, xs[pick(xs.size())], part(1)), part(third),
                          part(third));
    }
    default: {
      const Expr parts[] = {part(size / 2), part(size / 2)};
      // Bounded, so that values stay of a size.
      const Expr u = pick(2) == 0 ? expr::sum(g, parts) : expr::product(g, parts);
      return u;
    }
  }
}

bool agree(const Ball& a, const Ball& b) { return a.overlaps(b); }

TEST_CASE("Gradients backward, forward and by jets agree to 50 digits", "[gradient]") {
  const int seed = GENERATE(range(0, 60));
  std::mt19937 random(static_cast<unsigned>(seed));
  Graph g(&calc::kRules);
  base::Budget budget;
  eval::Evaluator in(g, budget);
  std::vector<Expr> xs;
  for (int i = 0; i < kVariables; ++i) xs.push_back(g.symbol(std::string(1, static_cast<char>('p' + i))));
  const Expr e = random_expression(g, random, xs, 10 + 3 * seed);
  std::vector<Rational> values;
  for (Expr x : xs) {
    values.emplace_back(static_cast<long>(random() % 41) - 20, 17);
    in.bind(x, values.back());
  }
  const eval::Outcome value = in.evaluate(e, kBits);
  if (value.state != eval::Outcome::State::enclosed || !value.ball.is_finite()) return;  // too large to be told
  const std::vector<Expr> backward = algebra::gradient(g, e, xs, budget);
  for (std::size_t i = 0; i < xs.size(); ++i) {
    CAPTURE(seed, i, expr::print(g, e, expr::Style::plain));
    const eval::Outcome by_sweep = in.evaluate(backward[i], kBits);
    const eval::Outcome by_rules = in.evaluate(algebra::derivative(g, e, xs[i], budget), kBits);
    REQUIRE(by_sweep.state == eval::Outcome::State::enclosed);
    REQUIRE(by_rules.state == eval::Outcome::State::enclosed);
    CHECK(agree(by_sweep.ball, by_rules.ball));
    const eval::PointDerivative jet = eval::derivative_at(in, e, xs[i], g.rational(values[i]), 1, kBits);
    if (jet.outcome.state != eval::Outcome::State::enclosed) continue;  // on a border
    CHECK(agree(jet.outcome.ball, by_rules.ball));
    const bool precise = by_rules.ball.accuracy_bits() > 170 || by_rules.ball.radius() < 1e-50;
    CHECK(precise);
  }
}

// H v against rows of second derivatives, and v·Hv against the series of f along v.
TEST_CASE("Products with the Hessian agree with second derivatives and with jets", "[gradient]") {
  const int seed = GENERATE(range(0, 40));
  std::mt19937 random(static_cast<unsigned>(seed) + 1000);
  Graph g(&calc::kRules);
  base::Budget budget;
  eval::Evaluator in(g, budget);
  std::vector<Expr> xs;
  std::vector<Expr> direction;
  std::vector<Rational> at;
  std::vector<Rational> v;
  for (int i = 0; i < kVariables; ++i) {
    xs.push_back(g.symbol(std::string(1, static_cast<char>('p' + i))));
    direction.push_back(g.symbol(std::string(1, static_cast<char>('a' + i))));
    at.emplace_back(static_cast<long>(random() % 41) - 20, 17);
    v.emplace_back(static_cast<long>(random() % 19) - 9, 7);
    in.bind(xs.back(), at.back());
    in.bind(direction.back(), v.back());
  }
  const Expr e = random_expression(g, random, xs, 8 + 2 * seed);
  CAPTURE(seed, expr::print(g, e, expr::Style::plain));
  const std::vector<Expr> gradient = algebra::gradient(g, e, xs, budget);
  const std::vector<Expr> product = algebra::hessian_product(g, e, xs, direction, budget);
  REQUIRE(product.size() == xs.size());
  Expr quadratic = expr::integer(g, 0);
  for (std::size_t i = 0; i < xs.size(); ++i) {
    Expr row = expr::integer(g, 0);
    for (std::size_t j = 0; j < xs.size(); ++j) {
      row = expr::add(g, row, expr::multiply(g, algebra::derivative(g, gradient[i], xs[j], budget), direction[j]));
    }
    const eval::Outcome by_sweep = in.evaluate(product[i], kBits);
    const eval::Outcome by_rows = in.evaluate(row, kBits);
    if (by_rows.state != eval::Outcome::State::enclosed || !by_rows.ball.is_finite()) return;
    REQUIRE(by_sweep.state == eval::Outcome::State::enclosed);
    CHECK(agree(by_sweep.ball, by_rows.ball));
    CHECK((by_sweep.ball.accuracy_bits() > 150 || by_sweep.ball.radius() < 1e-40));
    quadratic = expr::add(g, quadratic, expr::multiply(g, direction[i], product[i]));
  }
  const Expr t = g.symbol("t");
  std::vector<expr::Replacement> line;
  for (std::size_t i = 0; i < xs.size(); ++i) {
    line.push_back({xs[i], expr::add(g, g.rational(at[i]), expr::multiply(g, g.rational(v[i]), t))});
  }
  const number::Series series = eval::jet(in, expr::substitute(g, e, line), t, Ball(Rational(0), kBits), 3, kBits);
  const Ball second = number::mul(series.coefficient(2), Ball(Rational(2), kBits), kBits);
  const eval::Outcome whole = in.evaluate(quadratic, kBits);
  if (second.is_finite()) CHECK(agree(whole.ball, second));  // not on a border
}

TEST_CASE("A product with the Hessian is a few times as long as the gradient", "[gradient]") {
  Graph g(&calc::kRules);
  base::Budget budget;
  std::vector<Expr> xs;
  std::vector<Expr> direction;
  std::vector<Expr> terms;
  for (int i = 0; i < 300; ++i) {
    xs.push_back(g.symbol("x" + std::to_string(i)));
    direction.push_back(g.symbol("v" + std::to_string(i)));
    if (i == 0) continue;
    const Expr a = expr::subtract(g, xs.back(), expr::power(g, xs[xs.size() - 2], 2));
    terms.push_back(expr::multiply(g, expr::integer(g, 100), expr::power(g, a, 2)));
  }
  const Expr e = expr::sum(g, terms);
  const auto size = [&g](const std::vector<Expr>& roots) { return expr::reachable(g, roots).size(); };
  const std::size_t gradient = size(algebra::gradient(g, e, xs, budget));
  CHECK(size(algebra::hessian_product(g, e, xs, direction, budget)) < 5 * gradient);
}

}  // namespace
