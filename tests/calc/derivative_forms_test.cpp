#include "asking.h"
#include "eval/jets/jet.h"

using namespace nabla;

TEST_CASE("a formula that grows beyond all measure is refused with its limit, its value at a point is found",
          "[calc]") {
  test::Asking ask;
  const std::string refused = [&] {
    try {
      ask.shown("diff(exp(sin(x^2))*ln(x)/(1 + x^2), x, 40)");
    } catch (const base::Error& e) {
      return e.message + "; " + e.hint;
    }
    return std::string();
  }();
  CHECK(refused ==
        "the formula of this derivative has more than 10000 parts and is not written out; ask for its value at a "
        "point: diff(E, x, 40) at x = 1");
  const expr::Expr value = ask.value("diff(exp(sin(x^2))*ln(x)/(1 + x^2), x, 40) at x = 1").scalar();
  CHECK(ask.in().number(value, 12).decimal.text == "-2.65233542017e48");
}

TEST_CASE("a large gradient keeps to the domain of its function", "[calc]") {
  test::Asking ask;
  const std::string many =
      "sum(sin(k*x*y), k, 1, 20)*sum(cos(k*x + y), k, 1, 20)*sum(exp(x/k - y), k, 1, 20)*sum(atan(k*y), k, 1, "
      "20)*sum(sin(k*x - y)*x*k, k, 1, 20)*sum(cos(x^2 + k*y*x), k, 1, 20)";
  const expr::Value gradient = ask.value("grad(" + many + " + y*ln(x), [x, y]) at x = -1, y = 1");
  for (expr::Expr e : gradient.elements) {
    CHECK(ask.in().evaluator().evaluate(e, 128).state == eval::Outcome::State::undefined);
  }
}

TEST_CASE("what a derivative is asked by is told when it is wrong", "[calc]") {
  test::Asking ask;
  CHECK(ask.error("diff(x^2, x, -1)") == "the order of a derivative must be an integer from 0 to 100");
  CHECK(ask.error("diff(x^2, x, 1/2)") == "the order of a derivative must be an integer");
  CHECK(ask.error("diff(x^2, 3)") == "diff needs the name of a variable here");
  CHECK(ask.error("directional(x*y, [x, y], 3)") == "the direction must be a vector, not a number");
  CHECK(ask.error("directional(x*y, [x, y], [0, 0])") == "the zero vector has no direction");
  CHECK(ask.error("curvature([t^2, t^3], t, 0)") == "the curve stands still at this point: it has no curvature there");
  CHECK(ask.error("grad([x, y], [x, y])") == "grad needs a number here, not a vector of 2 numbers");
  CHECK(ask.error("implicit(x*y < 1, y, x)") == "implicit needs an equation, not another condition");
  CHECK(ask.error("diff(x^2, x, true)") == "true is a truth value, not a variable");
  CHECK(ask.error("grad(atan2, [u, v, w])") == "atan2 has 2 parameters (y, x), which these variables do not fit");
  CHECK(ask.shown("diff(sin, t)") == "cos(t)");
}
