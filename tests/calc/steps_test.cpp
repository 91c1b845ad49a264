#include "calc/steps/steps.h"

#include <algorithm>
#include <cmath>

#include "../algebra/double_value.h"
#include "asking.h"
#include "base/error.h"

namespace {

using namespace nabla;
using calc::Derivation;
using calc::DerivationLine;
using expr::Style;

const char* const kFormulas[] = {
    "x^2*sin(x)",
    "x^2*e^x*sin(x)",
    "e^x*ln(x)*sin(x)*cos(x)",
    "sin(x^2)/(1 + x)",
    "1/(x^2 + 1)",
    "1/(x*sin(x))",
    "3*x^2 + 2*x - 7",
    "-sin(x)",
    "x^x",
    "(1 + x)^sin(x)",
    "log(x, 3)",
    "log(x^2 + 1, 3)",
    "2^(3*x)",
    "10^x",
    "sqrt(1 + sqrt(x))",
    "x/sqrt(1 + x^2)",
    "(2*x + 1)^5",
    "x^(2/3)*(x - 4)",
    "abs(x - 1)",
    "sin(cos(tan(x)))",
    "atan2(x^2, x + 1)",
    "if(x < 1/2, x^2, sin(x))",
    "ln(x)^2/x^3",
    "y*x^2*z - 1/2",
    "u*x^2 + v*sin(u*x)",
    "sum(x^k, k, 1, 4)",
    "e^(-x^2/2)",
    "cosh(x)^2*asin(x/2)",
};

Derivation derived(test::Asking& ask, const std::string& question, Style style = Style::plain) {
  return calc::derivation(ask.in(), ask.term(question), style);
}

std::vector<std::string> split(std::string_view text, std::string_view at) {
  std::vector<std::string> parts;
  for (std::size_t i = text.find(at); i != std::string_view::npos; i = text.find(at)) {
    parts.emplace_back(text.substr(0, i));
    text.remove_prefix(i + at.size());
  }
  parts.emplace_back(text);
  return parts;
}

double at_point(test::Asking& ask, const std::string& text) {
  const expr::Expr e = algebra::written_out(ask.graph(), ask.value(text).scalar(), ask.budget());
  return double_value(ask.graph(), e,
                      {{"x", 0.7}, {"y", 1.3}, {"z", -0.4}, {"u", 0.9}, {"v", 1.7}, {"w", 0.3}, {"k", 2}});
}

// Each line "u' = d/dx E = A = B", continued by "= C", as its equal parts.
std::vector<std::vector<std::string>> equations(const Derivation& d) {
  std::vector<std::vector<std::string>> found;
  for (const DerivationLine& line : d.lines) {
    if (!line.number.empty()) continue;
    std::string text = line.text;
    const std::size_t start = text.find_first_not_of(' ');
    if (text.substr(start, 2) == "= ") {
      found.back().push_back(text.substr(start + 2));
      continue;
    }
    for (const std::string_view label : {"d/dx", "d/dy", "d/dz"}) {
      if (const std::size_t i = text.find(label); i != std::string::npos) text.erase(0, i);
    }
    found.push_back(split(text, " = "));
  }
  return found;
}

}  // namespace

TEST_CASE("a derivation ends in the derivative", "[calc]") {
  for (const char* f : kFormulas) {
    test::Asking ask;
    const std::string question = "diff(" + std::string(f) + ", x)";
    INFO(question);
    const std::string answer = ask.shown(question);
    for (const Style style : {Style::plain, Style::unicode}) {
      const Derivation d = derived(ask, question, style);
      REQUIRE_FALSE(d.lines.empty());
      const std::string shown = expr::print(ask.graph(), ask.simplified(question), style);
      CHECK(d.lines.back().text.ends_with("= " + shown));
    }
    CHECK(derived(ask, question).lines.back().text.ends_with("= " + answer));
  }
}

TEST_CASE("every line of a derivation is true", "[calc]") {
  for (const char* f : kFormulas) {
    test::Asking ask;
    const Derivation d = derived(ask, "diff(" + std::string(f) + ", x)");
    for (const std::vector<std::string>& parts : equations(d)) {
      REQUIRE(parts.size() >= 2);
      const double first = at_point(ask, parts[0]);
      for (std::size_t i = 1; i < parts.size(); ++i) {
        INFO(f << ": " << parts[0] << " = " << parts[i]);
        CHECK(at_point(ask, parts[i]) == Approx(first).epsilon(1e-9));
      }
    }
  }
}

