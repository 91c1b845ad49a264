// Points on the line: how they are narrowed, recognised, told apart and put into functions.
#include <algorithm>

#include "algebra/rules/call.h"
#include "calc/landmarks/zeros.h"
#include "expr/build.h"
#include "expr/rewrite.h"
#include "number/functions/functions.h"

namespace nabla::calc {

using eval::Evaluator;
using eval::Outcome;
using expr::Expr;
using number::Ball;
using number::Bits;
using number::Rational;
using number::Truth;

namespace {

constexpr Bits kBits = 64;
constexpr Bits kSettledBits = 200;  // a sign not known at this accuracy is that of zero
constexpr int kMostNarrowings = 60;
constexpr Bits kMostPlaceBits = 700;  // of the ends of an interval
constexpr Bits kShort = 24;           // a fraction worth trying
constexpr int kMostSteps = 80;        // of Newton's method
const Rational kHalf(1, 2);

int sign_of(const Outcome& o) {
  if (o.exact) return o.exact->sign();
  if (o.state != Outcome::State::enclosed || o.ball.is_nan()) return 0;
  return o.ball.is_positive() ? 1 : o.ball.is_negative() ? -1 : 0;
}

// The number with the smallest denominator between a and b, ends included (Stern and Brocot).
Rational simplest_between(const Rational& a, const Rational& b) {
  if (a.sign() <= 0 && b.sign() >= 0) return {};
  if (b.sign() < 0) return -simplest_between(-b, -a);
  const Rational whole = a.ceil();
  if (whole <= b) return whole;
  const Rational below = a.floor();
  return below + simplest_between((b - below).reciprocal(), (a - below).reciprocal()).reciprocal();
}

Ball ball_of(const Place& p, Bits bits) { return Ball::hull(Ball(p.lo, bits), Ball(p.hi, bits), bits); }

void settle(Evaluator& in, Place& p, const Rational& q) {
  p.lo = p.hi = q;
  p.at = in.graph().rational(q);
}

// The ends of a finite ball as fractions.
std::optional<Interval> ends(const Ball& b) {
  const std::optional<Rational> middle = b.midpoint();
  if (!middle || !b.is_finite()) return std::nullopt;
  const Rational radius = Rational::from_double(b.radius());
  return Interval{*middle - radius, *middle + radius};
}

// One step of Newton's method on an interval: a ball that contains the zero, wide if nothing is gained.
std::optional<Ball> newton(Evaluator& in, Expr x, const Place& p, const Ball& within, Bits bits) {
  Evaluator::Scope variable(in, x);
  const std::optional<Rational> middle = within.midpoint();
  if (!middle) return std::nullopt;
  variable.bind(Outcome::enclosed(within));
  const Outcome slope = in.evaluate(p.slope, bits);
  if (sign_of(slope) == 0) return std::nullopt;
  variable.bind(*middle);
  const Outcome value = in.evaluate(p.of, bits);
  if (value.exact && value.exact->is_zero()) return Ball(*middle, bits).is_exact() ? Ball(*middle, bits) : within;
  if (value.state != Outcome::State::enclosed || !value.ball.is_finite()) return std::nullopt;
  const Ball step = number::div(value.exact ? Ball(*value.exact, bits) : value.ball,
                                slope.exact ? Ball(*slope.exact, bits) : slope.ball, bits);
  if (!step.is_finite()) return std::nullopt;
  return number::sub(Ball(*middle, bits), step, bits);
}

void intersect(Place& p, const Interval& with) {
  p.lo = std::max(p.lo, with.lo);
  p.hi = std::min(p.hi, with.hi);
}

}  // namespace

Expr put(Evaluator& in, Expr e, Expr x, Expr value) {
  const expr::Replacement replacement{x, value};
  return expr::substitute(in.graph(), e, std::span(&replacement, 1));
}

bool is_zero_at(Evaluator& in, Expr e, Expr x, Expr point) {
  const Expr value = put(in, e, x, point);
  const Outcome o = in.evaluate(value, kBits);
  if (o.exact) return o.exact->is_zero();
  return o.state == Outcome::State::enclosed && o.ball.contains_zero() &&
         in.proven_equal(value, expr::integer(in.graph(), 0));
}

int sign_at(Evaluator& in, Expr e, Expr x, const Rational& p) {
  Evaluator::Scope variable(in, x);
  variable.bind(p);
  if (const int sign = sign_of(in.evaluated(e, kBits)); sign != 0) return sign;
  if (is_zero_at(in, e, x, in.graph().rational(p))) return 0;
  return sign_of(in.refine(
      e, [](const Outcome& o) { return o.exact || sign_of(o) != 0 || o.ball.accuracy_bits() > kSettledBits; }));
}

void narrow(Evaluator& in, Expr x, Place& p) {
  if (p.lo == p.hi) return;
  const Rational width = p.hi - p.lo;
  const Bits bits = std::min(kMostPlaceBits, kBits + std::max<Bits>(0, 2 * std::max(p.lo.bits(), p.hi.bits())));
  if (p.at) {
    const Outcome o = in.evaluate(*p.at, bits);
    if (const auto e = o.has_value() ? ends(o.ball) : std::nullopt) intersect(p, *e);
    return;
  }
  if (const std::optional<Ball> better = newton(in, x, p, ball_of(p, bits), bits)) {
    if (better->is_exact()) return settle(in, p, *better->exact());
    if (const auto e = ends(*better)) intersect(p, *e);
  }
  if ((p.hi - p.lo) * Rational(2) <= width) return;
  const Rational middle = (p.lo + p.hi) * kHalf;
  const int here = sign_at(in, p.of, x, middle);
  if (here == 0) {
    if (is_zero_at(in, p.of, x, in.graph().rational(middle))) settle(in, p, middle);
    return;
  }
  Evaluator::Scope variable(in, x);
  variable.bind(Outcome::enclosed(ball_of(p, bits)));
  const int slope = sign_of(in.evaluated(p.slope, bits));
  if (slope != 0) (here == slope ? p.hi : p.lo) = middle;
}

void recognise(Evaluator& in, Expr x, Place& p) {
  if (p.at) return;
  expr::Graph& g = in.graph();
  const Rational q = simplest_between(p.lo, p.hi);
  if (q.bits() <= kShort && is_zero_at(in, p.of, x, g.rational(q))) return settle(in, p, q);
  const Ball pi = number::pi(kBits);
  const std::optional<Rational> a = number::div(Ball(p.lo, kBits), pi, kBits).midpoint();
  const std::optional<Rational> b = number::div(Ball(p.hi, kBits), pi, kBits).midpoint();
  if (!a || !b) return;
  const Rational turns = simplest_between(*a, *b);
  const Ball place = number::mul(Ball(turns, kBits), pi, kBits);
  const bool inside =
      number::less(Ball(p.lo, kBits), place) == Truth::yes && number::less(place, Ball(p.hi, kBits)) == Truth::yes;
  if (turns.bits() > kShort || !inside) return;
  const Expr at = expr::multiply(g, g.rational(turns), expr::call(g, *algebra::kernel().pi, {}));
  if (is_zero_at(in, p.of, x, at)) p.at = at;
}

bool part(Evaluator& in, Expr x, Place& a, Place& b, bool* same) {
  *same = false;
  for (int k = 0; k < kMostNarrowings; ++k) {
    if (a.hi < b.lo || b.hi < a.lo) return true;
    if (k == 1 && a.at && b.at && (*a.at == *b.at || in.proven_equal(*a.at, *b.at))) {
      *same = true;
      return false;
    }
    in.budget().check();
    narrow(in, x, a);
    narrow(in, x, b);
  }
  return false;
}

std::optional<Place> place_of(Evaluator& in, Expr at) {
  const Outcome o = in.refine(at, [](const Outcome& found) { return found.has_value(); });
  if (o.exact) return Place{*o.exact, *o.exact, in.graph().rational(*o.exact)};
  if (o.state != Outcome::State::enclosed) return std::nullopt;
  const std::optional<Interval> e = ends(o.ball);
  if (!e) return std::nullopt;
  return Place{e->lo, e->hi, at};
}

std::optional<int> order_of(Evaluator& in, Expr x, Place& a, Place& b) {
  bool same = false;
  if (part(in, x, a, b, &same)) return a.hi < b.lo ? -1 : 1;
  return same ? std::optional(0) : std::nullopt;
}

Ball enclosure(Evaluator& in, Expr x, const Place& p, Bits bits) {
  if (p.at) {
    const Outcome o = in.evaluate(*p.at, bits);
    return o.exact ? Ball(*o.exact, bits) : o.has_value() ? o.ball : ball_of(p, bits);
  }
  Ball within = ball_of(p, bits);
  for (int k = 0; k < kMostSteps && within.accuracy_bits() < bits - kBits / 4; ++k) {
    in.budget().check();
    const std::optional<Ball> better = newton(in, x, p, within, bits);
    if (!better || better->radius() >= within.radius()) break;
    within = *better;
  }
  return within;
}

Truth defined_at(Evaluator& in, Expr e, Expr x, const Place& p, Outcome* value) {
  if (p.at) {
    const Outcome o = in.refine(put(in, e, x, *p.at), [](const Outcome& found) { return found.has_value(); });
    if (value) *value = o;
    return o.state == Outcome::State::enclosed    ? Truth::yes
           : o.state == Outcome::State::undefined ? Truth::no
                                                  : Truth::unknown;
  }
  Evaluator::Scope variable(in, x);
  for (Bits bits = kBits; bits <= 8 * kBits; bits *= 2) {
    variable.bind(Outcome::enclosed(enclosure(in, x, p, bits)));
    const Outcome o = in.evaluate(e, bits);
    if (value) *value = o;
    if (o.state == Outcome::State::enclosed && o.ball.is_finite()) return Truth::yes;
    if (o.state == Outcome::State::undefined) return Truth::no;
  }
  return Truth::unknown;
}

eval::Number number_at(Evaluator& in, Expr e, Expr x, const Place& place, int digits) {
  if (place.at) return eval::proven_number(in, put(in, e, x, *place.at), digits);
  Evaluator::Scope variable(in, x);
  Outcome o;
  for (Bits bits = kBits + 4 * digits; bits <= base::Budget::kMaxBits; bits *= 2) {
    in.budget().check();
    variable.bind(Outcome::enclosed(enclosure(in, x, place, bits)));
    o = in.evaluate(e, bits);
    if (o.exact) return {number::decimal(*o.exact, digits), o.exact};
    if (o.state != Outcome::State::enclosed) continue;
    if (std::optional<number::Decimal> text = number::proven_decimal(o.ball, digits)) return {*text, std::nullopt};
    if (o.ball.contains_zero() && bits > kSettledBits + 4 * digits) break;
  }
  if (!o.has_value() || !o.ball.is_finite())
    throw base::Error(base::Code::undecided, {}, "the value could not be decided");
  return {number::estimated_decimal(o.ball, digits), std::nullopt};
}

}  // namespace nabla::calc
