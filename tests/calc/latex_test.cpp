#include <algorithm>

#include "asking.h"

using namespace nabla;

namespace {

// Braces and \left … \right in pairs, and nothing that LaTeX would take for something else.
void check_latex(const std::string& text) {
  INFO(text);
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
      continue;
    }
    if (text[i] == '{') ++depth;
    if (text[i] == '}') --depth;
    REQUIRE(depth >= 0);
    CHECK(text[i] != '#');
    CHECK(text[i] != '%');
  }
  CHECK(depth == 0);
  const auto count = [&](std::string_view word) {
    std::size_t found = 0;
    for (std::size_t i = text.find(word); i != std::string::npos; i = text.find(word, i + 1)) ++found;
    return found;
  };
  CHECK(count("\\left") - count("\\leftarrow") == count("\\right") - count("\\rightarrow"));
  CHECK(count("\\begin") == count("\\end"));
}

}  // namespace

TEST_CASE("formulas are balanced LaTeX", "[calc]") {
  for (const char* question :
       {"diff(x^2*sin(x)/(1 + x^2), x)", "diff(x^x, x, 2)", "diff(sqrt(1 + sqrt(x)), x)", "diff(abs(x)^3, x)",
        "diff(if(x < 0, x^2, x^3), x)", "diff(zeta(x^2), x)", "hessian(x^3*y^2, [x, y])", "sum(k^2*x^k, k, 1, n)",
        "prod(x + k, k, 1, n)", "numdiff(x^2*y, x, 1, central, h)", "x < 1 and not (y > 2)", "alpha_1*x₂ + x_max",
        "log(x, 3) + root(x, 5) + cbrt(x)", "floor(x)*ceil(y)!", "double(x + 0.1)", "e^(-x^2/2)/sqrt(2*pi)"}) {
    test::Asking ask;
    INFO(question);
    check_latex(expr::latex(ask.graph(), ask.simplified(question)));
  }
}

TEST_CASE("named derivatives carry a prime", "[calc]") {
  test::Asking ask;
  CHECK(expr::latex(ask.graph(), ask.simplified("diff(zeta(x), x)")) == "\\zeta'\\left(x\\right)");
}

TEST_CASE("sums and products have their bounds below and above", "[calc]") {
  const auto latex = [](const char* question) {
    test::Asking ask;
    return expr::latex(ask.graph(), ask.value(question));
  };
  CHECK(latex("sum(x^k, k, 2, n)") == "\\sum_{k=2}^{n} x^{k}");
  CHECK(latex("prod(x^k, k, 2, n)") == "\\prod_{k=2}^{n} x^{k}");
}
