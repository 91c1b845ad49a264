#include "calc/sum.h"

#include "../eval/build.h"
#include "algebra/algebra.h"
#include "calc/operations.h"

using namespace nabla;
using namespace nabla::expr;

namespace {

struct Sums : test::Workbench {
  Expr k = g.fresh_symbol();
  Expr j = g.fresh_symbol();

  Expr over(const char* name, Expr body, Expr index, Expr a, Expr b) {
    const Expr args[] = {body, a, b};
    const int bodies[] = {0};
    return operation(g, *calc::find_operation(name), args, index, bodies);
  }
  Expr sum(Expr body, Expr a, Expr b) { return over("sum", body, k, a, b); }
  Expr prod(Expr body, Expr a, Expr b) { return over("prod", body, k, a, b); }
};

}  // namespace

TEST_CASE("Sums and products are exact while their terms are") {
  Sums w;
  CHECK(w.number(w.sum(w.k, w.q(1), w.q(100))) == "5050");
  CHECK(w.number(w.sum(power(w.g, w.k, 3), w.q(1), w.q(20))) == "44100");
  CHECK(w.number(w.prod(multiply(w.g, w.q(2), w.k), w.q(1), w.q(6))) == "46080");
  CHECK(w.in.evaluate(w.sum(power(w.g, w.k, -1), w.q(1), w.q(10)), 64).exact == Rational(7381, 2520));
  CHECK(w.number(w.sum(w.k, w.q(3), w.q(2))) == "0");
  CHECK(w.number(w.prod(w.k, w.q(3), w.q(-5))) == "1");
}

TEST_CASE("Long sums are proven") {
  Sums w;
  CHECK(w.number(w.sum(power(w.g, w.k, -2), w.q(1), w.q(100'000))) == "1.64492406690");
  CHECK(w.number(w.sum(w.root(w.k), w.q(1), w.q(10'000))) == "666716.459197");
}

TEST_CASE("Sums nest, and inner bounds follow the outer index") {
  Sums w;
  const Expr inner = w.over("sum", multiply(w.g, w.j, w.k), w.j, w.q(1), w.k);
  CHECK(w.number(w.sum(inner, w.q(1), w.q(100))) == "12920425");
  const Expr x = w.x();
  const Expr e = w.sum(multiply(w.g, x, inner), w.q(1), x);
  for (long n = 1; n < 5; ++n) {
    long expected = 0;
    for (long a = 1; a <= n; ++a) expected += n * a * a * (a + 1) / 2;
    w.in.bind(x, Rational(n));
    CHECK(w.in.evaluate(e, 64).exact == Rational(expected));
  }
}

TEST_CASE("Bounds must be integers") {
  Sums w;
  CHECK(w.failure(w.sum(w.k, w.q(1), w.q(5, 2))) == "argument: the bounds of sum must be integers, not 2.5");
  CHECK(w.failure(w.prod(w.k, w.root(w.q(2)), w.q(3))) == "argument: the bounds of prod must be integers, not 1.41421");
  CHECK(w.failure(w.sum(power(w.g, w.k, -1), w.q(-1), w.q(1))) == "domain: division by zero");
}

TEST_CASE("Sums and products are differentiated") {
  Sums w;
  const Expr x = w.x();
  const Expr s = algebra::derivative(w.g, w.sum(power(w.g, x, w.k), w.q(0), w.q(5)), x, w.budget);
  const Expr p = algebra::derivative(w.g, w.prod(subtract(w.g, x, w.k), w.q(0), w.q(3)), x, w.budget);
  w.in.bind(x, Rational(2));
  CHECK(w.in.evaluate(s, 64).exact == Rational(1 + 4 + 12 + 32 + 80));
  // x(x-1)(x-2)(x-3) at its zero 2: 2·1·(-1)
  CHECK(w.in.evaluate(p, 64).exact == Rational(-2));
}
