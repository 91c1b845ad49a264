// Random formulas, and evaluation by balls at random rational points as the judge of what algebra makes of them.
#pragma once

#include <algorithm>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "algebra/rules/call.h"
#include "calc/graph_rules.h"
#include "eval/balls/evaluator.h"
#include "expr/build.h"
#include "expr/write/print.h"
#include "functions/table.h"
#include "reading.h"

namespace nabla::test {

using expr::Expr;
using number::Ball;
using number::Rational;

class Judge {
 public:
  static constexpr base::Bits kBits = 512;

  explicit Judge(std::uint64_t seed) : random_(seed) {}

  expr::Graph g{&calc::kRules};
  base::Budget budget;
  const std::vector<Expr> symbols{g.symbol("x"), g.symbol("y"), g.symbol("z")};

  long below(long n) { return static_cast<long>(random_() % static_cast<std::uint64_t>(n)); }
  Rational small_rational() { return {below(13) - 6, below(3) + 1}; }
  Expr read(std::string_view text) { return nabla::read(g, text); }
  std::string text(Expr e) const { return expr::print(g, e, expr::Style::plain); }
  Expr call(std::string_view name, Expr argument) {
    return algebra::call(g, *functions::find(name), std::span(&argument, 1));
  }

  // Sums, products, quotients and whole powers; with functions in it one node in four.
  Expr formula(int depth, bool with_functions = true) {
    if (depth == 0) return below(3) == 0 ? g.rational(small_rational()) : symbols[static_cast<std::size_t>(below(3))];
    const Expr a = formula(depth - 1, with_functions);
    switch (below(with_functions ? 12 : 9)) {
      case 0:
      case 1: return expr::add(g, a, formula(depth - 1, with_functions));
      case 2: return expr::subtract(g, a, formula(depth - 1, with_functions));
      case 3:
      case 4:
      case 5: return expr::multiply(g, a, formula(depth - 1, with_functions));
      case 6:
      case 7: return expr::divide(g, a, formula(depth - 1, with_functions));
      case 8: return expr::power(g, a, below(5) - 2);
      case 9: return expr::power(g, a, g.rational(Rational(below(7) - 3, below(2) + 2)));
      case 10: return call("exp", expr::multiply(g, g.rational(small_rational()), a));
      default: {
        constexpr std::string_view kNames[] = {"sin",  "cos",  "tan",  "sec", "cot",  "sinh", "cosh",
                                               "tanh", "sign", "atan", "ln",  "sqrt", "abs",  "asin"};
        return call(kNames[below(std::ssize(kNames))], a);
      }
    }
  }

  // Gives the symbols new values: integers and halves, where holes are, as often as others.
  void move() {
    point_.clear();
    for (Expr s : symbols) {
      const Rational q = below(2) == 0 ? Rational(below(13) - 6, 2) : Rational(below(4001) - 2000, 617);
      in_.bind(s, q);
      point_ += text(s) + " = " + q.text() + "  ";
    }
  }
  const std::string& point() const { return point_; }

  enum class Found { value, none, untold };
  struct Value {
    Found found = Found::untold;
    Ball ball;
  };
  // At the point. A truth value is 1 or 0.
  Value value(Expr e) {
    const eval::Outcome o = in_.evaluate(e, kBits);
    if (o.state == eval::Outcome::State::undefined) return {Found::none, {}};
    const bool known = o.state == eval::Outcome::State::enclosed && o.ball.is_finite();
    return known ? Value{Found::value, o.ball} : Value{};
  }
  // Whether both have a value and these differ.
  bool differ(Expr a, Expr b) {
    const Value x = value(a);
    const Value y = value(b);
    return x.found == Found::value && y.found == Found::value && !x.ball.overlaps(y.ball);
  }
  // Fails if they differ at one of some points; gives at how many they could be compared.
  int compare(Expr a, Expr b, int points = 12) {
    int compared = 0;
    for (int i = 0; i < points; ++i) {
      move();
      const Value x = value(a);
      const Value y = value(b);
      if (x.found != Found::value || y.found != Found::value) continue;
      ++compared;
      if (!x.ball.overlaps(y.ball)) FAIL(text(a) << " and " << text(b) << " differ at " << point());
    }
    return compared;
  }

 private:
  std::mt19937_64 random_;
  eval::Evaluator in_{g, budget};
  std::string point_;
};

}  // namespace nabla::test
