#include "algebra/rational/rebuild.h"

#include "algebra/rules/length.h"
#include "judge.h"

namespace nabla::algebra {

using test::Judge;

TEST_CASE("what is rebuilt is the same function", "[algebra]") {
  Judge judge(51);
  int compared = 0;
  for (int round = 0; round < 300; ++round) {
    const Expr e = judge.formula(1 + round % 4, round % 3 != 0);
    for (const View view : {View::as_written, View::circular}) {
      try {
        Field field(judge.g, e, view, judge.budget);
        Length length(judge.g);
        Rebuilder rebuilder(field, length);
        const Quotient q = field.quotient(e);
        INFO(judge.text(e));
        const Form shortest = rebuilder.shortest(q);
        compared += judge.compare(e, shortest.e, 6);
        compared += judge.compare(e, rebuilder.plain(q), 6);
        compared += judge.compare(e, rebuilder.normal(q), 6);
        CHECK(shortest.cost >= length(shortest.e));
        CHECK(length(shortest.e) <= length(rebuilder.plain(q)));
      } catch (const TooLarge&) {
      }
    }
  }
  CHECK(compared > 5000);
}

TEST_CASE("the normal form is one node, however the function was written", "[algebra]") {
  Judge judge(52);
  Graph& g = judge.g;
  const auto normal = [&](Expr e) -> std::optional<Expr> {
    try {
      Field field(g, e, View::as_written, judge.budget);
      Length length(g);
      return Rebuilder(field, length).normal(field.quotient(e));
    } catch (const TooLarge&) {
      return std::nullopt;
    }
  };
  int compared = 0;
  for (int round = 0; round < 200; ++round) {
    const Expr a = judge.formula(2, false);
    const Expr b = judge.formula(2, false);
    const Expr c = expr::add(g, judge.formula(1, false), judge.read("w"));
    const auto first = normal(expr::divide(g, expr::add(g, expr::multiply(g, a, c), expr::multiply(g, b, c)), c));
    const auto second = normal(expr::add(g, a, b));
    if (!first || !second) continue;
    INFO(judge.text(a) << " + " << judge.text(b) << ": " << judge.text(*first) << " and " << judge.text(*second));
    CHECK(*first == *second);
    CHECK(normal(*first) == *first);
    ++compared;
  }
  CHECK(compared > 100);
}

}  // namespace nabla::algebra
