// Expander (expander.h): operations; sums term by term, derivatives (nested: mixed ones) by the formula that holds
// beside the point.
#include "algebra/derivative/derivative.h"
#include "eval/balls/written_out.h"
#include "eval/jets/expander.h"
#include "expr/rewrite.h"

namespace nabla::eval {

using State = Expansion::State;

namespace {

constexpr std::size_t kLongestFormula = 2000;  // nodes
constexpr long kSpareTerms = 4;
constexpr long kHair = 60;  // the distance 2^-60

Ball plus_one(const Ball& x, Bits bits) { return number::add(x, Ball(1), bits); }

}  // namespace

void Expander::of_operation(const Task& task) {
  if (task.frame != 0) return settle(task, without(State::unknown));
  if (algebra::is_derivative(g_, task.node)) return of_derivative(task);
  if (const std::optional<Expr> terms = written_out(in_, task.node, bits_)) {
    if (const Expansion* found = want(task.frame, *terms)) settle(task, Expansion(*found));
    return;
  }
  settle(task, by_coefficients(task.node));
}

Expansion Expander::by_coefficients(Expr node) {
  Germ germ{1, 0, terms_, {}};
  Expr d = on_path(node);
  Ball factor = 1;
  for (long k = 0; k < terms_; ++k) {
    if (k > 0) {
      d = algebra::derivative(g_, d, x_, in_.budget());
      factor = number::div(factor, Ball(side_ == Side::left ? -k : k), bits_);
    }
    const Expansion value = from_outcome(in_.evaluate(at_point(d), bits_), d);
    if (value.state != State::known) return beside(value);
    germ.c.set_coefficient(k, number::mul(value.germ.c.coefficient(0), factor, bits_));
  }
  return known(std::move(germ), node);
}

Expander::Opened& Expander::opened(Expr node) {
  const auto [place, is_new] = opened_.try_emplace(node.id);
  if (is_new) place->second.parts = algebra::parts_of_derivative(g_, node);
  return place->second;
}

void Expander::of_derivative(const Task& task) {
  Opened& d = opened(task.node);
  const Expansion* point = want(task.frame, d.parts.point);
  if (point == nullptr) return;
  if (point->state != State::known) return settle(task, *point);
  const bool moves = varies(task.frame, d.parts.body);
  if (side_ == Side::both) {
    const State state = moves ? is_analytic(d, *point) : State::known;
    if (state == State::known) return settle(task, by_coefficients(task.node));
    if (!d.formula) d.formula = same_on_both_sides(d);
    if (!d.formula) return settle(task, without(state));
  }
  if (!d.formula) d.formula = same_on_both_sides(d);
  if (!d.formula) {
    if (!moves) {
      Expansion simply = by_coefficients(task.node);
      if (simply.state == State::known) return settle(task, std::move(simply));
    }
    if (std::optional<Expansion> instead = find_formula(task.node, d, *point)) {
      return settle(task, std::move(*instead));
    }
  }
  const Expansion* found = want(task.frame, *d.formula);
  if (found == nullptr) return;
  Expansion result = *found;
  // At an end of the domain the derivative may exist where its formula has no value.
  if (result.state == State::undefined && !is_undefined_beside(task.node)) result = without(State::unknown);
  settle(task, std::move(result));
}

// x and the body's variable vary independently near the point, so that only the values at the point decide.
State Expander::is_analytic(const Opened& d, const Expansion& point) {
  Expander other(in_, x_, at_, Side::both, 2, bits_);
  other.be_strict();
  for (const Companion& c : companions_) other.accompany(c);
  const Ball& q = point.germ.c.coefficient(0);
  Germ germ = Germ::constant(q, 2);
  germ.c.set_coefficient(1, plus_one(point.germ.c.coefficient(1), bits_));
  const Expr away = expr::add(g_, on_path(d.parts.point), expr::subtract(g_, x_, at_));
  other.accompany({d.parts.variable, std::move(germ), away});
  const Expansion found = other.run(d.parts.body, start());
  estimated_ = estimated_ || found.estimated;
  return found.state;
}

std::optional<Expansion> Expander::find_formula(Expr node, Opened& d, const Expansion& point) {
  Expander other(in_, x_, at_, side_, terms_, bits_);
  for (const Companion& c : companions_) other.accompany(c);
  other.accompany({d.parts.variable, point.germ, on_path(d.parts.point)});
  const Expansion found = other.run(d.parts.body, start());
  estimated_ = estimated_ || found.estimated;
  if (found.state != State::known || found.rough) {
    Expansion instead = without(found.state == State::undecided ? State::undecided : State::unknown);
    if (is_undefined_beside(node)) instead.state = State::undefined;
    return instead;
  }
  const Expr formula =
      algebra::derivative(g_, found.smooth, d.parts.variable, d.parts.order, in_.budget(), kLongestFormula);
  const expr::Replacement put{d.parts.variable, d.parts.point};
  d.formula = expr::substitute(g_, formula, std::span(&put, 1));
  if (*d.formula != node) return std::nullopt;
  return without(State::unknown);
}

std::optional<Expr> Expander::same_on_both_sides(const Opened& d) {
  const algebra::DerivativeParts& p = d.parts;
  if (!g_.is_constant(p.point) || !companions_.empty() || g_.kind(x_) != expr::Kind::symbol) return std::nullopt;
  const Rational hair = Rational::power(Rational(1, 2), kHair);
  Evaluator::Scope near(in_, x_);
  near.bind(Outcome::enclosed(number::add(start(), Ball::hull(Ball(-hair, bits_), Ball(hair, bits_), bits_), bits_)));
  std::vector<Expr> sides;
  for (const Side side : {Side::left, Side::right}) {
    const Expansion found = expand(in_, p.body, p.variable, p.point, side, p.order + kSpareTerms, bits_);
    if (found.state == State::undefined) continue;
    if (found.state != State::known || found.rough || found.estimated) return std::nullopt;
    sides.push_back(found.smooth);
  }
  if (sides.empty()) return std::nullopt;
  const expr::Replacement put{p.variable, p.point};
  const auto at = [&](Expr e) { return expr::substitute(g_, e, std::span(&put, 1)); };
  const auto equal = [&](Expr a, Expr b) { return a == b || in_.proven_equal(a, b); };
  if (!in_.evaluate(at(p.body), bits_).has_value() || !equal(at(sides.front()), at(p.body))) return std::nullopt;
  Expr left = sides.front();
  Expr right = sides.back();
  for (long k = 0; k < p.order; ++k) {
    if (!equal(at(left), at(right))) return std::nullopt;
    left = algebra::derivative(g_, left, p.variable, 1, in_.budget(), kLongestFormula);
    right = algebra::derivative(g_, right, p.variable, 1, in_.budget(), kLongestFormula);
  }
  return equal(at(left), at(right)) ? std::optional(at(right)) : std::nullopt;
}

// A path along a boundary stays on it near the point, so that one place decides.
bool Expander::is_undefined_beside(Expr node) {
  const Rational hair = Rational::power(Rational(1, 2), kHair);
  const Expr place = expr::add(g_, at_, g_.rational(side_ == Side::left ? -hair : hair));
  const expr::Replacement put{x_, place};
  return in_.evaluate(expr::substitute(g_, on_path(node), std::span(&put, 1)), bits_).state ==
         Outcome::State::undefined;
}

}  // namespace nabla::eval
