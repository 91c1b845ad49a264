// The derivative at a point, declared in jet.h: whether it exists, decided by the germs on both sides.
#include <fmt/format.h>

#include <algorithm>

#include "algebra/derivative/derivative.h"
#include "algebra/derivative/derivative_node.h"
#include "algebra/rules/rules.h"
#include "eval/balls/written_out.h"
#include "eval/jets/jet.h"
#include "expr/rewrite.h"
#include "expr/write/print.h"

namespace nabla::eval {
namespace {

using base::Error;
using number::Truth;

constexpr long kSpareTerms[] = {4, 14, 40};  // beyond the order, since divisions and roots lose terms
constexpr int kSlopeDigits = 12;
constexpr Bits kSettleBits = 256;  // from this precision on the formula is evaluated

std::string text_of(const OneSided& s) {
  switch (s.state) {
    case OneSided::State::infinite: return s.sign > 0 ? "inf" : "-inf";
    case OneSided::State::value:
      if (const std::optional<Rational> q = s.value.exact()) return number::decimal(*q, kSlopeDigits).text;
      if (const std::optional<number::Decimal> d = number::proven_decimal(s.value, kSlopeDigits)) return d->text;
      return number::estimated_decimal(s.value, kSlopeDigits).text;
    case OneSided::State::absent:
    case OneSided::State::unknown: break;
  }
  return {};
}

// Exact if x is exact.
Ball times_factorial(const Ball& x, long n, Bits bits) {
  Rational factorial = 1;
  for (long j = 2; j <= n; ++j) factorial = factorial * Rational(j);
  const std::optional<Rational> exact = x.exact();
  if (exact) return Ball(*exact * factorial, exact->bits() + factorial.bits());
  return number::mul(x, Ball(factorial, bits), bits);
}

std::string ordinal(long order) {
  if (order == 1) return "";
  if (order == 2) return "second ";
  if (order == 3) return "third ";
  return fmt::format("{}th ", order);
}

class Point {
 public:
  Point(Evaluator& in, Expr e, Expr x, Expr at, long order, Bits bits)
      : in_(in), g_(in.graph()), e_(e), x_(x), at_(at), order_(order), bits_(bits) {}

  PointDerivative look(long spare) {
    PointDerivative result;
    const expr::Replacement put{x_, at_};
    at_point_ = expr::substitute(g_, e_, std::span(&put, 1));
    const Outcome value = in_.evaluate(at_point_, bits_);
    if (value.state == Outcome::State::undecided) {
      result.outcome = Outcome::undecided();
      return result;
    }
    value_ = value.ball;
    has_value_ = value.has_value();
    left_ = expand(in_, e_, x_, at_, Side::left, order_ + spare, bits_);
    right_ = expand(in_, e_, x_, at_, Side::right, order_ + spare, bits_);
    if (!has_value_) {
      result.left = slope(left_, -1, 1);
      result.right = slope(right_, 1, 1);
      result.outcome = not_defined(result, value);
      return result;
    }
    estimated_ = left_.estimated || right_.estimated || value.state == Outcome::State::estimated;
    for (long k = 1; k <= order_; ++k) {
      result.left = slope(left_, -1, k);
      result.right = slope(right_, 1, k);
      result.outcome = compare(result.left, result.right, k);
      if (!result.outcome.has_value()) break;
    }
    return result;
  }

 private:
  Outcome not_defined(const PointDerivative& d, const Outcome& value) {
    if (value.reason->code == base::Code::undefined) return value;  // for a derivative inside e
    if (left_.reason && right_.reason) {                            // for every x
      return Outcome::undefined(
          Error(base::Code::undefined, {},
                fmt::format("there is no derivative at {}: {}", point_text(), value.reason->message)),
          e_);
    }
    Error reason(base::Code::undefined, {},
                 fmt::format("there is no derivative at {}, where the function is not defined", point_text()));
    if (d.left.state == OneSided::State::infinite && d.right.state == OneSided::State::infinite) {
      reason.left = text_of(d.left);
      reason.right = text_of(d.right);
    }
    return Outcome::undefined(std::move(reason), e_);
  }

  std::string point_text() { return expr::print(g_, at_, expr::Style::plain); }

