#include "build.h"

using namespace nabla;
using namespace nabla::expr;
using test::Workbench;

namespace {

struct Functions : Workbench {
  Expr n = g.parameter(0);

  Recursive& make(const char* name, std::uint16_t arity = 1) {
    Recursive& r = g.make_recursive();
    r.name = name;
    r.arity = arity;
    return r;
  }
  Expr of(Recursive& r, Expr a) { return apply(g, r, std::span(&a, 1)); }
  Expr less_by(long k) { return subtract(g, n, q(k)); }

  Recursive& factorial() {
    Recursive& f = make("fact");
    f.body = select(g, less_equal(n, q(1)), q(1), multiply(g, n, of(f, less_by(1))));
    return f;
  }
  Recursive& fibonacci() {
    Recursive& f = make("fib");
    f.body = select(g, less_equal(n, q(2)), q(1), add(g, of(f, less_by(1)), of(f, less_by(2))));
    return f;
  }
};

}  // namespace

TEST_CASE("Recursive functions are exact, memoised and deep") {
  Functions w;
  Recursive& fact = w.factorial();
  CHECK(w.number(w.of(fact, w.q(20))) == "2432902008176640000");
  CHECK(w.in.evaluate(w.of(fact, w.q(400)), 64).exact.has_value());
  CHECK(w.number(w.of(fact, w.q(9000))) == "8.09958998669e31681");
  CHECK(w.number(w.of(w.fibonacci(), w.q(90))) == "2880067194370816120");
}

TEST_CASE("Recursion that does not end is an error") {
  Functions w;
  Recursive& fact = w.factorial();
  CHECK(w.failure(w.of(fact, w.q(100'000))) ==
        "recursion: too many calls deep: the recursion of fact does not seem to end");
  Recursive& same = w.make("f");
  same.body = w.of(same, w.n);
  CHECK(w.failure(w.of(same, w.q(3))) == "recursion: endless recursion: the value of f(3) needs itself");
  CHECK(w.failure(w.of(same, w.root(w.q(2)))) ==
        "recursion: too many calls deep: the recursion of f does not seem to end");
  Recursive& away = w.make("h");
  away.body = add(w.g, w.of(away, add(w.g, w.n, w.q(1))), w.of(away, add(w.g, w.n, w.q(2))));
  CHECK(w.failure(w.of(away, w.q(0))) == "recursion: too many calls deep: the recursion of h does not seem to end");
  CHECK(w.number(w.of(fact, w.q(5))) == "120");
}

TEST_CASE("A quadratic map stays proven where exact fractions would explode") {
  Functions w;
  Recursive& f = w.make("map", 2);
  const Expr x = w.g.parameter(1);
  const Expr next = multiply(w.g, w.q(7, 2), multiply(w.g, x, subtract(w.g, w.q(1), x)));
  f.body = select(w.g, w.less_equal(w.n, w.q(0)), x, apply(w.g, f, std::vector{w.less_by(1), next}));
  CHECK(w.number(apply(w.g, f, std::vector{w.q(50), w.q(1, 3)})) == "0.382819683017");
}

TEST_CASE("A call sees the value its symbol has now") {
  Functions w;
  Recursive& f = w.make("f");
  const Expr x = w.x();
  f.body = select(w.g, w.less_equal(w.n, w.q(0)), x, add(w.g, x, w.of(f, w.less_by(1))));
  const Expr e = w.of(f, w.q(10));
  for (long i = 1; i <= 3; ++i) {
    w.in.bind(x, Rational(i));
    CHECK(w.in.evaluate(e, 64).exact == Rational(11 * i));
  }
}
