#include "eval/quadrature/definite_integral.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "algebra/derivative/derivative.h"
#include "eval/jets/jet.h"
#include "eval/quadrature/end_integral.h"
#include "eval/quadrature/jet_quadrature.h"
#include "eval/quadrature/range.h"
#include "expr/rewrite.h"
#include "expr/write/print.h"

namespace nabla::eval {
namespace {

using base::Code;
using base::Error;
using expr::Kind;

constexpr Bits kSpareBits = 24;     // of the working precision
constexpr Bits kToleranceBits = 8;  // asked for below the bits of the answer
constexpr int kMostSplits = 40;     // places found while integrating
constexpr long kRegularTerms = 4;   // of the series that shows an end to be regular
constexpr int kRegularPart = 6;     // … on the range's 2^-6 beside it
constexpr std::size_t kMostPlaces = 64;

// An end of a range of integration.
struct Bound {
  Expr at;
  Ball value;
  int infinite = 0;  // -1, 1
};

std::optional<Bound> read_bound(Evaluator& in, Expr e, Bits bits, Outcome& failed) {
  Outcome o = in.evaluate(e, bits);
  if (!o.has_value()) {
    failed = std::move(o);
    return std::nullopt;
  }
  Bound b{e, o.exact ? Ball(*o.exact, bits) : o.ball, 0};
  if (!o.exact && b.value.is_exact() && !b.value.is_finite()) b.infinite = b.value.is_positive() ? 1 : -1;
  if (b.infinite == 0 && !b.value.is_finite()) {
    failed = Outcome::undecided();
    return std::nullopt;
  }
  return b;
}

// Expressions that are 0 where e may fail to be analytic: denominators, radicands, arguments of rows with kinks, sides
// of conditions.
void collect_critical(const Graph& g, Expr e, std::vector<Expr>& differences_left, std::vector<Expr>& found) {
  for (const Expr n : expr::reachable(g, std::span(&e, 1))) {
    if (found.size() + differences_left.size() > kMostPlaces) return;
    switch (g.kind(n)) {
      case Kind::power: {
        const Expr exponent = g.arg(n, 1);
        if (!g.is_number(exponent) || !g.number(exponent).is_integer() || g.number(exponent).sign() < 0)
          found.push_back(g.arg(n, 0));
        break;
      }
      case Kind::call:
        if (g.node(n).count == 1 &&
            (g.function(n).forms.series_after != nullptr || g.function(n).domain.contains != nullptr))
          found.push_back(g.arg(n, 0));
        break;
      case Kind::compare: differences_left.push_back(n); break;
      default: break;
    }
  }
}

// Where they are 0, if they are linear or quadratic in x. The places are proposals: any place may be one, and some may
// not be real.
std::vector<Expr> proposed_places(Evaluator& in, Expr e, Expr x) {
  Graph& g = in.graph();
  std::vector<Expr> comparisons;
  std::vector<Expr> zeros;
  collect_critical(g, e, comparisons, zeros);
  for (const Expr n : comparisons) zeros.push_back(expr::subtract(g, g.arg(n, 0), g.arg(n, 1)));
  std::vector<Expr> places;
  const auto propose = [&](Expr place) {
    if (std::ranges::find(places, place) == places.end()) places.push_back(place);
  };
  const auto at_zero = [&](Expr z) {
    const expr::Replacement put{x, expr::integer(g, 0)};
    return expr::substitute(g, z, std::span(&put, 1));
  };
  for (const Expr z : zeros) {
    in.budget().check();
    if (!expr::depends_on(g, z, x) || g.is(z, expr::kHasOperation)) continue;
    Expr slope = z;
    Expr bend = z;
    try {
      slope = algebra::derivative(g, z, x, in.budget());
      bend = algebra::derivative(g, slope, x, in.budget());
    } catch (const Error& error) {
      if (error.code == Code::timeout || error.code == Code::interrupted) throw;
      continue;
    }
    if (!expr::depends_on(g, slope, x)) {
      if (!g.is_zero(slope)) propose(expr::negate(g, expr::divide(g, at_zero(z), slope)));
    } else if (!expr::depends_on(g, bend, x)) {
      // (-b ± √(b² - 2 c z''))/z'' with b = z'(0), c = z(0)
      const Expr b = at_zero(slope);
      const Expr twice = expr::product(g, std::array{expr::integer(g, 2), at_zero(z), bend});
      const Expr root = expr::square_root(g, expr::subtract(g, expr::power(g, b, 2), twice));
      propose(expr::divide(g, expr::subtract(g, root, b), bend));
      propose(expr::negate(g, expr::divide(g, expr::add(g, root, b), bend)));
    }
  }
  return places;
}

class Integral {
 public:
  Integral(Evaluator& in, Expr e, Expr x, Bits bits)
      : in_(in),
        e_(e),
        x_(x),
        bits_(bits + kSpareBits),
        tolerance_(std::ldexp(1.0, -std::min<int>(static_cast<int>(bits + kToleranceBits), 1000))) {}

