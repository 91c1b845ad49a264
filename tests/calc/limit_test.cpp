#include <utility>

#include "asking.h"
#include "base/error.h"

using namespace nabla;

namespace {

// "undefined (left, right)", "undecided", or the value as it is shown.
std::string outcome(const std::string& question) {
  test::Asking ask;
  try {
    return ask.shown(question);
  } catch (const base::Error& e) {
    if (e.code == base::Code::undecided) return "undecided";
    if (e.code != base::Code::undefined) return e.message;
    if (!e.left.empty()) return "left " + e.left + ", right " + e.right;
    return e.message;
  }
}

void check_same(const std::string& question, const std::string& value) {
  test::Asking ask;
  INFO(question);
  CHECK(ask.same(question, value));
}

}  // namespace

TEST_CASE("a limit from the left is that of the mirrored function from the right", "[calc]") {
  for (const std::string e : {"sin(u)/u", "floor(u + 1/2)", "sqrt(1 + u)/(2 + u)", "(e^u - 1)/u", "atan(1/u)"}) {
    const auto at = [&](std::string_view u) {
      std::string text = e;
      for (std::size_t i; (i = text.find('u')) != std::string::npos;) text.replace(i, 1, u);
      return text;
    };
    test::Asking ask;
    INFO(e);
    CHECK(ask.same("limit(" + at("x") + ", x, 0, left)", "limit(" + at("(-x)") + ", x, 0, right)"));
  }
}

TEST_CASE("the difference quotient tends to the derivative", "[calc]") {
  for (const std::string f : {"sin", "exp", "atan", "tanh", "erf", "lambertw", "gamma"}) {
    check_same("limit((" + f + "(x) - " + f + "(1))/(x - 1), x, 1)", "diff(" + f + "(x), x) at x = 1");
  }
}

TEST_CASE("limits known from textbooks and from the mistakes of other programs", "[calc]") {
  const std::pair<const char*, const char*> cases[] = {
      {"limit((tan(x) - x)/x^3, x, 0)", "1/3"},
      {"limit(cos(x)^(1/x^2), x, 0)", "e^(-1/2)"},
      {"limit(x (1 + 1/x)^x - e x, x, inf)", "-e/2"},
      {"limit((1 + 1/x)^(x^2)/e^x, x, inf)", "e^(-1/2)"},
      {"limit(n (-1 + (n + ln(n + 1) + 1)/(n + ln(n))), n, inf)", "1"},
      {"limit(((x + 1)^(1/x) - e)/x, x, 0)", "-e/2"},
      {"limit(tan(x)^2 (1 - sin(x)), x, pi/2)", "1/2"},
      {"limit((x!)^(1/x)/x, x, inf)", "1/e"},
      {"limit(gamma(x + 1/2)/(gamma(x) sqrt(x)), x, inf)", "1"},
      {"limit((2^x + 3^x)^(1/x), x, inf)", "3"},
      {"limit(ln(ln(x))/ln(x), x, inf)", "0"},
      {"limit(e^(-1/x^2)/x^100, x, 0)", "0"},
      {"limit(x^pi ln(x), x, 0)", "0"},
      {"limit((asin(x) - pi/2)/sqrt(1 - x), x, 1)", "-sqrt(2)"},
      {"limit(x (pi/2 - atan(x)), x, inf)", "1"},
      {"limit(floor(x)/x, x, inf)", "1"},
      {"limit((-1)^n/n, n, inf)", "0"},
      {"limit(x sin(1/x), x, 0)", "0"},
      {"limit(tanh(ln(2x)), x, 0)", "-1"},
      {"limit((x - x)^atan(x), x, 0, right)", "0"},
      {"limit(cos(cbrt(x))^(x^cos(1/2)/x), x, 0, right)", "1"},
      {"limit(e^(-x^(-pi)), x, 0, right)", "0"},
  };
  for (const auto& [question, value] : cases) check_same(question, value);
}

TEST_CASE("a limit that does not exist is undefined with both sides, or oscillates", "[calc]") {
  CHECK(outcome("limit(1/x, x, 0)") == "left -inf, right inf");
  CHECK(outcome("limit(abs(x)/x, x, 0)") == "left -1, right 1");
  CHECK(outcome("limit(diff(ln(x), x), x, 0)") == "inf");  // from the right only
  CHECK(outcome("limit(floor(x), x, 3)") == "left 2, right 3");
  CHECK(outcome("limit(if(x > 0, 1, 2), x, 0)") == "left 2, right 1");
  for (const char* e : {"cos(x)", "x sin(x)", "1/(2 + sin(x))", "tan(x)", "e^sin(x)", "sin(x)^2"}) {
    INFO(e);
    CHECK(outcome("limit(" + std::string(e) + ", x, inf)") == "limit does not exist: it oscillates");
  }
}

TEST_CASE("what is not settled is no number and no verdict", "[calc]") {
  CHECK(outcome("limit(sin(pi floor(x)), x, inf)") == "undecided");
  CHECK(outcome("limit(sin(x) - sin(x + 1/x), x, inf)") == "undecided");
  CHECK(outcome("limit(a x, x, 0)") == "undecided");
}

TEST_CASE("in two variables paths refute a limit, and continuity proves one", "[calc]") {
  check_same("limit(e^(x y) + x/(1 + y), [x, y], [1, 2])", "e^2 + 1/3");
  CHECK(outcome("limit(x y/(x^2 + y^2), [x, y], [0, 0])") ==
        "limit does not exist: 0 along x = t, y = 0, but 1/2 along x = t, y = t");
  CHECK(outcome("limit(x^2 y/(x^4 + y^2), [x, y], [0, 0])") ==
        "limit does not exist: 0 along x = t, y = 0, but 1/2 along x = t, y = t^2");
  CHECK(outcome("limit(x^2 y/(x^2 + y^2), [x, y], [0, 0])") == "undecided");
}

TEST_CASE("a Taylor polynomial of a polynomial of its degree is the polynomial", "[calc]") {
  check_same("taylor((x + 1)^3 - x, x, 5, 3)", "(x + 1)^3 - x");
  check_same("taylor((x + 1)^3 - x, x, a, 3)", "(x + 1)^3 - x");
}

TEST_CASE("the derivative of a Taylor polynomial is that of the derivative", "[calc]") {
  for (const std::string e : {"sin(x)", "e^(2x)", "sqrt(1 + 2x)", "tan(x)", "erf(x)", "ln(1 + x)", "gamma(1 + x)"}) {
    check_same("diff(taylor(" + e + ", x, 0, 4), x)", "taylor(diff(" + e + ", x), x, 0, 3)");
  }
}

TEST_CASE("holes, poles, roots and infinity have their series", "[calc]") {
  check_same("taylor(sin(x)/x, x, 0, 4)", "1 - x^2/6 + x^4/120");
  check_same("taylor(1/sin(x), x, 0, 3)", "1/x + x/6 + 7x^3/360");
  check_same("taylor(sqrt(sin(x)), x, 0, 3)", "sqrt(x) - x^(5/2)/12");
  check_same("taylor(atan(x), x, inf, 3)", "pi/2 - 1/x + 1/(3x^3)");
  CHECK(outcome("taylor(abs(x), x, 0, 3)") == "no one series holds on both sides of the point");
  CHECK(outcome("taylor(e^(1/x), x, 0, 2)") == "it is no series in powers: it grows or falls like an exponential");
}
