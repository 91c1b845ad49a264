#include "expr/build.h"

#include <random>

#include "base/error.h"
#include "expr/rewrite.h"

namespace {

using namespace nabla::expr;
using nabla::base::Code;
using nabla::base::Error;

struct Fixture {
  Graph g;
  Expr x = g.symbol("x");
  Expr y = g.symbol("y");
  Expr n(long k) { return integer(g, k); }
  Expr q(long a, long b) { return g.rational(Rational(a, b)); }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "equal expressions are the same node", "[expr]") {
  CHECK(add(g, x, y) == add(g, y, x));
  CHECK(multiply(g, x, y) == multiply(g, y, x));
  CHECK(add(g, x, x) == multiply(g, n(2), x));
  CHECK(multiply(g, x, x) == power(g, x, 2));
  CHECK(subtract(g, add(g, x, n(1)), x) == n(1));
  CHECK(subtract(g, x, add(g, x, n(1))) == n(-1));
  CHECK(add(g, add(g, x, y), add(g, x, y)) == add(g, multiply(g, n(2), x), multiply(g, n(2), y)));
  CHECK(power(g, power(g, x, 2), 3) == power(g, x, 6));
  CHECK(power(g, multiply(g, n(2), x), 3) == multiply(g, n(8), power(g, x, 3)));
}

TEST_CASE_METHOD(Fixture, "builders never fill a hole", "[expr]") {
  const Expr reciprocal = power(g, x, -1);
  CHECK(multiply(g, x, reciprocal) != n(1));
  CHECK(multiply(g, n(0), reciprocal) != n(0));
  CHECK(subtract(g, reciprocal, reciprocal) != n(0));
  CHECK(power(g, square_root(g, x), 2) != x);
  CHECK(square_root(g, power(g, x, 2)) != x);
  CHECK(power(g, reciprocal, -1) != x);
  CHECK(power(g, reciprocal, 0L) != n(1));
  CHECK(power(g, n(0), -1) != n(0));
  CHECK(g.kind(square_root(g, n(-4))) == Kind::power);
}

TEST_CASE_METHOD(Fixture, "powers of numbers have one normal form", "[expr]") {
  CHECK(square_root(g, n(8)) == multiply(g, n(2), square_root(g, n(2))));
  CHECK(square_root(g, q(1, 2)) == multiply(g, q(1, 2), square_root(g, n(2))));
  CHECK(square_root(g, q(9, 4)) == q(3, 2));
  CHECK(power(g, n(-8), q(1, 3)) == n(-2));
  CHECK(power(g, n(-8), q(2, 3)) == n(4));
  CHECK(power(g, n(4), q(1, 3)) == power(g, n(2), q(2, 3)));
  CHECK(power(g, n(2), q(5, 2)) == multiply(g, n(4), square_root(g, n(2))));
  CHECK(power(g, n(2), q(-1, 2)) == multiply(g, q(1, 2), square_root(g, n(2))));
  CHECK(multiply(g, square_root(g, n(2)), square_root(g, n(6))) == multiply(g, n(2), square_root(g, n(3))));
  CHECK(power(g, square_root(g, n(2)), 2) == n(2));
  CHECK(power(g, n(0), 0L) == n(1));
}

TEST_CASE_METHOD(Fixture, "absurd powers are an error at once", "[expr]") {
  CHECK_THROWS_AS(power(g, n(10), g.rational(Rational::power(Rational(10), 10))), Error);
  CHECK_THROWS_AS(power(g, n(2), power(g, n(2), power(g, n(2), 7L))), Error);
}

TEST_CASE_METHOD(Fixture, "comparisons and logic of numbers are decided", "[expr]") {
  CHECK(compare(g, Relation::less, n(1), n(2)) == g.boolean(true));
  CHECK(compare(g, Relation::equal, q(1, 2), q(2, 4)) == g.boolean(true));
  const Expr open = compare(g, Relation::less, x, n(1));
  const Expr both[] = {g.boolean(true), open};
  CHECK(logic(g, Connective::and_, both) == open);
  const Expr neither[] = {g.boolean(false), open};
  CHECK(logic(g, Connective::and_, neither) == g.boolean(false));
  CHECK(negation(g, negation(g, open)) == open);
  CHECK(select(g, g.boolean(false), x, y) == y);
  CHECK(select(g, open, x, x) == x);
}

TEST_CASE_METHOD(Fixture, "facts say what is proven", "[expr]") {
  const Expr positive = add(g, power(g, x, 2), n(1));
  CHECK(g.is(positive, kPositive));
  CHECK(g.is(power(g, positive, -1), kTotal));
  CHECK(g.is(square_root(g, positive), kTotal));
  CHECK_FALSE(g.is(power(g, x, -1), kTotal));
  CHECK_FALSE(g.is(square_root(g, x), kTotal));
  CHECK(g.is(power(g, x, q(1, 3)), kTotal));
  CHECK(multiply(g, n(0), power(g, positive, -1)) == n(0));
}

TEST_CASE_METHOD(Fixture, "substitution rebuilds once what changes", "[expr]") {
  const Expr e = add(g, power(g, x, 2), multiply(g, x, y));
  const Replacement at[] = {{x, n(3)}};
  CHECK(substitute(g, e, at) == add(g, n(9), multiply(g, n(3), y)));
  const Replacement swapped[] = {{x, y}, {y, x}};
  CHECK(substitute(g, e, swapped) == add(g, power(g, y, 2), multiply(g, x, y)));
  CHECK(substitute(g, y, at) == y);
}

TEST_CASE_METHOD(Fixture, "a copy in another graph is what the builders make there", "[expr]") {
  const Expr e = multiply(g, add(g, y, power(g, x, 2)), add(g, x, n(3)));
  Graph other;
  const Expr b = other.symbol("y");
  const Expr a = other.symbol("x");
  const Expr expected = multiply(other, add(other, b, power(other, a, 2)), add(other, a, integer(other, 3)));
  CHECK(copy(other, g, e) == expected);
}

TEST_CASE_METHOD(Fixture, "a cleared graph starts anew", "[expr]") {
  for (int round = 0; round < 100; ++round) {
    g.clear();
    Expr e = g.symbol("t");
    for (long k = 0; k < 1000; ++k) e = add(g, power(g, e, 2), g.rational(Rational(k, 7)));
    CHECK(g.size() < 10'000);
  }
}

TEST_CASE_METHOD(Fixture, "sums and products of random parts do not depend on order", "[expr]") {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<Expr> parts;
    for (int i = 0; i < 8; ++i) {
      const Expr base = random() % 2 == 0 ? x : y;
      const Expr p = power(g, base, static_cast<long>(random() % 4));
      parts.push_back(multiply(g, q(static_cast<long>(random() % 9) - 4, 3), p));
    }
    const Expr sum_before = sum(g, parts);
    const Expr product_before = product(g, parts);
    std::ranges::shuffle(parts, random);
    CHECK(sum(g, parts) == sum_before);
    CHECK(product(g, parts) == product_before);
  }
}
