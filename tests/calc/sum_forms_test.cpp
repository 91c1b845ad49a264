#include "asking.h"

using namespace nabla;

TEST_CASE("what stands in sums and products is simplified", "[calc]") {
  test::Asking ask;
  CHECK(ask.shown("sum((k + 1)^2 - k^2, k, 1, n)") == "sum(2*k + 1, k, 1, n)");
  CHECK(ask.shown("prod(x*k*x, k, 1, (n^2 - 1)/(n - 1))") == "prod(x^2*k, k, 1, n + 1)");
  CHECK(ask.shown("1 + sum(sum(j*x*j*x/x, j, 1, k), k, 1, n)") == "sum(sum(x*k^2, k, 1, j), j, 1, n) + 1");
  CHECK(ask.shown("diff(sum(sin(k*x)^2, k, 1, n), x)") == "sum(k*sin(2*x*k), k, 1, n)");
}

TEST_CASE("a hole in a sum is not filled where a note cannot say it", "[calc]") {
  test::Asking ask;
  CHECK(ask.shown("sum(k^2/k, k, m, n)") == "sum(k^2/k, k, m, n)");
  const algebra::Simplified s = algebra::simplify(ask.graph(), ask.value("sum(x*k/x, k, 1, n)").scalar(), ask.budget());
  REQUIRE(s.conditions.size() == 1);
  CHECK(expr::print(ask.graph(), s.conditions[0], expr::Style::plain) == "x != 0");
}

TEST_CASE("what is computed in doubles stays as it was written", "[calc]") {
  test::Asking ask;
  CHECK(ask.shown("numdiff(x^3*y/x, x, 1, central)") == "numdiff(y*k^3/k, k, 1, central)");
  CHECK(ask.shown("double((y^2 - 1)/(y - 1))") == "double((y^2 - 1)/(y - 1))");
}
