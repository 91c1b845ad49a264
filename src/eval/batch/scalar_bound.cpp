#include "eval/batch/scalar_bound.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "number/ball.h"

namespace nabla::eval {
namespace {

using number::Ball;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr number::Bits kBits = 64;

Ball ball_around(double x, double error) {
  const Ball middle = Ball::from_double(x);
  if (error == 0) return middle;
  return number::add(middle, Ball::hull(Ball::from_double(-error), Ball::from_double(error), kBits), kBits);
}

}  // namespace

double lane_error(const expr::Function& f, std::span<const double> x, std::span<const double> errors, double value) {
  constexpr std::size_t kMost = 3;
  const auto is_known = [](double v) { return std::isfinite(v); };
  if (!std::isfinite(value) || x.size() > kMost || !std::ranges::all_of(x, is_known) ||
      !std::ranges::all_of(errors, is_known)) {
    return kInfinity;
  }
  std::array<Ball, kMost> balls;
  for (std::size_t i = 0; i < x.size(); ++i) balls[i] = ball_around(x[i], errors[i]);
  const std::span<const Ball> arguments(balls.data(), x.size());
  if (f.domain.contains != nullptr && f.domain.contains(arguments, kBits) != number::Truth::yes) return kInfinity;
  const Ball off = number::sub(f.forms.ball(arguments, kBits), Ball::from_double(value), kBits);
  if (!off.is_finite()) return kInfinity;
  return std::max(std::abs(off.lower()), std::abs(off.upper()));
}

}  // namespace nabla::eval
