// Derivatives as they are shown, with their conditions, against derivatives at points.
#include "calc/elaborate/kink_conditions.h"

#include <random>

#include "asking.h"
#include "expr/rewrite.h"

using namespace nabla;
using eval::Outcome;
using expr::Expr;
using number::Rational;

namespace {

struct Random {
  std::mt19937_64 source{77};
  unsigned pick(unsigned n) { return static_cast<unsigned>(source() % n); }

  // Made of pieces that meet at integers and halves.
  std::string body(int depth) {
    if (depth == 0) {
      const char* leaves[] = {"x", "x^2", "(x - 1)", "(2x + 1)", "2", "x^3"};
      return leaves[pick(6)];
    }
    const std::string a = body(depth - 1);
    const std::string b = body(depth - 1);
    switch (pick(9)) {
      case 0: return "|" + a + "|";
      case 1: return "max(" + a + ", " + b + ")";
      case 2: return "floor(" + a + ")";
      case 3: return "sign(" + a + ")";
      case 4: return "if(x == " + std::to_string(pick(3)) + ", " + a + ", " + b + ")";
      case 5: return "if(x < 1, " + a + ", " + b + ")";
      case 6: return "(" + a + ") * (" + b + ")";
      case 7: return "(" + a + " + " + b + ")";
      default: return "if(x^2 <= 1/4, " + a + ", " + b + ")";
    }
  }
};

}  // namespace

TEST_CASE("a derivative that is shown has, under its conditions, the derivative's values and no others", "[calc]") {
  Random some;
  int compared = 0;
  int with_conditions = 0;
  for (int round = 0; round < 150; ++round) {
    test::Asking ask;
    const std::string body = some.body(1 + round % 3);
    const Expr value = ask.value("diff(" + body + ", x)").scalar();
    expr::Graph& g = ask.graph();
    if (g.is_constant(value)) continue;
    const algebra::Simplified simple = algebra::simplify(g, value, ask.budget());
    std::vector<Expr> conditions = calc::kink_conditions(ask.in(), value, simple.expression);
    with_conditions += conditions.empty() ? 0 : 1;
    conditions.insert(conditions.end(), simple.conditions.begin(), simple.conditions.end());
    eval::Evaluator& in = ask.in().evaluator();
    for (long i = -12; i <= 12; ++i) {
      const expr::Replacement put{g.symbol("x"), g.rational(Rational(i, 4))};
      const auto at = [&](Expr e) { return in.evaluate(expr::substitute(g, e, std::span(&put, 1)), 128); };
      bool holds = true;
      for (Expr c : conditions) {
        const Outcome o = at(c);
        holds = holds && o.exact && !o.exact->is_zero();
      }
      if (!holds) continue;
      const Outcome a = at(value);
      const Outcome b = at(simple.expression);
      INFO(body << " is " << expr::print(g, simple.expression, expr::Style::plain) << " at " << i << "/4");
      CHECK((a.state == Outcome::State::undefined) == (b.state == Outcome::State::undefined));
      if (a.state != Outcome::State::enclosed || b.state != Outcome::State::enclosed) continue;
      ++compared;
      CHECK(a.ball.overlaps(b.ball));
    }
  }
  CHECK(compared > 1000);
  CHECK(with_conditions > 30);
}

TEST_CASE("conditions of derivatives are told where they are needed, and only there", "[calc]") {
  const auto conditions = [](const char* body) {
    test::Asking ask;
    const Expr value = ask.value(std::string("diff(") + body + ", x)").scalar();
    const algebra::Simplified simple = algebra::simplify(ask.graph(), value, ask.budget());
    std::string all;
    for (Expr c : calc::kink_conditions(ask.in(), value, simple.expression)) {
      all += (all.empty() ? "" : ", ") + expr::print(ask.graph(), c, expr::Style::plain);
    }
    return all;
  };
  CHECK(conditions("|x|") == "x != 0");
  CHECK(conditions("x > 0 ? x : -x") == "x != 0");
  CHECK(conditions("if(x == 0, 0, x)") == "x != 0");
  CHECK(conditions("max(x, 2)") == "x != 2");
  CHECK(conditions("|x y|") == "x*y != 0");
  CHECK(conditions("floor(x)") == "x - floor(x) != 0");
  CHECK(conditions("x |x|").empty());
  CHECK(conditions("|x|^3 y").empty());
  CHECK(conditions("if(x < 0, x^2, x^3)").empty());
  CHECK(conditions("|x^2 + 1|").empty());
}
