#include "session/curves.h"

#include <array>
#include <cmath>
#include <memory>
#include <optional>

#include "base/stopwatch.h"
#include "eval/batch/columns.h"

namespace nabla::session {
namespace {

using eval::Evaluator;
using eval::Outcome;
using expr::Expr;
using number::Ball;
using view::Curve;
using view::Interval;
using view::Path;
using view::Plane;
using view::Point;

constexpr base::Bits kBits = 64;
constexpr eval::Columns::Tolerance kDrawn{.relative = 1e-7, .estimated = 1e-3, .near_zero = 1e-12};

Ball between(double lo, double hi) {
  return lo == hi ? Ball::from_double(lo) : Ball::hull(Ball::from_double(lo), Ball::from_double(hi), kBits);
}

// The values of an expression of one or two variables.
class Values {
 public:
  Values(Evaluator& in, Expr e, std::vector<Expr> variables) : in_(in), columns_(in, {e}, std::move(variables)) {}

  // at: a column of numbers for each variable.
  void operator()(std::span<const std::span<const double>> at, std::span<double> v) {
    if (in_.budget().watch != nullptr) in_.budget().watch->count_points(v.size());
    std::vector<eval::Column> inputs;
    for (const std::span<const double> column : at) inputs.push_back(eval::Column::of(column));
    errors_.resize(v.size());
    const eval::Columns::Target target{v, errors_};
    columns_.evaluate(inputs, v.size(), kDrawn, std::span(&target, 1));
  }

 private:
  Evaluator& in_;
  eval::Columns columns_;
  std::vector<double> errors_;
};

}  // namespace

Curve curve_of(Evaluator& in, Expr e, Expr x) {
  Curve curve;
  curve.values = [values = std::make_shared<Values>(in, e, std::vector{x})](
                     std::span<const double> at, std::span<double> y) { (*values)(std::array{at}, y); };
  curve.bounds = [&in, e, x](double lo, double hi) -> std::optional<Interval> {
    const base::Lap lap(in.budget().watch, base::Phase::evaluate);
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
  return [values = std::make_shared<Values>(in, e, std::vector{x, y}), truth](std::span<const Point> at,
                                                                              std::span<double> v) {
    std::vector<double> across;
    std::vector<double> up;
    for (const Point& p : at) {
      across.push_back(p.x);
      up.push_back(p.y);
    }
    (*values)(std::array<std::span<const double>, 2>{across, up}, v);
    if (!truth) return;
    for (double& value : v) value = value * 2 - 1;
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

}  // namespace nabla::session
