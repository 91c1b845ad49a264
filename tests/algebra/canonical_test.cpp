#include "algebra/rational/canonical.h"

#include "judge.h"

namespace nabla::algebra {

using test::Judge;

TEST_CASE("the canonical form is the same function wherever the expression is defined", "[algebra]") {
  Judge judge(61);
  Graph& g = judge.g;
  constexpr std::string_view kNames[] = {"asin", "acos",  "atan", "asinh", "acosh", "atanh", "gamma", "log2",
                                         "ln",   "floor", "cbrt", "relu",  "exp",   "abs",   "sqrt",  "sin",
                                         "cos",  "tan",   "sinh", "cosh",  "tanh",  "sec",   "csc",   "coth"};
  int compared = 0;
  for (int round = 0; round < 600; ++round) {
    Expr e = judge.formula(1 + round % 3);
    const auto name = kNames[static_cast<std::size_t>(round) % std::size(kNames)];
    e = judge.call(name, e);
    if (round % 2 == 0) e = expr::multiply(g, e, judge.call(kNames[judge.below(std::ssize(kNames))], judge.formula(2)));
    if (round % 5 == 0) e = judge.call("ln", expr::multiply(g, e, judge.formula(1)));
    try {
      Canonical canonical(g, judge.budget);
      const Expr form = canonical.rewrite(e);
      for (int i = 0; i < 8; ++i) {
        judge.move();
        const Judge::Value before = judge.value(e);
        if (before.found != Judge::Found::value) continue;
        ++compared;
        const Judge::Value after = judge.value(form);
        INFO(judge.text(e) << " as " << judge.text(form) << " at " << judge.point());
        CHECK(after.found != Judge::Found::none);
        if (after.found == Judge::Found::value) CHECK(before.ball.overlaps(after.ball));
      }
    } catch (const TooLarge&) {
    }
  }
  CHECK(compared > 1000);
}

TEST_CASE("what is supposed of signs is used, and only of what it was said", "[algebra]") {
  Judge judge(62);
  const auto form = [&](const char* text, const char* nonnegative) {
    Canonical canonical(judge.g, judge.budget);
    if (*nonnegative != 0) canonical.suppose_nonnegative(canonical.rewrite(judge.read(nonnegative)));
    return canonical.rewrite(judge.read(text));
  };
  CHECK(form("abs(x)", "x") == judge.read("x"));
  CHECK(form("abs(x)", "y") == judge.read("abs(x)"));
  CHECK(form("abs(x)", "") == judge.read("abs(x)"));
  CHECK(form("abs(x - 1)", "x - 1") == form("x - 1", ""));
  CHECK(form("abs(x - 1)", "1 - x") == form("1 - x", ""));
  CHECK(form("sqrt(x^2*y^2)", "x") == form("x*abs(y)", ""));
  CHECK(form("abs(x*y)", "x*y") == form("abs(x)*abs(y)", ""));
}

TEST_CASE("a sum that is defined says what is not negative in it", "[algebra]") {
  Judge judge(63);
  Canonical canonical(judge.g, judge.budget);
  const Expr e = judge.read("ln(x) + sqrt(y)");
  canonical.suppose_defined(e);
  CHECK(canonical.rewrite(judge.read("abs(x)")) == judge.read("x"));
  CHECK(canonical.rewrite(judge.read("abs(y)")) == judge.read("y"));
  CHECK(canonical.rewrite(judge.read("abs(z)")) == judge.read("abs(z)"));
}

}  // namespace nabla::algebra