  Outcome between(const Bound& a, const Bound& b) {
    std::vector<Bound> cuts{a};
    for (Bound& c : inner_places(a, b)) cuts.push_back(std::move(c));
    cuts.push_back(b);
    Ball sum;
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
      Outcome part = piece(cuts[i], cuts[i + 1]);
      if (!part.has_value()) return part;
      number::add_to(sum, part.ball, bits_);
    }
    return Outcome::enclosed(sum);
  }

  const std::optional<Expr>& diverges_at() const { return diverges_at_; }

 private:
  bool is_inside(const Ball& value, const Bound& a, const Bound& b) const {
    const bool above = a.infinite != 0 || number::less(a.value, value) == number::Truth::yes;
    return above && (b.infinite != 0 || number::less(value, b.value) == number::Truth::yes);
  }

  std::vector<Bound> inner_places(const Bound& a, const Bound& b) {
    std::vector<Bound> found;
    for (const Expr place : proposed_places(in_, e_, x_)) {
      const Outcome o = in_.evaluate(place, bits_);
      if (o.state != Outcome::State::enclosed) continue;
      const Ball value = o.exact ? Ball(*o.exact, bits_) : o.ball;
      if (!value.is_finite() || !is_inside(value, a, b)) continue;
      if (std::ranges::any_of(found, [&](const Bound& f) { return f.value.overlaps(value); })) continue;
      found.push_back({place, value, 0});
    }
    std::ranges::sort(found, [](const Bound& l, const Bound& r) { return l.value.mid() < r.value.mid(); });
    if (a.infinite != 0 && b.infinite != 0 && found.empty())
      found.push_back({expr::integer(in_.graph(), 0), Ball(), 0});
    return found;
  }

  // The integral from a to b, split further where an obstacle is met.
  Outcome piece(const Bound& a, const Bound& b) {
    in_.budget().check();
    Ball sum;
    Ball lo = a.value;
    Ball hi = b.value;
    double width = 1;
    if (a.infinite == 0 && b.infinite == 0) width = number::sub(b.value, a.value, bits_).mid();
    if (!is_regular(a, b, true)) {
      const EndIntegral end = at_end(a, 1, b.infinite == 0 ? width : 1);
      if (end.state == EndIntegral::State::unknown) {
        return absence(a, 1, b.infinite == 0 ? width : 1).value_or(Outcome::undecided());
      }
      if (end.state != EndIntegral::State::enclosed) return without(end, a);
      number::add_to(sum, end.value, bits_);
      lo = Ball(end.cut, bits_);
    }
    if (!is_regular(b, a, false)) {
      const EndIntegral end = at_end(b, -1, a.infinite == 0 ? width : 1);
      if (end.state == EndIntegral::State::unknown) {
        return absence(b, -1, a.infinite == 0 ? width : 1).value_or(Outcome::undecided());
      }
      if (end.state != EndIntegral::State::enclosed) return without(end, b);
      number::add_to(sum, end.value, bits_);
      hi = Ball(end.cut, bits_);
    }
    if (number::less(lo, hi) != number::Truth::yes) {
      if (a.infinite != 0 || b.infinite != 0) {
        // The cuts have passed each other: integrate back from one to the other.
        if (number::less(hi, lo) == number::Truth::yes) {
          const Quadrature back = jet_quadrature(in_, e_, x_, hi, lo, tolerance_, bits_);
          if (back.state == Quadrature::State::enclosed) return Outcome::enclosed(number::sub(sum, back.value, bits_));
        }
      }
      return lo.overlaps(hi) && lo.is_exact() ? Outcome::enclosed(sum) : Outcome::undecided();
    }
    const Quadrature q = jet_quadrature(in_, e_, x_, lo, hi, tolerance_, bits_);
    switch (q.state) {
      case Quadrature::State::enclosed: return Outcome::enclosed(number::add(sum, q.value, bits_));
      case Quadrature::State::undefined: return no_value(q);
      case Quadrature::State::unknown: return Outcome::undecided();
      case Quadrature::State::obstacle: break;
    }
    const std::optional<Expr> place = simple_place(in_.graph(), q.lo, q.hi);
    if (!place || ++splits_ > kMostSplits) return Outcome::undecided();
    const Outcome value = in_.evaluate(*place, bits_);
    const Bound cut{*place, value.exact ? Ball(*value.exact, bits_) : value.ball, 0};
    if (!value.has_value() || !is_inside(cut.value, a, b)) return Outcome::undecided();
    const Outcome before = piece(a, cut);
    if (!before.has_value()) return before;
    const Outcome after = piece(cut, b);
    if (!after.has_value()) return after;
    return Outcome::enclosed(number::add(before.ball, after.ball, bits_));
  }

