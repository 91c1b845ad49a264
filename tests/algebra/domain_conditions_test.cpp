#include "algebra/simplify/domain_conditions.h"

#include "algebra/simplify/conditions.h"
#include "algebra/simplify/simplify.h"
#include "expr/rewrite.h"
#include "judge.h"

namespace nabla::algebra {

using test::Judge;

namespace {

using Found = Judge::Found;

enum class All { hold, fail, untold };
All all_hold(Judge& judge, std::span<const Expr> conditions) {
  All all = All::hold;
  for (Expr c : conditions) {
    const Judge::Value v = judge.value(c);
    if (v.found == Found::none || (v.found == Found::value && v.ball.is_zero())) return All::fail;
    if (v.found == Found::untold) all = All::untold;
  }
  return all;
}

// Where `to` is defined, `from` is if the conditions hold, and only then. Gives how many points told anything.
int check_conditions(Judge& judge, Expr from, Expr to, std::span<const Expr> conditions) {
  int told = 0;
  for (int i = 0; i < 20; ++i) {
    judge.move();
    const Found before = judge.value(from).found;
    if (judge.value(to).found != Found::value || before == Found::untold) continue;
    const All all = all_hold(judge, conditions);
    if (all == All::untold) continue;
    ++told;
    std::string list;
    for (Expr c : conditions) list += judge.text(c) + "; ";
    INFO(judge.text(from) << " and " << judge.text(to) << " where " << list << " at " << judge.point());
    CHECK((before == Found::value) == (all == All::hold));
  }
  return told;
}

}  // namespace

TEST_CASE("the conditions that are lost are those under which the other is defined", "[algebra]") {
  Judge judge(81);
  Graph& g = judge.g;
  int told = 0;
  int with_conditions = 0;
  for (int round = 0; round < 400; ++round) {
    const Expr from = judge.formula(1 + round % 3);
    const Expr part = judge.formula(1);
    for (const Expr to : {g.rational(1), part, expr::add(g, from, part), simplify(g, from, judge.budget).expression}) {
      const auto lost = lost_conditions(g, from, to, judge.budget);
      if (!lost) continue;
      with_conditions += lost->empty() ? 0 : 1;
      told += check_conditions(judge, from, to, *lost);
    }
  }
  CHECK(told > 5000);
  CHECK(with_conditions > 200);
}

TEST_CASE("nothing is lost to what contains the expression", "[algebra]") {
  Judge judge(82);
  Graph& g = judge.g;
  for (int round = 0; round < 200; ++round) {
    const Expr from = judge.formula(1 + round % 3);
    CHECK(lost_conditions(g, from, from, judge.budget).value_or(std::vector<Expr>()).empty());
  }
}

TEST_CASE("a condition on an expression says what was asked of it", "[algebra]") {
  Judge judge(83);
  Graph& g = judge.g;
  const Expr zero = g.rational(0);
  for (int round = 0; round < 300; ++round) {
    const Expr s = expr::add(g, judge.formula(1 + round % 2), g.rational(judge.small_rational()));
    for (const expr::Relation r : {expr::Relation::less, expr::Relation::less_equal, expr::Relation::not_equal}) {
      const Expr plain = expr::compare(g, r, zero, s);
      const Expr told = condition_on(g, r, s);
      for (int i = 0; i < 8; ++i) {
        judge.move();
        INFO(judge.text(plain) << " as " << judge.text(told) << " at " << judge.point());
        CHECK_FALSE(judge.differ(plain, told));
      }
    }
  }
}

TEST_CASE("conditions that follow from others are dropped, and all that is said stays", "[algebra]") {
  Judge judge(84);
  Graph& g = judge.g;
  const Expr x = judge.symbols[0];
  for (int round = 0; round < 400; ++round) {
    std::vector<Expr> all;
    for (long i = judge.below(5) + 1; i > 0; --i) {
      const Expr at = g.rational(Rational(judge.below(7) - 3, 2));
      const auto r = std::array{expr::Relation::less, expr::Relation::less_equal,
                                expr::Relation::not_equal}[static_cast<std::size_t>(judge.below(3))];
      const Expr c = judge.below(2) == 0 ? expr::compare(g, r, x, at) : expr::compare(g, r, at, x);
      if (std::ranges::find(all, c) == all.end()) all.push_back(c);
    }
    std::vector<Expr> kept = all;
    drop_weaker(g, kept);
    for (int i = 0; i < 20; ++i) {
      judge.move();
      CHECK(all_hold(judge, all) == all_hold(judge, kept));
    }
    std::vector<Expr> again = kept;
    drop_weaker(g, again);
    CHECK(again == kept);
  }
  std::vector<Expr> several{judge.read("1 < x"), judge.read("0 < x"), judge.read("1 <= x")};
  drop_weaker(g, several);
  CHECK(several == std::vector<Expr>{judge.read("1 < x")});
}

TEST_CASE("a point left out is told by the expression only if it has no value there", "[algebra]") {
  Judge judge(85);
  Graph& g = judge.g;
  for (int round = 0; round < 300; ++round) {
    const Expr e = judge.formula(1 + round % 3);
    const Expr one_variable =
        expr::substitute(g, e,
                         std::array{expr::Replacement{judge.symbols[1], g.rational(judge.small_rational())},
                                    expr::Replacement{judge.symbols[2], g.rational(judge.small_rational())}});
    const Expr at = g.rational(Rational(judge.below(9) - 4, 2));
    const Expr condition = expr::compare(g, expr::Relation::not_equal, judge.symbols[0], at);
    if (!says_itself(g, condition, one_variable)) continue;
    const Expr there = expr::substitute(g, one_variable, std::array{expr::Replacement{judge.symbols[0], at}});
    INFO(judge.text(one_variable) << " at " << judge.text(at));
    CHECK(judge.value(there).found == Found::none);
  }
  CHECK(says_itself(g, judge.read("x != 0"), judge.read("1/x")));
  CHECK_FALSE(says_itself(g, judge.read("x != 0"), judge.read("1/(x - 1)")));
  CHECK_FALSE(says_itself(g, judge.read("x > 0"), judge.read("ln(x)")));
}

}  // namespace nabla::algebra
