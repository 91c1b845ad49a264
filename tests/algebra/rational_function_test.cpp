#include "algebra/rational/rational_function.h"

#include "algebra/rational/rebuild.h"
#include "judge.h"

namespace nabla::algebra {

using test::Judge;

namespace {

// The quotient as an expression, by its definition and no way of writing it well.
Expr plainly(Judge& judge, Field& field, const Quotient& q) {
  Graph& g = judge.g;
  const Generators& gens = field.generators();
  const auto monomial = [&](const Rational& c, std::span<const long> exponents) {
    std::vector<Expr> factors{g.rational(c)};
    for (std::size_t i = 0; i < gens.size(); ++i) {
      using K = Generator::Kind;
      const Expr k = g.rational(gens[i].unit * Rational(exponents[i]));
      if (exponents[i] == 0) continue;
      switch (gens[i].kind) {
        case K::power:
        case K::root:
        case K::number_root: factors.push_back(expr::power(g, gens[i].base, k)); break;
        case K::absolute: factors.push_back(expr::power(g, judge.call("abs", gens[i].base), k)); break;
        case K::sign: factors.push_back(expr::power(g, judge.call("sign", gens[i].base), k)); break;
        case K::exponential: factors.push_back(judge.call("exp", expr::multiply(g, k, gens[i].exponent))); break;
        case K::scaled: factors.push_back(expr::power(g, gens[i].base, expr::multiply(g, k, gens[i].exponent))); break;
        case K::sine: factors.push_back(expr::power(g, judge.call("sin", gens[i].base), k)); break;
        case K::cosine: factors.push_back(expr::power(g, judge.call("cos", gens[i].base), k)); break;
        case K::hyperbolic_sine: factors.push_back(expr::power(g, judge.call("sinh", gens[i].base), k)); break;
        case K::hyperbolic_cosine: factors.push_back(expr::power(g, judge.call("cosh", gens[i].base), k)); break;
      }
    }
    return expr::product(g, factors);
  };
  std::vector<Expr> factors{monomial(q.coefficient, q.exponents)};
  std::vector<long> e(field.ring().variables());
  for (const auto& [p, k] : q.factors) {
    std::vector<Expr> terms;
    for (std::size_t i = 0; i < p.length(); ++i) {
      p.exponents(i, e);
      terms.push_back(monomial(p.coefficient(i), e));
    }
    factors.push_back(expr::power(g, expr::sum(g, terms), k));
  }
  return expr::product(g, factors);
}

bool is_one(const Quotient& q) {
  return q.coefficient.is_one() && q.factors.empty() && std::ranges::all_of(q.exponents, [](long e) { return e == 0; });
}

}  // namespace

TEST_CASE("the quotient of an expression is the same function", "[algebra]") {
  Judge judge(41);
  int compared = 0;
  for (int round = 0; round < 400; ++round) {
    const Expr e = judge.formula(1 + round % 4, round % 3 != 0);
    for (const View view : {View::as_written, View::circular}) {
      Field field(judge.g, e, view, judge.budget);
      try {
        const Quotient q = field.quotient(e);
        INFO(judge.text(e));
        compared += judge.compare(e, plainly(judge, field, q), 6);
        compared += judge.compare(e, plainly(judge, field, field.factored(q)), 6);
      } catch (const TooLarge&) {
      }
    }
  }
  CHECK(compared > 3000);
}

TEST_CASE("sums, products and powers of quotients are those of their functions", "[algebra]") {
  Judge judge(42);
  int compared = 0;
  for (int round = 0; round < 200; ++round) {
    Graph& g = judge.g;
    const Expr a = judge.formula(1 + round % 3);
    const Expr b = judge.formula(1 + round % 3);
    const Expr both[] = {a, b};
    Field field(g, expr::sum(g, both), View::circular, judge.budget);
    try {
      const Quotient p = field.quotient(a);
      const Quotient q = field.quotient(b);
      const long n = judge.below(5) - 2;
      compared += judge.compare(expr::multiply(g, a, b), plainly(judge, field, field.multiply(p, q)), 4);
      compared += judge.compare(expr::add(g, a, b), plainly(judge, field, field.add({p, q})), 4);
      if (!p.is_zero()) compared += judge.compare(expr::power(g, a, n), plainly(judge, field, field.power(p, n)), 4);
    } catch (const TooLarge&) {
    } catch (const std::out_of_range&) {  // what the sum of both has not in it
    }
  }
  CHECK(compared > 800);
}

TEST_CASE("rational functions have one form, whatever they were made of", "[algebra]") {
  Judge judge(43);
  Graph& g = judge.g;
  for (int round = 0; round < 150; ++round) {
    const Expr a = judge.formula(2, false);
    const Expr b = judge.formula(2, false);
    const Expr c = judge.formula(2, false);
    // a·(b + c) - a·b - a·c, and a/b · b/a.
    const Expr zero_terms[] = {expr::multiply(g, a, expr::add(g, b, c)), expr::negate(g, expr::multiply(g, a, b)),
                               expr::negate(g, expr::multiply(g, a, c))};
    const Expr zero = expr::sum(g, zero_terms);
    INFO(judge.text(a) << ", " << judge.text(b) << ", " << judge.text(c));
    try {
      Field of_zero(g, zero, View::as_written, judge.budget);
      CHECK(of_zero.quotient(zero).is_zero());
      const Expr one =
          expr::multiply(g, expr::divide(g, a, expr::add(g, b, c)), expr::divide(g, expr::add(g, b, c), a));
      const Expr divisor = expr::multiply(g, a, expr::add(g, b, c));
      Field of_divisor(g, divisor, View::as_written, judge.budget);
      if (of_divisor.quotient(divisor).is_zero()) continue;
      Field of_one(g, one, View::as_written, judge.budget);
      CHECK(is_one(of_one.quotient(one)));
    } catch (const TooLarge&) {
    }
  }
}

TEST_CASE("what is zero by the relations of its generators is found, and nothing else", "[algebra]") {
  Judge judge(44);
  Graph& g = judge.g;
  const auto is_zero = [&](Expr e) {
    Field field(g, e, View::circular, judge.budget);
    return field.is_zero(field.quotient(e));
  };
  for (const char* text :
       {"sin(x)^2 + cos(x)^2 - 1", "cosh(x)^2 - sinh(x)^2 - 1", "tan(x)^2 + 1 - sec(x)^2", "sqrt(x + 1)^2 - x - 1",
        "2^(1/2)*8^(1/2) - 4", "(2^(1/2) + 3^(1/2))^2 - 5 - 2*6^(1/2)", "abs(x + y)^2 - (x + y)^2",
        "e^x*e^(2*x) - e^(3*x)", "x^n*x^2 - x^(n + 2)", "1/(1 + 2^(1/2)) - 2^(1/2) + 1", "sign(x)*x - abs(x)",
        "sin(x)^4 - cos(x)^4 - sin(x)^2 + cos(x)^2", "(1 - cos(x))/sin(x) - sin(x)/(1 + cos(x))"}) {
    INFO(text);
    CHECK(is_zero(judge.read(text)));
  }
  for (int round = 0; round < 300; ++round) {
    const Expr e = judge.formula(1 + round % 3);
    try {
      if (!is_zero(e)) continue;
      INFO(judge.text(e));
      judge.compare(e, g.rational(0));
    } catch (const TooLarge&) {
    }
  }
}

TEST_CASE("a norm is a product with conjugates, and a constant one leaves no zero", "[algebra]") {
  Judge judge(45);
  const auto constant_norm = [&](const char* text) {
    Field field(judge.g, judge.read(text), View::as_written, judge.budget);
    const Quotient q = field.quotient(judge.read(text));
    REQUIRE(q.factors.size() == 1);
    return field.has_constant_norm(q.factors[0].first);
  };
  CHECK(constant_norm("x + sqrt(x^2 + 1)"));
  CHECK(constant_norm("x - sqrt(x^2 - 3)"));
  CHECK_FALSE(constant_norm("x + sqrt(x^2 + y)"));
  CHECK_FALSE(constant_norm("1 + sqrt(x + 2)"));
  CHECK_FALSE(constant_norm("x + 1"));

  Graph& g = judge.g;
  for (const char* text : {"x + sqrt(x + 2)", "1 - x*sqrt(y + 1)", "x*y + 3*sqrt(x^2 + y^2)"}) {
    const Expr e = judge.read(text);
    Field field(g, e, View::as_written, judge.budget);
    const std::optional<Polynomial> n = field.norm(field.quotient(e).factors.at(0).first);
    REQUIRE(n);
    for (std::size_t i = 0; i < field.generators().size(); ++i) {
      if (field.generators()[i].kind == Generator::Kind::root) CHECK(n->degree(i) <= 0);
    }
    // Where e is zero its norm is: x = -1, x = 2 for the first.
    INFO(text);
    const Expr norm = plainly(judge, field, field.from(*n));
    const Expr conjugate = expr::divide(g, norm, e);
    CHECK(judge.compare(expr::multiply(g, conjugate, e), norm) > 0);
  }
}

TEST_CASE("what is too large is refused, not begun", "[algebra]") {
  Judge judge(46);
  for (const char* text : {"(x + y + z + a)^60 - x", "(x + y)^999 - 1"}) {
    const Expr e = judge.read(text);
    Field field(judge.g, e, View::as_written, judge.budget);
    INFO(text);
    CHECK_THROWS_AS(field.quotient(e), TooLarge);
  }
  // 0 has no negative power anywhere.
  Field field(judge.g, judge.read("x"), View::as_written, judge.budget);
  Quotient zero = field.one();
  zero.coefficient = 0;
  CHECK_THROWS_AS(field.power(zero, -1), TooLarge);
  CHECK(field.power(zero, 2).is_zero());
}

TEST_CASE("expanding and factoring are each other's inverse", "[algebra]") {
  Judge judge(47);
  for (int round = 0; round < 150; ++round) {
    const Expr e = judge.formula(1 + round % 3, false);
    try {
      Field field(judge.g, e, View::as_written, judge.budget);
      Quotient q = field.quotient(e);
      if (q.is_zero()) continue;
      std::erase_if(q.factors, [](const auto& f) { return f.second < 0; });
      for (long& k : q.exponents) k = std::max(k, 0L);
      const Polynomial p = field.expand(q);
      CHECK(static_cast<double>(p.length()) <= Field::terms_when_expanded(q));
      CHECK(field.expand(field.factored(field.from(p))) == p);
    } catch (const TooLarge&) {
    }
  }
}

}  // namespace nabla::algebra