TEST_CASE("steps are numbered one after another and one deeper inside", "[calc]") {
  for (const char* f : kFormulas) {
    test::Asking ask;
    INFO(f);
    std::vector<int> counts;
    for (const DerivationLine& line : derived(ask, "diff(" + std::string(f) + ", x)").lines) {
      if (line.number.empty()) continue;
      const std::vector<std::string> parts = split(line.number, ".");
      REQUIRE(parts.size() == static_cast<std::size_t>(line.depth) + 1);
      REQUIRE(parts.size() <= counts.size() + 1);
      counts.resize(parts.size(), 0);
      CHECK(std::stoi(parts.back()) == ++counts.back());
      for (std::size_t i = 0; i + 1 < parts.size(); ++i) CHECK(std::stoi(parts[i]) == counts[i]);
    }
  }
}

TEST_CASE("rules are named with their formulas, in letters that are free", "[calc]") {
  test::Asking ask;
  const auto first = [&](const std::string& question) { return derived(ask, question).lines.front().text; };
  CHECK(first("diff(x^2*sin(x), x)") == "product rule: (u*v)' = u'*v + u*v' with u = x^2, v = sin(x)");
  CHECK(first("diff(u^2*sin(u), u)") == "product rule: (v*w)' = v'*w + v*w' with v = u^2, w = sin(u)");
  CHECK(first("diff(sin(x)/x, x)") == "quotient rule: (u/v)' = (u'*v - u*v')/v^2 with u = sin(x), v = x");
  CHECK(first("diff(sqrt(x + 1), x)") == "chain rule: (sqrt(u))' = u'/(2*sqrt(u)) with u = x + 1");
  CHECK(first("diff(ln(x^2), x)") == "chain rule: (ln(u))' = u'/u with u = x^2");
  CHECK(first("diff(x^n, x)") == "power rule: (x^m)' = m*x^(m - 1) with m = n");
  CHECK(first("diff(c*x, x)") == "constant factor: (k*x)' = k with k = c");
  CHECK(derived(ask, "diff(x^2*sin(x), x)", Style::unicode).lines.front().text ==
        "product rule: (u·v)' = u'·v + u·v' with u = x², v = sin(x)");
}

TEST_CASE("higher orders and mixed derivatives are derived one after another", "[calc]") {
  test::Asking ask;
  CHECK(derived(ask, "diff(x^3, x, 3)").lines.back().text.ends_with(" = 6"));
  CHECK(derived(ask, "diff(x^2*y^3, x, y)").lines.back().text.ends_with(" = 6*x*y^2"));
  CHECK(derived(ask, "sin'(x)").lines.back().text == "d/dx sin(x) = cos(x)");
  CHECK(derived(ask, "sin''").lines.back().text == "d/dx cos(x) = -sin(x)");
  CHECK(derived(ask, "d/dx x^2").lines.back().text.ends_with(" = 2*x"));
}

TEST_CASE("the slope of a curve is derived from both partial derivatives", "[calc]") {
  test::Asking ask;
  const Derivation d = derived(ask, "implicit(x^2 + y^2 = 25, y, x)");
  CHECK(d.lines.front().text == "all on one side: F = x^2 + y^2 - 25 is 0 along the curve");
  CHECK(d.lines.back().text == "dy/dx = -F_x/F_y = -x/y");
}

TEST_CASE("what was cancelled on the way is told", "[calc]") {
  test::Asking ask;
  CHECK(derived(ask, "diff(x^2, x)").conditions.empty());
  const Derivation d = derived(ask, "diff(x*sin(x)/(x/x), x)");
  REQUIRE(d.conditions.size() == 1);
  CHECK(expr::print(ask.graph(), d.conditions[0], Style::plain) == "x != 0");
}

TEST_CASE("what is nested too deeply is not written out", "[calc]") {
  test::Asking ask;
  std::string nested = "x";
  for (int i = 0; i < 200; ++i) nested = "sin(" + nested + ")";
  try {
    derived(ask, "diff(" + nested + ", x)");
    CHECK(false);
  } catch (const base::Error& e) {
    CHECK(e.code == base::Code::limit);
  }
}

TEST_CASE("steps refuses what is no derivative of a number", "[calc]") {
  test::Asking ask;
  for (const char* question : {"sin(x)", "diff([x, x^2], x)", "diff(x^2, x, 0)", "diff(x^2, x, 50)", "diff(x^2, 3)",
                               "sin'(2)", "implicit(x^2 = 3, y, x)", "diff(sum(k^2, k, 1, x), x)"}) {
    INFO(question);
    try {
      derived(ask, question);
      CHECK(false);
    } catch (const base::Error& e) {
      CHECK_FALSE(e.span.empty());
    }
  }
}
