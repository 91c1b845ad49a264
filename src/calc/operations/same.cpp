#include "calc/operations/same.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "algebra/simplify/borders.h"
#include "algebra/simplify/equality.h"
#include "calc/elaborate/forms.h"
#include "calc/elaborate/trial_points.h"
#include "expr/rewrite.h"

namespace nabla::calc {
namespace {

using eval::Evaluator;
using eval::Outcome;
using number::Ball;

constexpr number::Bits kBits[] = {64, 256};
constexpr number::Bits kManyBits[] = {1200, 4000};  // where neither a proof nor a difference is found
constexpr int kPointsWithManyBits = 6;
constexpr int kShownDigits = 6;
constexpr int kMostShownDigits = 24;

// What two expressions are to each other at a point.
enum class Relation {
  overlap,  // both have a value, and these may be equal
  differ,
  left_only,  // only the first has a value
  right_only,
  untold,  // neither has a value, or that is not known
};
struct Comparison {
  Relation relation = Relation::untold;
  std::string how;  // they differ
};

std::string difference(const Ball& x, const Ball& y, number::Bits bits) {
  int digits = kShownDigits;
  const auto shown = [&](const Ball& ball) { return number::estimated_decimal(ball, digits).text; };
  while (shown(x) == shown(y) && digits < kMostShownDigits) digits *= 2;
  if (shown(x) != shown(y)) return fmt::format("{} against {}", shown(x), shown(y));
  return fmt::format("by {}", number::estimated_decimal(number::sub(y, x, bits), kShownDigits).text);
}

Comparison compare(Evaluator& in, Expr a, Expr b, std::span<const number::Bits> all_bits) {
  using State = Outcome::State;
  Comparison found;
  for (number::Bits bits : all_bits) {
    const Outcome x = in.evaluate(a, bits);
    const Outcome y = in.evaluate(b, bits);
    const auto has_value = [](const Outcome& o) { return o.has_value() && !o.ball.is_nan(); };
    if (x.state == State::undefined || y.state == State::undefined) {
      if (has_value(x)) return {Relation::left_only, {}};
      if (has_value(y)) return {Relation::right_only, {}};
      if (x.state == y.state) return {};
      continue;
    }
    if (!has_value(x) || !has_value(y)) continue;
    const bool known = x.state == State::enclosed && y.state == State::enclosed;
    if (known && !x.ball.overlaps(y.ball)) return {Relation::differ, difference(x.ball, y.ball, bits)};
    found.relation = Relation::overlap;
    if (x.exact && y.exact) return found;
  }
  return found;
}

// Whether both are constants with values that are known exactly, and equal.
bool are_equal_numbers(Evaluator& in, Expr a, Expr b) {
  if (!in.graph().is_constant(a) || !in.graph().is_constant(b)) return false;
  const Outcome x = in.evaluate(a, kBits[0]);
  const Outcome y = in.evaluate(b, kBits[0]);
  return x.exact && y.exact && *x.exact == *y.exact;
}

// Two expressions at many points.
class Trial {
 public:
  Trial(Elaborator& in, Expr a, Expr b) : in_(in), a_(a), b_(b) {
    Graph& g = in.graph();
    symbols_ = expr::symbols(g, a);
    for (Expr s : expr::symbols(g, b)) {
      if (std::ranges::find(symbols_, s) == symbols_.end()) symbols_.push_back(s);
    }
    const Expr both[] = {a, b};
    points_ = symbols_.empty() ? std::vector<std::vector<Rational>>(1) : trial_points(g, both, symbols_, in.budget());
  }

  // Where they differ and how, if they do.
  std::optional<std::string> refutation() {
    for (std::size_t i = 0; i < points_.size(); ++i) {
      const Comparison c = at(points_[i], kBits);
      if (c.relation == Relation::differ) return told(points_[i], c);
      if (c.relation == Relation::overlap) common_.push_back(i);
      if (one_sided_.empty() && c.relation == Relation::left_only)
        one_sided_ = place(points_[i]) + " only the left has one";
      if (one_sided_.empty() && c.relation == Relation::right_only)
        one_sided_ = place(points_[i]) + " only the right has one";
    }
    return std::nullopt;
  }

