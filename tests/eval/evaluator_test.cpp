#include "build.h"

using namespace nabla;
using namespace nabla::expr;
using test::Workbench;

TEST_CASE("Numbers are exact, proven, or an error that says why") {
  Workbench w;
  const Expr two = w.root(w.q(2));
  CHECK(w.number(divide(w.g, w.q(1), w.q(3))) == "0.333333333333");
  CHECK(w.number(two) == "1.41421356237");
  CHECK(w.number(two, 50) == "1.4142135623730950488016887242096980785696718753769");
  CHECK(w.number(power(w.g, subtract(w.g, two, w.q(1)), 20)) == "2.21047849034e-8");
  CHECK(w.number(power(w.g, w.x(), w.q(0))) == "1");
  CHECK(w.failure(power(w.g, w.q(0), -1)) == "domain: division by zero");
  CHECK(w.failure(power(w.g, w.q(-4), w.q(1, 2))) == "domain: sqrt(-4) is not real");
  CHECK(w.failure(w.x()) == "undefined: x has no value");
}

TEST_CASE("A value that balls enclose without any doubt is exact") {
  Workbench w;
  CHECK(w.number(w.call("floor", {w.call("pi", {})})) == "3");
  CHECK(w.number(w.call("sign", {w.call("sin", {w.q(1)})})) == "1");
  CHECK(w.certainty(w.call("floor", {w.call("pi", {})})) == number::Certainty::exact);
}

TEST_CASE("Cancellation raises the precision until the digits are certain") {
  Workbench w;
  const Expr tiny = w.g.rational(Rational::power(10, -30));
  const Expr e = subtract(w.g, w.root(add(w.g, w.q(2), tiny)), w.root(w.q(2)));
  CHECK(w.number(e) == "3.53553390593e-31");
}

TEST_CASE("Powers follow the rules for real numbers") {
  Workbench w;
  const Expr x = w.x();
  const Expr y = w.x("y");
  const auto at = [&](long base, Rational exponent) {
    w.in.bind(x, Rational(base));
    w.in.bind(y, exponent);
    const eval::Outcome o = w.in.evaluate(power(w.g, x, y), 64);
    return o.exact         ? o.exact->text()
           : o.has_value() ? number::estimated_decimal(o.ball, 6).text
           : o.reason      ? o.reason->message
                           : "undecided";
  };
  CHECK(at(0, 0) == "1");
  CHECK(at(0, -1) == "division by zero");
  CHECK(at(-2, 3) == "-8");
  CHECK(at(4, Rational(1, 2)) == "2");
  CHECK(at(-8, Rational(1, 3)) == "(-8)^(0.333333) is not real");
  w.in.bind(x, Rational(-8));
  CHECK(w.number(power(w.g, x, w.q(1, 3))) == "-2");
  CHECK(w.number(power(w.g, x, w.q(2, 3))) == "4");
  CHECK(w.failure(power(w.g, x, w.q(1, 2))) == "domain: sqrt(-8) is not real");
  w.in.bind(x, Rational());
  CHECK(w.number(power(w.g, x, w.root(w.q(2)))) == "0");
  CHECK(w.failure(power(w.g, x, negate(w.g, w.root(w.q(2))))) == "domain: division by zero");
}

TEST_CASE("A ball that says nothing about a value is no answer") {
  Workbench w;
  const auto exponential = [&w](Expr x) { return w.call("exp", {x}); };
  const Expr huge = exponential(w.g.rational(Rational::power(10, 12)));
  CHECK(w.failure(huge) == "limit: the value is too large to be written");
  CHECK(w.number(exponential(w.g.rational(-Rational::power(10, 30)))) == "0");
  CHECK(w.failure(w.call("sin", {huge})).starts_with("undecided: "));
  CHECK(w.failure(w.call("besselk", {exponential(w.g.rational(-Rational::power(10, 30))), w.q(1, 1000)}))
            .starts_with("undecided: "));
}

TEST_CASE("What looks exact is exact where it can be proven") {
  Workbench w;
  const Expr logarithms = divide(w.g, w.call("ln", {w.q(8)}), w.call("ln", {w.q(2)}));
  CHECK(w.number(logarithms) == "3");
  CHECK(w.certainty(logarithms) == number::Certainty::exact);
  const Expr close = w.call("tanh", {w.q(30)});
  CHECK(w.number(close) == "1.00000000000");
  CHECK(w.certainty(close) == number::Certainty::proven);
}

