#include <random>
#include <string>

#include "algebra/double_value.h"
#include "algebra/reading.h"
#include "expr/latex_reader.h"
#include "expr/write/print.h"

namespace nabla::expr {
namespace {

struct Formulas {
  Graph g{&algebra::kRules};
  std::mt19937_64 random{17};
  std::vector<Expr> symbols{g.symbol("x"), g.symbol("y")};

  unsigned pick(unsigned n) { return static_cast<unsigned>(random() % n); }
  Expr number() { return g.rational(Rational(static_cast<long>(pick(11)) - 5, static_cast<long>(pick(3)) + 1)); }

  Expr make(int depth) {
    if (depth == 0) return pick(3) == 0 ? number() : symbols[pick(2)];
    const Expr a = make(depth - 1);
    const auto other = [&] { return make(depth - 1); };
    switch (pick(14)) {
      case 0:
      case 1: return add(g, a, other());
      case 2: return subtract(g, a, other());
      case 3: return negate(g, add(g, a, other()));
      case 4:
      case 5: return multiply(g, a, other());
      case 6: return divide(g, a, other());
      case 7: return power(g, a, static_cast<long>(pick(5)) - 2);
      case 8: return power(g, a, g.rational(Rational(static_cast<long>(pick(5)) + 1, static_cast<long>(pick(3)) + 1)));
      case 9: return called("mod", {a, other()});
      case 10: return called(pick(2) == 0 ? "max" : "log", {a, other()});
      case 11:
        return select(g, compare(g, pick(2) == 0 ? Relation::less : Relation::less_equal, a, other()), other(), a);
      default: {
        constexpr std::string_view kNames[] = {"sin", "cos",  "ln",    "exp",  "abs",  "floor", "ceil",
                                               "log", "log2", "log10", "atan", "sign", "sqrt",  "cbrt"};
        return called(kNames[pick(std::size(kNames))], {a});
      }
    }
  }

  Expr called(std::string_view name, std::vector<Expr> args) { return call(g, *functions::find(name), args); }
};

}  // namespace

TEST_CASE("the LaTeX of a formula, read by somebody else, is the same function", "[latex]") {
  Formulas some;
  int compared = 0;
  for (int round = 0; round < 3000; ++round) {
    const Expr e = some.make(1 + round % 4);
    const std::string text = latex(some.g, e);
    INFO(text);
    INFO(print(some.g, e, Style::plain));
    for (int i = 0; i < 5; ++i) {
      const std::map<std::string, double> at{{"x", some.pick(4000) / 617.0 - 3.1},
                                             {"y", some.pick(4000) / 617.0 - 2.9}};
      const double expected = double_value(some.g, e, at);
      double found = NAN;
      REQUIRE_NOTHROW(found = test::LatexReader(text, at).value());
      // Doubles go on where a part has no value (max(1, ln(0))), each in its way.
      if (!std::isfinite(expected) || !std::isfinite(found) || std::abs(expected) > 1e12) continue;
      // Beside a jump rounding decides; a formula that is read otherwise differs elsewhere too.
      const double beside = double_value(some.g, e, {{"x", at.at("x") + 1e-7}, {"y", at.at("y") + 1e-7}});
      if (!(std::abs(beside - expected) < 1e-2 * (1 + std::abs(expected)))) continue;
      ++compared;
      CHECK(found == Approx(expected).epsilon(1e-6).margin(1e-6));
    }
  }
  CHECK(compared > 5000);
}

TEST_CASE("brackets, bases and superscripts in LaTeX", "[latex]") {
  const auto latex_of = [](const char* text) {
    Graph g(&algebra::kRules);
    return latex(g, read(g, text));
  };
  CHECK(latex_of("-(x+1)") == "-\\left(x + 1\\right)");
  CHECK(latex_of("log(x)") == "\\log_{10}\\left(x\\right)");
  CHECK(latex_of("log(x, 3)^2") == "\\left(\\log_{3}\\left(x\\right)\\right)^{2}");
  CHECK(latex_of("erfinv(x)^2") == "\\left(\\operatorname{erf}^{-1}\\left(x\\right)\\right)^{2}");
  CHECK(latex_of("1 + mod(x, 3)") == "\\left(x \\bmod 3\\right) + 1");
  CHECK(latex_of("mod(x + 1, 3)") == "\\left(x + 1\\right) \\bmod 3");
}

}  // namespace nabla::expr
