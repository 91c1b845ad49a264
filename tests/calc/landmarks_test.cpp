#include "calc/landmarks/landmarks.h"

#include "asking.h"
#include "calc/landmarks/turning_points.h"

using namespace nabla;

namespace {

struct Line {
  test::Asking ask;
  expr::Expr x = ask.graph().symbol("x");
  expr::Expr f(std::string_view text) { return ask.value(text).scalar(); }
  calc::Zeros zeros(std::string_view text, long lo, long hi) {
    return calc::zeros(ask.in().evaluator(), f(text), x, lo, hi);
  }
  calc::Landmarks landmarks(std::string_view text, long lo, long hi) {
    return calc::landmarks(ask.in().evaluator(), f(text), x, lo, hi);
  }
  calc::Turns turns(std::string_view text, long lo, long hi) {
    eval::Evaluator& in = ask.in().evaluator();
    const auto at = [&](long n) { return *calc::place_of(in, expr::integer(ask.graph(), n)); };
    return calc::turns(in, f(text), x, at(lo), at(hi));
  }
};

}  // namespace

TEST_CASE("every planted zero is found, and no other", "[calc]") {
  Line line;
  const struct {
    const char* text;
    std::size_t count;
  } cases[] = {
      {"(x - 1)^3*(x + 2)*(x^2 + 1)", 2},
      {"sin(1500*x)", 4775},
      {"1 - cos(x)", 1},
      {"e^x - 2", 1},
      {"tan(x) - 1", 3},
      {"1/x", 0},
      {"x*e^x - 1", 1},
      {"sin(x)/x", 2},
      {"x^5 - x - 1", 1},
      {"|x| - 1", 2},
      {"sqrt(x)*(x - 2)", 2},
      {"(x^2 - 1)/(x - 1)", 1},
      {"x - cos(x)", 1},
      {"if(x < 0, x + 1, x - 2)", 2},
      {"x + 5*sin(3*x)", 9},
  };
  for (const auto& c : cases) {
    const calc::Zeros z = line.zeros(c.text, -5, 5);
    INFO(c.text);
    CHECK(z.complete());
    CHECK(z.found.size() == c.count);
    for (std::size_t i = 1; i < z.found.size(); ++i) CHECK(z.found[i - 1].hi < z.found[i].lo);
  }
}

TEST_CASE("a jump over zero is no zero", "[calc]") {
  Line line;
  CHECK(line.zeros("if(x < 0, x - 1, x + 1)", -1, 1).found.empty());
  CHECK(line.zeros("floor(x) + 1/2", -3, 3).found.empty());
}

TEST_CASE("where the search cannot decide, it says so", "[calc]") {
  Line line;
  const calc::Zeros z = line.zeros("sin(1/x)", -1, 1);
  CHECK(!z.complete());
}

TEST_CASE("places at which a function may stop being analytic", "[calc]") {
  Line line;
  const auto count = [&](const char* text) {
    const calc::Landmarks found = line.landmarks(text, -4, 4);
    INFO(text);
    CHECK(found.complete());
    return found.found.size();
  };
  CHECK(count("x^2 + sin(x)") == 0);
  CHECK(count("1/(x^2 - 2)") == 2);
  CHECK(count("ln(x) + |x - 1|") == 2);
  CHECK(count("tan(x)") == 2);
  CHECK(count("floor(x)") == 9);
  CHECK(count("if(x < 1, x, x^2)") == 1);
}

TEST_CASE("turning points are complete or say that they are not", "[calc]") {
  Line line;
  const auto count = [&](const char* text, calc::TurnKind kind) {
    const calc::Turns t = line.turns(text, -1, 1);
    INFO(text);
    CHECK(t.complete);
    return std::ranges::count(t.found, kind, &calc::Turn::kind);
  };
  using enum calc::TurnKind;
  CHECK(count("exp(-1e12*(x - 0.3)^2)", maximum) == 1);
  CHECK(count("exp(-1e6*(x - 0.3)^2)", inflection) == 2);
  CHECK(count("|x|", minimum) == 1);
  CHECK(count("if(x == 0.5, 2, 1)", maximum) == 1);
  CHECK(count("floor(x)", minimum) == 0);
  CHECK(count("sin(100*x)", maximum) == 32);
  CHECK(count("max(x, 0)", plateau) == 1);
}
