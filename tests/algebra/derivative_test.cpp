#include "algebra/derivative/derivative.h"

#include <random>

#include "algebra/derivative/derivative_node.h"
#include "algebra/derivative/gradient.h"
#include "algebra/reading.h"
#include "base/error.h"
#include "calc/graph_rules.h"
#include "expr/write/print.h"

namespace {

using namespace nabla;
using expr::Expr;
using expr::Graph;
using expr::Kind;

std::size_t size_of(const Graph& g, Expr e) { return expr::reachable(g, std::span(&e, 1)).size(); }

struct Pair {
  const char* text;
  const char* derivative;
};

TEST_CASE("Rules of differentiation", "[derivative]") {
  const Pair pair = GENERATE(values<Pair>({
      {"x^3", "3x^2"},
      {"7", "0"},
      {"x", "1"},
      {"a x + b", "a"},
      {"sin(x)", "cos(x)"},
      {"x^2 sin(x)", "2x sin(x) + x^2 cos(x)"},
      {"exp(x^2)", "2x exp(x^2)"},
      {"2^x", "2^x ln(2)"},
      {"sin(x)cos(x)exp(x)", "cos(x)cos(x)exp(x) - sin(x)sin(x)exp(x) + sin(x)cos(x)exp(x)"},
      {"if(x < 0, -x, x^2)", "if(x < 0, -1, 2x)"},
      {"abs(x)", "sign(x)"},
      {"1/x", "-x^-2"},
  }));
  Graph g(&calc::kRules);
  base::Budget budget;
  const Expr d = algebra::derivative(g, read(g, pair.text), g.symbol("x"), budget);
  CAPTURE(pair.text, expr::print(g, d, expr::Style::plain));
  CHECK(d == read(g, pair.derivative));
}

TEST_CASE("Derivatives stay linear in size", "[derivative]") {
  Graph g(&calc::kRules);
  base::Budget budget;
  const Expr x = g.symbol("x");
  SECTION("through a thousand levels of the chain rule") {
    Expr e = x;
    for (int i = 0; i < 1000; ++i) e = expr::call(g, *functions::find("sin"), std::span(&e, 1));
    const Expr d = algebra::derivative(g, e, x, budget);
    CHECK(size_of(g, d) < 4 * size_of(g, e));
  }
  SECTION("of a product of a thousand factors") {
    std::vector<Expr> factors;
    for (long k = 1; k <= 1000; ++k) {
      const Expr u = expr::multiply(g, expr::integer(g, k), x);
      factors.push_back(expr::call(g, *functions::find("sin"), std::span(&u, 1)));
    }
    const Expr e = expr::product(g, factors);
    const Expr d = algebra::derivative(g, e, x, budget);
    CHECK(size_of(g, d) < 5 * size_of(g, e));
  }
}

TEST_CASE("A gradient costs a few times its function, whatever the number of variables", "[derivative]") {
  Graph g(&calc::kRules);
  base::Budget budget;
  constexpr int kVariables = 100;
  std::vector<Expr> xs;
  for (int i = 0; i < kVariables; ++i) xs.push_back(g.symbol("x" + std::to_string(i)));
  std::minstd_rand random(1);
  std::vector<Expr> terms;
  for (int i = 0; i < 10'000; ++i) {
    const auto pick = [&] { return xs[static_cast<std::size_t>(random() % kVariables)]; };
    const Expr factors[] = {expr::integer(g, i % 9 + 1), pick(), pick(), pick()};
    terms.push_back(expr::product(g, factors));
  }
  const Expr f = expr::sum(g, terms);
  std::vector<Expr> roots = algebra::gradient(g, f, xs, budget);
  REQUIRE(roots.size() == kVariables);
  roots.push_back(f);
  CHECK(expr::reachable(g, roots).size() <= 5 * size_of(g, f));
}

TEST_CASE("A Hessian costs about as many gradients as there are variables", "[derivative]") {
  Graph g(&calc::kRules);
  base::Budget budget;
  constexpr std::size_t kVariables = 12;
  std::vector<Expr> xs;
  for (std::size_t i = 0; i < kVariables; ++i) xs.push_back(g.symbol("x" + std::to_string(i)));
  std::minstd_rand random(2);
  std::vector<Expr> terms;
  for (int i = 0; i < 200; ++i) {
    const auto pick = [&] { return xs[static_cast<std::size_t>(random() % kVariables)]; };
    const Expr inner = expr::multiply(g, pick(), expr::add(g, pick(), expr::integer(g, i)));
    const Expr factors[] = {expr::call(g, *functions::find(i % 2 == 0 ? "sin" : "exp"), std::span(&inner, 1)), pick()};
    terms.push_back(expr::product(g, factors));
  }
  const Expr f = expr::sum(g, terms);
  std::vector<Expr> roots = algebra::gradient(g, f, xs, budget);
  const std::size_t gradient = expr::reachable(g, roots).size();
  CHECK(gradient <= 5 * size_of(g, f));
  const std::vector<Expr> first = roots;
  for (std::size_t i = 0; i < kVariables; ++i) {
    const std::vector<Expr> row = algebra::gradient(g, first[i], std::span(xs).subspan(i), budget);
    roots.insert(roots.end(), row.begin(), row.end());
  }
  CHECK(expr::reachable(g, roots).size() <= kVariables * gradient);
}

TEST_CASE("The backward sweep keeps to the branch taken", "[derivative]") {
  Graph g(&calc::kRules);
  base::Budget budget;
  const Expr xs[] = {g.symbol("x"), g.symbol("y")};
  const std::vector<Expr> d = algebra::gradient(g, read(g, "y if(x > 0, ln(x), x)"), xs, budget);
  CHECK(d[0] == read(g, "y if(x > 0, 1/x, 1)"));
  CHECK(d[1] == read(g, "if(x > 0, ln(x), x)"));
}

TEST_CASE("A recursive function has a recursive derivative", "[derivative]") {
  Graph g(&calc::kRules);
  base::Budget budget;
  expr::Recursive& fact = g.make_recursive();
  fact.name = "fact";
  fact.arity = 1;
  const Expr n = g.parameter(0);
  const Expr below = expr::subtract(g, n, expr::integer(g, 1));
  fact.body = expr::select(g, expr::compare(g, expr::Relation::less_equal, n, expr::integer(g, 1)), expr::integer(g, 1),
                           expr::multiply(g, n, expr::apply(g, fact, std::span(&below, 1))));
  const Expr x = g.symbol("x");
  const Expr d = algebra::derivative(g, expr::apply(g, fact, std::span(&x, 1)), x, budget);
  REQUIRE(g.kind(d) == Kind::apply);
  CHECK(g.recursive(d).name == "fact'");
  CHECK(expr::print(g, g.recursive(d).body, expr::Style::plain).find("fact'(") != std::string::npos);
}

TEST_CASE("Derivatives that a formula does not tell everywhere are kept as what they are", "[derivative]") {
  Graph g(&calc::kRules);
  base::Budget budget;
  const Expr x = g.symbol("x");
  const auto kept = [&](const char* text, long order = 1) {
    return algebra::is_derivative(g, algebra::derivative_at(g, read(g, text), x, order, x, budget));
  };
  CHECK_FALSE(kept("x^3 sin(x)"));
  CHECK_FALSE(kept("exp(-x^2)/(1 + x^2)", 2));
  CHECK(kept("abs(x)"));
  CHECK(kept("sqrt(x)"));
  CHECK(kept("ln(x)"));
  CHECK(kept("if(x < 0, 0, x^2)"));
  CHECK(kept("zeta(x)"));
  const Expr node = algebra::derivative_at(g, read(g, "ln(x)"), x, 2, x, budget);
  CHECK(algebra::written_out(g, node, budget) == read(g, "-x^-2"));
  const Expr third = algebra::derivative(g, node, x, budget);
  CHECK(algebra::written_out(g, third, budget) == read(g, "2x^-3"));
}

TEST_CASE("Where a function is not defined it has no derivative by other variables either", "[derivative]") {
  Graph g(&calc::kRules);
  base::Budget budget;
  const Expr x = g.symbol("x");
  const auto derivative = [&](const char* text) { return algebra::derivative_at(g, read(g, text), x, 1, x, budget); };
  CHECK(derivative("y^2 + 3") == read(g, "0"));
  CHECK(derivative("ln(y)") == read(g, "0 ln(y)"));
  CHECK(derivative("asin(4)") == read(g, "0 asin(4)"));
}

TEST_CASE("The fast form of a derivative has no value where the function has none", "[derivative]") {
  Graph g(&calc::kRules);
  base::Budget budget;
  const Expr x = g.symbol("x");
  const Expr node = algebra::derivative_at(g, read(g, "ln(x)"), x, 1, x, budget);
  CHECK(algebra::fast_form(g, node, budget) == read(g, "1/x + 0 ln(x)"));
  const Expr pieces = algebra::derivative_at(g, read(g, "abs(x)"), x, 1, x, budget);
  CHECK(algebra::fast_form(g, pieces, budget) == pieces);
}

TEST_CASE("Where there is no rule, an error says so", "[derivative]") {
  Graph g(&calc::kRules);
  base::Budget budget;
  try {
    algebra::derivative(g, read(g, "besselj(x, 2)"), g.symbol("x"), budget);
    FAIL("no error");
  } catch (const base::Error& e) {
    CHECK(e.code == base::Code::argument);
    CHECK(e.message.find("besselj") != std::string::npos);
  }
}

}  // namespace
