#include "algebra/rational/generators.h"

#include "judge.h"

namespace nabla::algebra {

using test::Judge;

namespace {

// generator^exponent as an expression; the exponent is one of its base, as a monomial has it.
Expr power_of(Judge& judge, const Generator& of, const Rational& exponent) {
  using K = Generator::Kind;
  Graph& g = judge.g;
  const Expr q = g.rational(exponent);
  switch (of.kind) {
    case K::power:
    case K::root:
    case K::number_root: return expr::power(g, of.base, q);
    case K::absolute: return expr::power(g, judge.call("abs", of.base), q);
    case K::sign: return expr::power(g, judge.call("sign", of.base), q);
    case K::exponential: return judge.call("exp", expr::multiply(g, q, of.exponent));
    case K::scaled: return expr::power(g, of.base, expr::multiply(g, q, of.exponent));
    case K::sine: return expr::power(g, judge.call("sin", of.base), q);
    case K::cosine: return expr::power(g, judge.call("cos", of.base), q);
    case K::hyperbolic_sine: return expr::power(g, judge.call("sinh", of.base), q);
    case K::hyperbolic_cosine: return expr::power(g, judge.call("cosh", of.base), q);
  }
  return q;
}

// Checks every monomial that was found on the way through e; gives how many values were compared.
int check_monomials(Judge& judge, const Generators& generators, Expr e) {
  Graph& g = judge.g;
  if (g.is_number(e)) return 0;
  int compared = 0;
  if (g.kind(e) == expr::Kind::sum || g.kind(e) == expr::Kind::product) {
    for (Expr a : g.args(e)) compared += check_monomials(judge, generators, a);
    return compared;
  }
  const Monomial& m = generators.monomial(e);
  std::vector<Expr> factors{g.rational(m.coefficient)};
  for (const auto& [i, exponent] : m.powers) {
    CHECK((exponent / generators[i].unit).is_integer());
    factors.push_back(power_of(judge, generators[i], exponent));
  }
  for (const auto& [part, n] : m.parts) {
    compared += check_monomials(judge, generators, part);
    factors.push_back(expr::power(g, part, n));
  }
  return compared + judge.compare(e, expr::product(g, factors), 4);
}

}  // namespace

TEST_CASE("what is no sum and no product is a monomial in whole powers of generators", "[algebra]") {
  Judge judge(31);
  int compared = 0;
  for (int round = 0; round < 300; ++round) {
    const Expr e = judge.formula(1 + round % 4);
    for (const View view : {View::as_written, View::circular}) {
      Generators generators(judge.g, view);
      generators.look_through(e);
      generators.finish();
      compared += check_monomials(judge, generators, e);
    }
  }
  CHECK(compared > 1500);
}

TEST_CASE("generators are as few as relations allow", "[algebra]") {
  const auto count = [](const char* text, View view) {
    Judge judge(1);
    Generators generators(judge.g, view);
    generators.look_through(judge.read(text));
    generators.finish();
    return generators.size();
  };
  CHECK(count("x^(1/2) + x^(1/3) + x^2", View::as_written) == 1);
  CHECK(count("e^x + e^(2*x) + e^(-x/3)", View::as_written) == 1);
  CHECK(count("x^n + x^(2*n)", View::as_written) == 1);
  CHECK(count("2^(1/2) + 8^(1/2) + 32^(1/4)", View::as_written) == 1);
  CHECK(count("tan(x) + sin(x) + sec(x)", View::as_written) == 3);
  CHECK(count("tan(x) + sin(x) + sec(x)", View::circular) == 2);
  CHECK(count("tanh(x) + sin(x)", View::circular) == 4);
}

TEST_CASE("the common unit of two numbers is the greatest of which both are whole multiples", "[algebra]") {
  Judge judge(32);
  for (int round = 0; round < 400; ++round) {
    const Rational a(judge.below(400) - 200, judge.below(30) + 1);
    const Rational b(judge.below(400) - 200, judge.below(30) + 1);
    const Rational unit = common_unit(a, b);
    INFO(a.text() << " and " << b.text());
    if (a.is_zero() && b.is_zero()) {
      CHECK(unit.is_zero());
      continue;
    }
    REQUIRE(unit.sign() > 0);
    const Rational m = (a / unit).abs();
    const Rational n = (b / unit).abs();
    REQUIRE((m.is_integer() && n.is_integer()));
    CHECK(std::gcd(*m.to_long(), *n.to_long()) == 1);
  }
}

TEST_CASE("a term is its coefficient times the rest, and a sum is its terms", "[algebra]") {
  Judge judge(33);
  for (int round = 0; round < 300; ++round) {
    const Expr e = judge.formula(1 + round % 3);
    const Scaled s = take_coefficient(judge.g, e);
    CHECK(expr::multiply(judge.g, judge.g.rational(s.coefficient), s.rest) == e);
    if (!s.coefficient.is_one()) CHECK(take_coefficient(judge.g, s.rest).coefficient.is_one());
    const std::vector<Expr> terms = terms_of(judge.g, e);
    judge.compare(expr::sum(judge.g, terms), e, 3);
    for (Expr t : terms) CHECK((terms.size() == 1 || judge.g.kind(t) != expr::Kind::sum));
  }
  CHECK(terms_of(judge.g, judge.read("3*(x + y)")).size() == 2);
}

}  // namespace nabla::algebra