TEST_CASE("Infinities behave as in a calculus course") {
  Workbench w;
  const Expr x = w.x();
  w.in.bind(x, eval::Outcome::enclosed(number::Ball::infinity(1)));
  CHECK(w.number(x) == "inf");
  CHECK(w.number(negate(w.g, x)) == "-inf");
  CHECK(w.number(add(w.g, x, w.root(w.q(2)))) == "inf");
  CHECK(w.number(power(w.g, x, -1)) == "0");
  CHECK(w.number(power(w.g, w.root(w.q(2)), x)) == "inf");
  CHECK(w.number(power(w.g, w.q(1, 2), x)) == "0");
  const Expr minus = w.x("y");
  w.in.bind(minus, eval::Outcome::enclosed(number::Ball::infinity(-1)));
  CHECK(w.failure(add(w.g, x, minus)) == "domain: inf - inf has no value");
  CHECK(w.number(multiply(w.g, x, minus)) == "-inf");
  w.in.bind(minus, Rational());
  CHECK(w.failure(multiply(w.g, x, minus)) == "domain: inf - inf and 0*inf have no value");
  CHECK(w.in.decide(w.less(w.q(5), x)) == number::Truth::yes);
  CHECK(w.in.decide(w.less(x, x)) == number::Truth::no);
}

TEST_CASE("Only the branch taken has to be defined") {
  Workbench w;
  const Expr x = w.x();
  const Expr e = select(w.g, w.less(w.q(0), x), power(w.g, x, -1), w.q(7));
  w.in.bind(x, Rational());
  CHECK(w.number(e) == "7");
  w.in.bind(x, Rational(4));
  CHECK(w.number(e) == "0.25");
  const Expr parts[] = {w.less(w.q(0), x), w.less(w.q(1), power(w.g, x, -1))};
  const Expr both = logic(w.g, Connective::and_, parts);
  w.in.bind(x, Rational());
  CHECK(w.in.decide(both) == number::Truth::no);
  w.in.bind(x, Rational(1, 2));
  CHECK(w.in.decide(both) == number::Truth::yes);
  const Expr elements[] = {w.q(5), power(w.g, w.q(0), -1), w.q(6)};
  const Expr third = component(w.g, x, elements);
  w.in.bind(x, Rational(3));
  CHECK(w.number(third) == "6");
  w.in.bind(x, Rational(4));
  CHECK(w.failure(third) == "index: no element 4: the index goes from 1 to 3");
}

TEST_CASE("Values are found again when a variable changes") {
  Workbench w;
  const Expr x = w.x();
  const Expr y = w.x("y");
  const Expr e = add(w.g, multiply(w.g, x, y), w.root(add(w.g, x, w.q(1))));
  for (long i = 0; i < 20; ++i) {
    w.in.bind(x, Rational(i * i - 1));
    if (i % 3 == 0) w.in.bind(y, Rational(i));
    const long expected = (i * i - 1) * (i - i % 3) + i;
    CHECK(w.in.evaluate(e, 64).exact == Rational(expected));
    CHECK(w.in.evaluate(e, 128).exact == Rational(expected));
  }
}

TEST_CASE("What touches zero is decided by proof or left as an estimate") {
  Workbench w;
  const Expr a = w.root(add(w.g, w.q(5), multiply(w.g, w.q(2), w.root(w.q(6)))));
  const Expr b = add(w.g, w.root(w.q(2)), w.root(w.q(3)));
  const Expr zero = subtract(w.g, a, b);
  const eval::Number n = eval::proven_number(w.in, zero, 12);
  CHECK(n.decimal.text == "0");
  CHECK((n.exact ? n.exact->is_zero() : n.decimal.certainty == number::Certainty::estimated));
  CHECK(w.in.decide(w.less(w.root(w.q(2)), w.root(w.q(3)))) == number::Truth::yes);
}

TEST_CASE("What jumps between numbers answers them exactly") {
  Workbench w;
  const Expr pi = w.call("pi", {});
  const auto exact = [&w](Expr e) {
    const bool is_exact = w.certainty(e) == number::Certainty::exact;
    return (is_exact ? "" : "not exact: ") + w.number(e);
  };
  CHECK(exact(w.call("floor", {pi})) == "3");
  CHECK(exact(w.call("floor", {multiply(w.g, pi, w.g.rational(Rational::power(10, 20)))})) == "314159265358979323846");
  CHECK(exact(w.call("round", {pi, w.q(2)})) == "3.14");
  CHECK(exact(w.call("sign", {subtract(w.g, pi, w.q(3))})) == "1");
}

TEST_CASE("A jump that is hit exactly is found by what a function is made of") {
  Workbench w;
  const Expr twice = w.root(w.q(12));
  const Expr once = w.root(w.q(3));
  CHECK(w.number(w.call("mod", {twice, once})) == "0");
  const Expr sum = add(w.g, w.root(w.q(2)), w.q(1));
  const Expr half = subtract(w.g, divide(w.g, power(w.g, sum, 2), w.q(2)), w.root(w.q(2)));  // 3/2
  CHECK(w.number(w.call("round", {half})) == "2");
  CHECK(w.failure(w.call("atan2", {w.q(0), w.q(0)})) ==
        "domain: atan2 is not defined at (0, 0) (it needs (x, y) != (0, 0))");
}
