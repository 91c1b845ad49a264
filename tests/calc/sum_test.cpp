// Sums and products over an index: exact values, balls, derivatives.

#include <cmath>

#include "../eval/build.h"
#include "algebra/derivative/derivative.h"
#include "calc/elaborate/operation_list.h"
#include "expr/rewrite.h"
#include "functions/table.h"

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

TEST_CASE("The sum of a polynomial over many terms is that of its parts") {
  Sums w;
  const Expr p = add(w.g, power(w.g, w.k, 5), multiply(w.g, w.q(-7), w.k));
  Rational by_terms;
  for (long i = 4; i <= 60; ++i) by_terms = by_terms + Rational::power(Rational(i), 5) - Rational(7 * i);
  CHECK(w.in.evaluate(w.sum(p, w.q(4), w.q(60)), 64).exact == by_terms);
  CHECK(w.number(w.sum(w.k, w.q(1), w.q(10'000'000'000))) == "50000000005000000000");
}

TEST_CASE("Infinite sums have proven digits, an exact value or a proof that there is none") {
  Sums w;
  const Expr inf = call(w.g, *functions::find("inf"), {});
  const auto value = [&](Expr body) { return w.number(w.sum(body, w.q(1), inf)); };
  const auto state = [&](Expr body) { return w.in.evaluate(w.sum(body, w.q(1), inf), 64).state; };
  CHECK(w.in.evaluate(w.sum(multiply(w.g, w.k, power(w.g, w.q(3), negate(w.g, w.k))), w.q(1), inf), 64).exact ==
        Rational(3, 4));
  CHECK(value(power(w.g, w.k, -2)) == "1.64493406685");
  CHECK(value(power(w.g, add(w.g, power(w.g, w.k, 2), w.q(4)), -1)) == "0.660403641321");
  const Expr sign = power(w.g, w.q(-1), w.k);
  CHECK(value(multiply(w.g, sign, power(w.g, w.k, -1))) == "-0.693147180560");
  CHECK(state(power(w.g, w.k, -1)) == eval::Outcome::State::undefined);
  CHECK(state(sign) == eval::Outcome::State::undefined);
  CHECK(state(power(w.g, w.k, w.g.rational(Rational(-3, 2)))) == eval::Outcome::State::undecided);
}

TEST_CASE("Long sums are proven") {
  Sums w;
  CHECK(w.number(w.sum(power(w.g, w.k, -2), w.q(1), w.q(100'000))) == "1.64492406690");
  CHECK(w.number(w.sum(w.root(w.k), w.q(1), w.q(10'000))) == "666716.459197");
}

TEST_CASE("Indices that are no doubles are left to balls") {
  Sums w;
  const Rational first = Rational::power(2, 53) + Rational(1);
  const Expr node = w.sum(w.call("sin", {w.k}), w.g.rational(first), w.g.rational(first + Rational(9000)));
  CHECK(w.number(node) == "0.229162589755");
}

TEST_CASE("Long sums by the engine have the digits of those by balls") {
  Sums w;
  const Expr terms[] = {
      w.root(w.k), w.call("sin", {w.k}), power(w.g, w.k, -1), divide(w.g, w.call("cos", {w.k}), w.root(w.k)),
      // no value near the middle of the range for the engine, which knows k - 15000 only
      select(w.g, w.equal(w.k, w.q(15'000)), w.q(0), w.call("exp", {power(w.g, subtract(w.g, w.k, w.q(15'000)), -1)})),
      w.call("gamma", {divide(w.g, w.q(1), w.k)})};
  for (const Expr term : terms) {
    const Expr node = w.sum(term, w.q(1), w.q(20'000));
    const eval::Outcome swept = w.in.evaluate(node, 64);
    const eval::Outcome balls = w.in.evaluate(node, 192);
    REQUIRE(swept.has_value());
    REQUIRE(balls.has_value());
    CHECK(swept.ball.contains(balls.ball));
    CHECK(swept.ball.radius() < 1e-10 * (1 + std::abs(balls.ball.mid())));
    for (const int digits : {5, 12, 14}) {
      CHECK(w.number(node, digits) == number::proven_decimal(balls.ball, digits)->text);
    }
  }
  CHECK(w.number(w.prod(w.k, w.q(1), w.q(100'000))) == "2.82422940796e456573");
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