  OneSided slope(const Expansion& side, int sign, long k) {
    OneSided result;
    if (side.state == Expansion::State::undefined) {
      result.state = OneSided::State::absent;
      return result;
    }
    if (side.state != Expansion::State::known || (side.rough && k > 1)) return result;
    const Germ t = trimmed(side.germ);
    const auto infinite = [&](int s) {
      result.state = OneSided::State::infinite;
      result.sign = s;
      return result;
    };
    const auto is_odd = [&](long n) { return sign < 0 && n % 2 != 0; };
    if (t.lead < 0 && t.terms > 0) {
      if (t.c.coefficient(0).contains_zero()) return result;
      // If the function has a value, the sign of the difference quotient; at a pole, the sign of the slopes nearby.
      const int rising = t.c.coefficient(0).is_positive() ? sign : -sign;
      return infinite(has_value_ ? rising : -rising);
    }
    if (side.tail && t.terms == 0 && side.tail->order.is_zero()) {  // a logarithm
      const int rising = side.tail->sign * sign;
      return infinite(has_value_ ? rising : -rising);
    }
    if (!has_value_) return result;
    const bool falls = side.tail && side.tail->order.is_positive();
    const Ball start = falls && side.germ.end() <= Rational() ? Ball() : side.germ.coefficient(0);
    if (start.is_nan()) return result;
    if (!start.overlaps(value_)) return infinite((number::sub(start, value_, bits_).is_positive() ? 1 : -1) * sign);
    if (!same_start(start, side)) return result;
    for (long i = 0; i < t.terms; ++i) {
      const Rational r(t.lead + i, t.root);
      if (r >= Rational(k)) break;
      if (r.is_integer() || t.c.coefficient(i).is_zero()) continue;
      if (t.c.coefficient(i).contains_zero()) return result;
      bool positive = t.c.coefficient(i).is_positive();
      for (long j = 0; j < k; ++j) positive = positive == (r > Rational(j));
      return infinite(positive != is_odd(k) ? 1 : -1);
    }
    Ball value = side.germ.coefficient(Rational(k));
    if (side.tail && value.is_nan()) {
      const std::optional<int> grows = growth(*side.tail, k);
      if (!grows) return result;
      if (*grows != 0) return infinite(is_odd(k) ? -*grows : *grows);
      value = Ball();
    }
    value = times_factorial(value, k, bits_);
    if (!value.is_finite()) return result;
    result.state = OneSided::State::value;
    result.value = is_odd(k) ? number::neg(value) : value;
    return result;
  }

  bool same_start(const Ball& start, const Expansion& side) {
    if (start.is_exact() && value_.is_exact()) return true;  // both are exact, and they overlap
    return same_at_point(side.smooth, at_point_);
  }

  bool same_at_point(Expr a, Expr b) {
    const expr::Replacement put{x_, at_};
    try {
      const Expr left = decided(expr::substitute(g_, a, std::span(&put, 1)));
      const Expr right = decided(expr::substitute(g_, b, std::span(&put, 1)));
      if (left == right) return true;
      return in_.decide(expr::compare(g_, expr::Relation::equal, left, right)) == Truth::yes;
    } catch (const Error&) {
      return false;
    }
  }

  // A constant without the branches that are not taken.
  Expr decided(Expr e) {
    return expr::fold<Expr>(g_, e, [this](Expr n, std::span<const Expr> args) {
      const Expr result = expr::rebuilt(g_, n, args);
      return g_.is_constant(result) ? settled(result) : result;
    });
  }

  // Replaces conditions by their truth value, steps by their value, functions with kinks by the piece that holds; in
  // sums, term by term.
  Expr settled(Expr e) {
    if (g_.kind(e) == expr::Kind::compare) {
      const Truth t = in_.decide(e);
      return t == Truth::unknown ? e : g_.boolean(t == Truth::yes);
    }
    if (g_.kind(e) == expr::Kind::operation && !algebra::is_derivative(g_, e)) {
      const std::optional<Expr> terms = written_out(in_, e, bits_);
      return terms ? decided(*terms) : e;
    }
    if (g_.kind(e) != expr::Kind::call || !algebra::is_piecewise(g_.function(e))) return e;
    if (const std::optional<Rational> exact = in_.evaluate(e, bits_).exact) return g_.rational(*exact);
    const std::optional<Expr> pieces = algebra::expanded(g_, e);
    return pieces && *pieces != e ? decided(*pieces) : e;
  }

  // The two-sided derivative of order k, given that the lower ones exist.
  Outcome compare(const OneSided& l, const OneSided& r, long k) {
    using enum OneSided::State;
    if (l.state == unknown || r.state == unknown) return Outcome::undecided();
    if (l.state == absent && r.state == absent) return none(l, r, k);
    if (l.state == infinite || r.state == infinite) return none(l, r, k);
    if (l.state == absent) return found(r.value);
    if (r.state == absent) return found(l.value);
    if (!l.value.overlaps(r.value)) return none(l, r, k);
    if (l.value.is_exact() && r.value.is_exact()) return found(r.value);
    constexpr std::size_t kMostNodes = 2000;
    const Expr left = algebra::derivative(g_, left_.smooth, x_, k, in_.budget(), kMostNodes);
    const Expr right = algebra::derivative(g_, right_.smooth, x_, k, in_.budget(), kMostNodes);
    return left == right || same_at_point(left, right) ? found(r.value) : Outcome::undecided();
  }

  Outcome found(const Ball& value) { return estimated_ ? Outcome::estimated(value) : Outcome::enclosed(value); }

