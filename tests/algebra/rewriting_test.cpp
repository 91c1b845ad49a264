// Angles, logarithms and nested roots written otherwise.
#include <fmt/format.h>

#include "algebra/rational/angles.h"
#include "algebra/rational/denest.h"
#include "algebra/rational/logarithms.h"
#include "judge.h"

namespace nabla::algebra {

using test::Judge;

TEST_CASE("angles taken apart and functions as exponentials keep their values", "[algebra]") {
  Judge judge(71);
  Graph& g = judge.g;
  int changed = 0;
  for (int round = 0; round < 300; ++round) {
    constexpr std::string_view kNames[] = {"sin", "cos", "tan", "sec", "cot", "sinh", "cosh", "tanh", "exp"};
    std::vector<Expr> factors;
    for (int i = 0; i < 3; ++i) {
      Expr angle = expr::multiply(g, g.rational(judge.small_rational()), judge.symbols[0]);
      if (judge.below(2) == 0) angle = expr::add(g, angle, expr::multiply(g, g.rational(2), judge.symbols[1]));
      if (judge.below(4) == 0) angle = expr::add(g, angle, judge.read("pi/7"));
      factors.push_back(judge.call(kNames[judge.below(std::ssize(kNames))], angle));
    }
    const Expr e = round % 2 == 0 ? expr::sum(g, factors) : expr::product(g, factors);
    for (const Expr form :
         {in_simple_angles(g, e, Angles::multiples), in_simple_angles(g, e, Angles::all), in_exponentials(g, e)}) {
      changed += form == e ? 0 : 1;
      judge.compare(e, form, 6);
    }
  }
  CHECK(changed > 300);
  const Expr once = in_simple_angles(g, judge.read("sin(2*x) + sin(x)"), Angles::multiples);
  CHECK(once == judge.read("2*sin(x)*cos(x) + sin(x)"));
  CHECK(in_simple_angles(g, judge.read("sin(x + y)"), Angles::multiples) == judge.read("sin(x + y)"));
}

TEST_CASE("logarithms taken apart and joined keep their values", "[algebra]") {
  Judge judge(72);
  Graph& g = judge.g;
  for (int round = 0; round < 200; ++round) {
    const Rational q(judge.below(5000) + 1, judge.below(300) + 1);
    INFO(q.text());
    const Expr ln = judge.call("ln", g.rational(q));
    const Expr by_primes = logarithm_by_primes(g, q);
    CHECK_FALSE(judge.differ(ln, by_primes));
    judge.move();
    const Expr joined = join_logarithms(g, by_primes);
    CHECK_FALSE(judge.differ(ln, joined));
  }
  for (const char* text : {"log2(x) + log10(x)", "ln(12)*x + ln(18)", "log2(x^2 + 1)/ln(8)", "log10(y) - log(y, 5)"}) {
    const Expr e = judge.read(text);
    const Expr natural = by_natural_logarithms(g, e);
    CHECK(natural != e);
    CHECK(judge.compare(e, natural) > 0);
  }
  CHECK(by_natural_logarithms(g, judge.read("log2(x)")) == judge.read("log2(x)"));
  CHECK(join_logarithms(g, judge.read("ln(2) + ln(3) + x")) == judge.read("ln(6) + x"));
  CHECK(join_logarithms(g, judge.read("2*ln(3) - ln(2)")) == judge.read("ln(9/2)"));
}

TEST_CASE("nested roots are the roots of what they were made of", "[algebra]") {
  Judge judge(73);
  Graph& g = judge.g;
  int found = 0;
  for (int round = 0; round < 300; ++round) {
    // √p ± √q squared is p + q ± 2·√(p·q).
    const Rational p(judge.below(40) + 1, judge.below(3) + 1);
    const Rational q(judge.below(40) + 1, judge.below(3) + 1);
    const Rational sign = judge.below(2) == 0 ? 1 : -1;
    const Expr radicand =
        expr::add(g, g.rational(p + q),
                  expr::multiply(g, g.rational(Rational(2) * sign), expr::square_root(g, g.rational(p * q))));
    INFO(judge.text(radicand));
    const std::optional<Expr> root = denested_root(g, radicand);
    if (g.is_number(radicand)) continue;
    REQUIRE(root);
    ++found;
    CHECK_FALSE(judge.differ(*root, expr::square_root(g, radicand)));
  }
  CHECK(found > 200);
  for (const char* text : {"1 + 2^(1/2)", "-3 + 2*2^(1/2)", "3 + 2*x^(1/2)", "1 - 2*2^(1/2)"}) {
    CHECK_FALSE(denested_root(g, judge.read(text)));
  }
}

}  // namespace nabla::algebra