  // Whether the integrand is analytic at an end and beside it.
  bool is_regular(const Bound& end, const Bound& other, bool is_left) {
    if (end.infinite != 0) return false;
    const double width = other.infinite != 0 ? 1 : std::abs(number::sub(other.value, end.value, bits_).mid());
    const Ball reach = Ball::from_double(std::ldexp(is_left ? width : -width, -kRegularPart));
    const Ball beside = Ball::hull(end.value, number::add(end.value, reach, bits_), bits_);
    Evaluator::Scope scope(in_, x_);
    scope.bind(Outcome::enclosed(beside));
    const Series c = jet(in_, e_, x_, beside, kRegularTerms, bits_);
    for (long k = 0; k < kRegularTerms; ++k) {
      if (!c.coefficient(k).is_finite()) return false;
    }
    return true;
  }

  EndIntegral at_end(const Bound& end, int direction, double width) {
    const EndPoint point{end.at, end.value, end.infinite, direction};
    return end_integral(in_, e_, x_, point, width, tolerance_, bits_);
  }

  std::string shown(const Bound& b) {
    if (b.infinite != 0) return b.infinite > 0 ? "∞" : "-∞";
    return expr::print(in_.graph(), b.at, expr::Style::unicode);
  }

  // For an integral that diverges at an end.
  Outcome without(const EndIntegral& end, const Bound& at) {
    const bool diverges = end.state == EndIntegral::State::diverges;
    if (at.infinite == 0) diverges_at_ = at.at;
    const std::string verb = diverges ? "diverges" : "oscillates";
    const std::string text = at.infinite != 0 ? fmt::format("the integral {} towards {}", verb, shown(at))
                                              : fmt::format("the integral {} at {}", verb, shown(at));
    return Outcome::undefined(Error(Code::undefined, {}, text), e_);
  }

  // The reason why the integrand has no value beside an end, if that is proven.
  std::optional<Outcome> absence(const Bound& end, int direction, double width) {
    if (end.infinite != 0) return std::nullopt;
    const auto at = [&](double part) {
      return number::add(end.value, Ball::from_double(direction * width * part), bits_);
    };
    Evaluator::Scope scope(in_, x_);
    scope.bind(Outcome::enclosed(Ball::hull(at(1.0 / 4), at(1.0 / 2), bits_)));
    Outcome o = in_.evaluate(e_, bits_);
    return o.state == Outcome::State::undefined ? std::optional(std::move(o)) : std::nullopt;
  }

  Outcome no_value(const Quadrature& q) {
    if (q.reason == nullptr) return Outcome::undecided();
    return Outcome::undefined(*q.reason, q.where);
  }

  Evaluator& in_;
  Expr e_;
  Expr x_;
  Bits bits_;
  double tolerance_;
  int splits_ = 0;
  std::optional<Expr> diverges_at_;
};

// Of bounds that may be in either order: their difference times a value of the integrand between them.
Outcome between_near(Evaluator& in, Expr e, Expr x, const Ball& a, const Ball& b, Bits bits) {
  Evaluator::Scope scope(in, x);
  scope.bind(Outcome::enclosed(Ball::hull(a, b, bits)));
  const Outcome values = range_on(in, e, bits);
  if (values.state != Outcome::State::enclosed || !values.ball.is_finite()) return Outcome::undecided();
  return Outcome::enclosed(number::mul(values.ball, number::sub(b, a, bits), bits));
}

}  // namespace

Outcome definite_integral(Evaluator& in, Expr e, Expr x, Expr a, Expr b, Bits bits, std::optional<Expr>* place) {
  if (a == b) return Outcome::enclosed(Rational(0), bits);
  Outcome failed;
  const std::optional<Bound> from = read_bound(in, a, bits + kSpareBits, failed);
  if (!from) return failed;
  const std::optional<Bound> to = read_bound(in, b, bits + kSpareBits, failed);
  if (!to) return failed;
  if (from->infinite != 0 && from->infinite == to->infinite) return Outcome::enclosed(Rational(0), bits);
  const bool forward =
      from->infinite < 0 || to->infinite > 0 || number::less(from->value, to->value) == number::Truth::yes;
  const bool back =
      from->infinite > 0 || to->infinite < 0 || number::less(to->value, from->value) == number::Truth::yes;
  if (!forward && !back) {
    if (in.graph().is_constant(a) && in.graph().is_constant(b) && in.proven_equal(a, b)) {
      return Outcome::enclosed(Rational(0), bits);
    }
    return between_near(in, e, x, from->value, to->value, bits);
  }
  Integral integral(in, e, x, bits);
  Outcome o = forward ? integral.between(*from, *to) : integral.between(*to, *from);
  if (place != nullptr) *place = integral.diverges_at();
  if (forward) return o;
  if (o.has_value()) o.ball = number::neg(o.ball);
  return o;
}

}  // namespace nabla::eval