  // A slope that is proven to be a rational number is reported as that number.
  OneSided exact(OneSided s, const Expansion& side, long k) {
    constexpr std::size_t kMostNodes = 200;
    if (s.state != OneSided::State::value || s.value.is_exact()) return s;
    try {
      const Expr formula = algebra::derivative(g_, side.smooth, x_, k, in_.budget(), kMostNodes);
      const expr::Replacement put{x_, at_};
      const Expr value = expr::substitute(g_, formula, std::span(&put, 1));
      if (g_.is_number(value)) s.value = Ball(g_.number(value), std::max(bits_, g_.number(value).bits()));
    } catch (const Error& e) {
      if (e.code != base::Code::limit) throw;
    }
    return s;
  }

  Outcome none(const OneSided& left, const OneSided& right, long k) {
    const OneSided l = exact(left, left_, k);
    const OneSided r = exact(right, right_, k);
    if (l.state == OneSided::State::absent && r.state == OneSided::State::absent) {
      return Outcome::undefined(
          Error(base::Code::undefined, {},
                fmt::format("there is no derivative at {}: the function is defined on neither side", point_text())),
          e_);
    }
    const bool steep = (l.state != OneSided::State::value) && (r.state != OneSided::State::value);
    Error reason(base::Code::undefined, {},
                 steep ? fmt::format("there is no {}derivative at {}: the slope is infinite", ordinal(k), point_text())
                       : fmt::format("there is no {}derivative at {}", ordinal(k), point_text()));
    reason.left = text_of(l);
    reason.right = text_of(r);
    return Outcome::undefined(std::move(reason), e_);
  }

  Evaluator& in_;
  Graph& g_;
  Expr e_;
  Expr x_;
  Expr at_;
  long order_;
  Bits bits_;
  Expr at_point_;
  Ball value_;
  bool has_value_ = false;
  Expansion left_;
  Expansion right_;
  bool estimated_ = false;
};

// The outcome if nothing could be decided; if the formula of the derivative has no value, that is the reason.
Outcome by_formula(Evaluator& in, Expr e, Expr x, Expr at, long order, Bits bits) {
  constexpr std::size_t kMostNodes = 2000;
  Graph& g = in.graph();
  const expr::Replacement put{x, at};
  const Expr formula = algebra::derivative(g, e, x, order, in.budget(), kMostNodes);
  const Outcome value = in.evaluate(expr::substitute(g, formula, std::span(&put, 1)), bits);
  Outcome result = Outcome::undecided();
  if (value.state == Outcome::State::undefined) {
    const std::string point = expr::print(g, at, expr::Style::plain);
    result.reason = std::make_shared<const Error>(
        base::Code::undecided, base::Span{},
        fmt::format("whether there is a derivative at {} could not be decided: its formula has no value there ({})",
                    point, value.reason->message));
  }
  return result;
}

PointDerivative found_derivative(Evaluator& in, Expr e, Expr x, Expr at, long order, Bits bits) {
  PointDerivative result;
  result.outcome = Outcome::undecided();
  const Outcome point = in.evaluate(at, bits);
  if (!point.has_value()) {
    result.outcome = point;
    return result;
  }
  const Expansion both = expand(in, e, x, at, Side::both, order + 1, bits);
  if (both.state == Expansion::State::known && both.germ.is_taylor() && both.germ.terms > order) {
    Ball value = times_factorial(both.germ.c.coefficient(order), order, bits);
    result.outcome = both.estimated ? Outcome::estimated(std::move(value)) : Outcome::enclosed(std::move(value));
    return result;
  }
  if (both.state == Expansion::State::undecided) return result;
  if (point.exact) at = in.graph().rational(*point.exact);
  if (!in.graph().is_constant(at)) {
    if (both.state == Expansion::State::undefined && both.reason) {
      result.outcome = Outcome::undefined(*both.reason, both.where);
    }
    return result;
  }
  for (long spare : kSpareTerms) {
    result = Point(in, e, x, at, order, bits).look(spare);
    if (result.outcome.state != Outcome::State::undecided) return result;
  }
  if (bits >= kSettleBits) result.outcome = by_formula(in, e, x, at, order, bits);
  return result;
}

}  // namespace

PointDerivative derivative_at(Evaluator& in, Expr e, Expr x, Expr at, long order, Bits bits) {
  try {
    return found_derivative(in, e, x, at, order, bits);
  } catch (const Error& none) {  // a formula is missing or too long
    if (none.code != base::Code::undefined && none.code != base::Code::limit) throw;
    PointDerivative result;
    result.outcome = Outcome::undecided();
    if (none.code == base::Code::undefined) {
      result.outcome = Outcome::undefined(none, e);
    } else {
      result.outcome.reason =
          std::make_shared<const Error>(base::Code::undecided, base::Span{},
                                        "whether there is a derivative here could not be decided: " + none.message);
    }
    return result;
  }
}

}  // namespace nabla::eval
