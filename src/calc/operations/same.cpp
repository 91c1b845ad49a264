#include "calc/operations/same.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <random>

#include "algebra/rules/call.h"
#include "algebra/simplify/equality.h"
#include "calc/elaborate/forms.h"

namespace nabla::calc {
namespace {

using eval::Evaluator;
using eval::Outcome;
using number::Ball;

constexpr int kPoints = 40;
constexpr number::Bits kBits[] = {64, 256};
constexpr int kShownDigits = 6;
constexpr int kMostShownDigits = 24;

// The values of two expressions at a point, if they certainly differ there.
std::optional<std::string> difference(Evaluator& in, Expr a, Expr b) {
  for (number::Bits bits : kBits) {
    const Outcome x = in.evaluate(a, bits);
    const Outcome y = in.evaluate(b, bits);
    if (x.state != Outcome::State::enclosed || y.state != Outcome::State::enclosed) {
      if (x.state == Outcome::State::undefined || y.state == Outcome::State::undefined) return std::nullopt;
      continue;
    }
    if (x.ball.is_nan() || y.ball.is_nan()) continue;
    if (x.ball.overlaps(y.ball)) continue;
    int digits = kShownDigits;
    const auto shown = [&](const Ball& ball) { return number::estimated_decimal(ball, digits).text; };
    while (shown(x.ball) == shown(y.ball) && digits < kMostShownDigits) digits *= 2;
    if (shown(x.ball) == shown(y.ball)) {
      return fmt::format("by {}", number::estimated_decimal(number::sub(y.ball, x.ball, bits), kShownDigits).text);
    }
    return fmt::format("{} against {}", shown(x.ball), shown(y.ball));
  }
  return std::nullopt;
}

// Whether both are constants with values that are known exactly, and equal.
bool are_equal_numbers(Evaluator& in, Expr a, Expr b) {
  if (!in.graph().is_constant(a) || !in.graph().is_constant(b)) return false;
  const Outcome x = in.evaluate(a, kBits[0]);
  const Outcome y = in.evaluate(b, kBits[0]);
  return x.exact && y.exact && *x.exact == *y.exact;
}

// Whether they differ at some point; then the note says where.
std::optional<std::string> refutation(Elaborator& in, Expr a, Expr b) {
  Graph& g = in.graph();
  std::vector<Expr> free = expr::symbols(g, a);
  for (Expr s : expr::symbols(g, b)) {
    if (std::ranges::find(free, s) == free.end()) free.push_back(s);
  }
  Evaluator& evaluator = in.evaluator();
  if (free.empty()) {
    const std::optional<std::string> found = difference(evaluator, a, b);
    return found ? std::optional("they differ: " + *found) : std::nullopt;
  }
  std::minstd_rand random(1);
  for (int i = 0; i < kPoints; ++i) {
    in.budget().check();
    const long spread = i < kPoints / 2 ? 24 : 200;
    std::vector<std::unique_ptr<Evaluator::Scope>> scopes;
    std::string where;
    for (Expr s : free) {
      // Every other point is positive throughout, where logarithms and roots are defined.
      const long n = static_cast<long>(random() % static_cast<unsigned long>(2 * spread + 1)) - spread;
      const Rational value(i % 2 == 0 ? std::abs(n) + 1 : n, 8);
      scopes.push_back(std::make_unique<Evaluator::Scope>(evaluator, s));
      scopes.back()->bind(value);
      where += fmt::format("{}{} = {}", where.empty() ? "" : ", ", g.name(s), number::decimal(value, 12).text);
    }
    if (const std::optional<std::string> found = difference(evaluator, a, b)) {
      return fmt::format("they differ at {}: {}", where, *found);
    }
  }
  return std::nullopt;
}

Value elaborate_same(Elaborator& in, const Term& call) {
  expect_arguments(call, 2, 2, "same((x + 1)^2, x^2 + 2x + 1)");
  const Value a = in.elaborate(call[0]);
  return same(in, a, in.elaborate(call[1]), call.span());
}

Outcome enclose_same(Evaluator&, Expr, number::Bits) { return Outcome::estimated(Ball(1)); }

constexpr expr::Operation kSame[] = {
    {.name = "same",
     .title = "equality of functions",
     .signature = "same(E1, E2)",
     .help =
         "Whether two expressions are equal wherever both are defined: proven, or refuted by a point, else estimated.",
     .example = "same((x + 1)^2, x^2 + 2*x + 1)",
     .answer = "true",
     .elaborate = elaborate_same,
     .enclose = enclose_same,
     .estimate = true},
};

}  // namespace

Expr same(Elaborator& in, const Value& a, const Value& b, Span place) {
  Graph& g = in.graph();
  if (a.shape != b.shape || a.rows != b.rows || a.columns != b.columns) return g.boolean(false);
  bool proven = true;
  for (std::size_t i = 0; i < a.elements.size(); ++i) {
    const Expr x = a.elements[i];
    const Expr y = b.elements[i];
    if (x == y) continue;
    if (const std::optional<std::string> found = refutation(in, x, y)) {
      in.note(place, *found);
      return g.boolean(false);
    }
    proven = proven && (are_equal_numbers(in.evaluator(), x, y) || algebra::proven_equal(g, x, y, in.budget()));
  }
  if (proven) return g.boolean(true);
  const Expr estimate = expr::operation(g, kSame[0], {});
  return expr::compare(g, expr::Relation::equal, estimate, expr::integer(g, 1));
}

extern const expr::OperationRows same_operations = kSame;

}  // namespace nabla::calc