  // The same to a thousand digits at a few points that `refutation` found to have both values.
  std::optional<std::string> deep_refutation() {
    for (int i = 0; i < kPointsWithManyBits && i < std::ssize(common_); ++i) {
      const std::vector<Rational>& point = points_[common_[static_cast<std::size_t>(i)]];
      const Comparison c = at(point, kManyBits);
      if (c.relation == Relation::differ) return told(point, c);
    }
    return std::nullopt;
  }

  // Whether they are equal, or not both defined, wherever pieces of the functions meet.
  bool agree_at_borders() {
    Graph& g = in_.graph();
    if (symbols_.size() != 1) return false;
    for (Expr e : {a_, b_}) {
      const std::optional<std::vector<Expr>> all = algebra::borders(g, e);
      if (!all) return false;
      for (Expr border : *all) {
        const algebra::RationalZeros zeros = algebra::rational_zeros(g, border, symbols_[0], in_.budget());
        if (!zeros.all || !std::ranges::all_of(zeros.at, [&](const Rational& q) { return agree_at(q); })) return false;
      }
    }
    return true;
  }

  // What is to be said of where they have values; empty if both have them at the same points, as far as was tried.
  std::string note() const {
    if (common_.empty())
      return symbols_.empty() ? "not both have a value" : "no point was found where both have a value";
    return one_sided_.empty() ? "" : "equal where both have a value; at " + one_sided_;
  }

 private:
  Comparison at(const std::vector<Rational>& point, std::span<const number::Bits> bits) {
    in_.budget().check();
    std::vector<std::unique_ptr<Evaluator::Scope>> scopes;
    for (std::size_t s = 0; s < symbols_.size(); ++s) {
      scopes.push_back(std::make_unique<Evaluator::Scope>(in_.evaluator(), symbols_[s]));
      scopes.back()->bind(point[s]);
    }
    return compare(in_.evaluator(), a_, b_, bits);
  }

  bool agree_at(const Rational& q) {
    const Relation r = at({q}, kBits).relation;
    if (r == Relation::left_only || r == Relation::right_only) return true;
    Graph& g = in_.graph();
    const expr::Replacement put{symbols_[0], g.rational(q)};
    const Expr x = expr::substitute(g, a_, std::span(&put, 1));
    const Expr y = expr::substitute(g, b_, std::span(&put, 1));
    Evaluator& evaluator = in_.evaluator();
    if (evaluator.evaluate(x, kBits[0]).state == Outcome::State::undefined) return true;
    return r == Relation::overlap && (are_equal_numbers(evaluator, x, y) || evaluator.proven_equal(x, y));
  }

  std::string place(const std::vector<Rational>& point) const {
    std::string where;
    for (std::size_t s = 0; s < symbols_.size(); ++s) {
      where += fmt::format("{}{} = {}", where.empty() ? "" : ", ", in_.graph().name(symbols_[s]),
                           number::decimal(point[s], 12).text);
    }
    return where;
  }

  std::string told(const std::vector<Rational>& point, const Comparison& c) const {
    return symbols_.empty() ? "they differ: " + c.how : fmt::format("they differ at {}: {}", place(point), c.how);
  }

  Elaborator& in_;
  Expr a_;
  Expr b_;
  std::vector<Expr> symbols_;
  std::vector<std::vector<Rational>> points_;
  std::vector<std::size_t> common_;  // of the points, those where both have a value
  std::string one_sided_;
};

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
  std::string told;
  for (std::size_t i = 0; i < a.elements.size(); ++i) {
    const Expr x = a.elements[i];
    const Expr y = b.elements[i];
    if (x == y) continue;
    Trial trial(in, x, y);
    std::optional<std::string> differ = trial.refutation();
    const bool equal =
        !differ && (are_equal_numbers(in.evaluator(), x, y) || algebra::proven_equal(g, x, y, in.budget()) ||
                    (algebra::proven_equal_beside_borders(g, x, y, in.budget()) && trial.agree_at_borders()));
    if (!differ && !equal) differ = trial.deep_refutation();
    if (differ) {
      in.note(place, *differ);
      return g.boolean(false);
    }
    proven = proven && equal;
    if (const std::string text = trial.note(); !text.empty() && text != told) in.note(place, told = text);
  }
  if (proven) return g.boolean(true);
  const Expr estimate = expr::operation(g, kSame[0], {});
  return expr::compare(g, expr::Relation::equal, estimate, expr::integer(g, 1));
}

extern const expr::OperationRows same_operations = kSame;

}  // namespace nabla::calc
