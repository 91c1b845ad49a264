#include "view/source.h"

#include <cmath>
#include <limits>

namespace nabla::view {
namespace {

using eval::Evaluator;
using eval::Outcome;
using expr::Expr;
using number::Ball;

constexpr base::Bits kBits = 64;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

double value_at(Evaluator& in, Expr e) {
  const Outcome o = in.evaluate(e, kBits);
  if (!o.has_value()) return kNan;
  if (o.exact) return o.exact->to_double();
  // A ball that says nothing about the value is no place for a dot.
  const double middle = o.ball.mid();
  return o.ball.radius() <= 1e-3 * std::abs(middle) + 1e-12 ? middle : kNan;
}

Outcome at_double(double x) { return Outcome::enclosed(Ball::from_double(x)); }

Ball between(double lo, double hi) { return Ball::hull(Ball::from_double(lo), Ball::from_double(hi), kBits); }

}  // namespace

Curve curve_of(Evaluator& in, Expr e, Expr x) {
  Curve curve;
  curve.values = [&in, e, x](std::span<const double> at, std::span<double> y) {
    Evaluator::Scope variable(in, x);
    for (std::size_t i = 0; i < at.size(); ++i) {
      in.budget().check();
      variable.bind(at_double(at[i]));
      y[i] = value_at(in, e);
    }
  };
  curve.bounds = [&in, e, x](double lo, double hi) -> std::optional<Interval> {
    in.budget().check();
    Evaluator::Scope variable(in, x);
    variable.bind(Outcome::enclosed(between(lo, hi)));
    const Outcome o = in.evaluate(e, kBits);
    if (!o.has_value() || o.ball.is_nan()) return std::nullopt;
    return Interval{o.ball.lower(), o.ball.upper()};
  };
  return curve;
}

Plane plane_of(Evaluator& in, Expr e, Expr x, Expr y) {
  const bool truth = in.graph().is(e, expr::kTruth);
  return [&in, e, x, y, truth](std::span<const Point> at, std::span<double> v) {
    Evaluator::Scope across(in, x);
    Evaluator::Scope up(in, y);
    for (std::size_t i = 0; i < at.size(); ++i) {
      in.budget().check();
      across.bind(at_double(at[i].x));
      up.bind(at_double(at[i].y));
      v[i] = value_at(in, e);
      if (truth) v[i] = v[i] * 2 - 1;
    }
  };
}

Path path_of(Evaluator& in, Expr x, Expr y, Expr t) {
  return
      [horizontal = curve_of(in, x, t), vertical = curve_of(in, y, t)](std::span<const double> at, std::span<Point> p) {
        std::vector<double> v(at.size());
        horizontal.values(at, v);
        for (std::size_t i = 0; i < at.size(); ++i) p[i].x = v[i];
        vertical.values(at, v);
        for (std::size_t i = 0; i < at.size(); ++i) p[i].y = v[i];
      };
}

Path polar_path_of(Evaluator& in, Expr radius, Expr t) {
  return [r = curve_of(in, radius, t)](std::span<const double> at, std::span<Point> p) {
    std::vector<double> v(at.size());
    r.values(at, v);
    for (std::size_t i = 0; i < at.size(); ++i) p[i] = {v[i] * std::cos(at[i]), v[i] * std::sin(at[i])};
  };
}

}  // namespace nabla::view
