#include "session/curves.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>

#include "algebra/derivative/derivative_node.h"
#include "base/stopwatch.h"
#include "eval/batch/sweep.h"

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
constexpr base::Bits kUsualBits = 256;   // tried first, where 64 have been too few
constexpr base::Bits kMostBits = 1024;   // of a value that loses many of them
constexpr std::size_t kFewPoints = 16;   // are not worth a sweep
constexpr std::size_t kLongestRun = 64;  // of points without value that are looked at together
constexpr double kGoodEstimate = 1e-3;   // relative error of a value that is drawn
constexpr double kGood = 1e-7;           // the same of what is no estimate
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Ball between(double lo, double hi) {
  return lo == hi ? Ball::from_double(lo) : Ball::hull(Ball::from_double(lo), Ball::from_double(hi), kBits);
}

// The values of an expression of one or two variables at points: by the batch engine where its bound shows that they
// are good, else by balls.
class Values {
 public:
  Values(Evaluator& in, Expr e, std::vector<Expr> variables) : in_(in), e_(e), variables_(std::move(variables)) {}

  // at: a column of numbers for each variable.
  void operator()(std::span<const std::span<const double>> at, std::span<double> v) {
    const base::Lap lap(in_.budget().watch, base::Phase::evaluate);
    if (in_.budget().watch != nullptr) in_.budget().watch->count_points(v.size());
    const bool swept = v.size() >= kFewPoints && sweep(at, v);
    for (std::size_t i = 0; i < v.size();) {
      if (swept && std::isfinite(v[i]) && errors_[i] <= kGood * std::abs(v[i])) {
        ++i;
        continue;
      }
      std::size_t end = i + 1;
      if (swept) {
        while (end < v.size() && end - i < kLongestRun && std::isnan(v[i]) && std::isnan(v[end])) ++end;
      }
      settle(at, v, i, end);
      i = end;
    }
    for (std::optional<Evaluator::Scope>& s : scopes_) s.reset();
  }

 private:
  // Points i … end - 1 by balls: together, if there is no value anywhere between them.
  void settle(std::span<const std::span<const double>> at, std::span<double> v, std::size_t i, std::size_t end) {
    in_.budget().check();
    for (std::size_t k = 0; k < variables_.size(); ++k) {
      const auto [least, greatest] = std::ranges::minmax(at[k].subspan(i, end - i));
      if (!scopes_[k]) scopes_[k].emplace(in_, variables_[k]);
      scopes_[k]->bind(Outcome::enclosed(between(least, greatest)));
    }
    if (end - i == 1) {
      v[i] = by_balls();
    } else if (in_.evaluate(e_, kBits).state == Outcome::State::undefined) {
      std::ranges::fill(v.subspan(i, end - i), kNan);
    } else {
      const std::size_t middle = i + (end - i) / 2;
      settle(at, v, i, middle);
      settle(at, v, middle, end);
    }
  }

  bool sweep(std::span<const std::span<const double>> at, std::span<double> v) {
    if (!tape_) {
      tape_ =
          std::make_unique<eval::Tape>(in_, std::array{algebra::fast_form(in_.graph(), e_, in_.budget())}, variables_);
      sweep_ = std::make_unique<eval::Sweep>(*tape_);
    }
    if (!eval::in_vectors(*tape_)) return false;
    errors_.resize(v.size());
    std::vector<eval::Column> inputs;
    for (const std::span<const double> column : at) inputs.push_back(eval::Column::of(column));
    double* const out[] = {v.data()};
    double* const out_error[] = {errors_.data()};
    eval::Job job;
    job.points = v.size();
    job.inputs = inputs;
    job.out = out;
    job.out_error = out_error;
    sweep_->run(job);
    return true;
  }

  double by_balls() {
    for (base::Bits bits = bits_; bits <= kMostBits; bits *= 4) {
      const Outcome o = in_.evaluate(e_, bits);
      if (o.state == Outcome::State::undefined) return kNan;
      if (!o.has_value()) continue;
      if (o.exact) return o.exact->to_double();
      const bool estimated = o.state == Outcome::State::estimated;
      const double middle = o.ball.mid();
      if (o.ball.radius() <= (estimated ? kGoodEstimate : kGood) * std::abs(middle) + 1e-12) {
        bits_ = std::min(bits, kUsualBits);
        return middle;
      }
      if (estimated) return kNan;
    }
    return kNan;
  }

  Evaluator& in_;
  Expr e_;
  std::vector<Expr> variables_;
  std::unique_ptr<eval::Tape> tape_;
  std::unique_ptr<eval::Sweep> sweep_;
  std::vector<double> errors_;
  base::Bits bits_ = kBits;                                // what was too little for one value mostly is for the next
  std::array<std::optional<Evaluator::Scope>, 2> scopes_;  // while points are settled
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
