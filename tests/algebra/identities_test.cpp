#include "algebra/rational/identities.h"

#include <random>

#include "algebra/simplify/equality.h"
#include "algebra/simplify/simplify.h"
#include "eval/balls/evaluator.h"
#include "reading.h"

namespace nabla::algebra {
namespace {

using eval::Evaluator;
using eval::Outcome;

constexpr base::Bits kBits = 128;
constexpr int kPoints = 60;

// What applies the identity first.
Use use_of(Graph& g, Expr left, Expr right) {
  if (left == right) return Use::always;
  base::Budget budget;
  const Expr shown = simplify(g, left, budget).expression;
  return shown == simplify(g, right, budget).expression ? Use::display : Use::proof;
}

}  // namespace

TEST_CASE("Every identity of the table is proven, and used where the table says") {
  for (const Identity& i : identities()) {
    INFO(i.left << " = " << i.right);
    Graph g(&kRules);
    base::Budget budget;
    const Expr left = read(g, i.left);
    const Expr right = read(g, i.right);
    CHECK(proven_equal(g, left, right, budget));
    CHECK(static_cast<int>(i.use) == static_cast<int>(use_of(g, left, right)));
  }
}

TEST_CASE("Both sides of every identity are defined where it says so, and their values agree") {
  std::minstd_rand random(7);
  for (const Identity& i : identities()) {
    INFO(i.left << " = " << i.right);
    Graph g(&kRules);
    base::Budget budget;
    Evaluator in(g, budget);
    const Expr left = read(g, i.left);
    const Expr right = read(g, i.right);
    const Expr where = i.where.empty() ? g.boolean(true) : read(g, i.where);
    const Expr all[] = {left, right, where};
    std::vector<Expr> free;
    for (Expr e : expr::reachable(g, all)) {
      if (g.kind(e) == expr::Kind::symbol) free.push_back(e);
    }
    int agreed = 0;
    for (int point = 0; point < kPoints; ++point) {
      for (Expr s : free) in.bind(s, Rational(static_cast<long>(random() % 49) - 24, 8));
      const Outcome a = in.evaluate(left, kBits);
      const Outcome b = in.evaluate(right, kBits);
      if (in.decide(where) == number::Truth::yes) {
        CHECK(a.has_value());
        CHECK(b.has_value());
      }
      if (!a.has_value() || !b.has_value()) continue;
      CHECK(a.ball.overlaps(b.ball));
      ++agreed;
    }
    CHECK(agreed >= kPoints / 10);
  }
}

}  // namespace nabla::algebra
