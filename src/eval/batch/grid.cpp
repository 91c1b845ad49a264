#include "eval/batch/grid.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "eval/balls/decimal_places.h"

namespace nabla::eval {

namespace {

constexpr Bits kBits = 256;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

double distance(const Ball& b, double x) {
  const Ball off = number::sub(b, Ball::from_double(x), kBits);
  return std::max(std::abs(off.lower()), std::abs(off.upper()));
}

}  // namespace

RoundedPoints::RoundedPoints(Evaluator& in, const Points& points) {
  Graph& g = in.graph();
  const auto ball = [&](std::size_t i) {
    const Outcome o = in.evaluate(points.at(g, i), kBits);
    return o.state == Outcome::State::enclosed && o.ball.is_finite() ? o.ball : Ball::nan();
  };
  const auto ends = [&](std::size_t i) -> std::optional<int> {
    const std::optional<Rational> q = points.rational(g, i);
    return q ? decimal_places(*q) : std::nullopt;
  };
  if (points.is_list()) {
    places_ = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const Ball b = ball(i);
      const double x = b.mid();
      list_.push_back({x, b.is_nan() ? kInfinity : distance(b, x)});
      const std::optional<int> end = ends(i);
      places_ = places_ && end ? std::optional(std::max(*places_, *end)) : std::nullopt;
    }
    return;
  }
  const Ball first = ball(0);
  first_ = pair_of(first);
  places_ = ends(0);
  if (points.size() == 1) return;
  step_ = pair_of(number::sub(ball(1), first, kBits));
  const std::optional<int> end = ends(1);
  places_ = places_ && end ? std::optional(std::max(*places_, *end)) : std::nullopt;
}

RoundedPoints::Pair RoundedPoints::pair_of(const Ball& b) {
  if (b.is_nan()) return {0, 0, kInfinity};
  Pair p;
  p.high = b.mid();
  const Ball rest = number::sub(b, Ball::from_double(p.high), kBits);
  p.low = rest.mid();
  p.error = distance(rest, p.low);
  return p;
}

// first + i step: the product and the sum of the high parts are split into a double and their exact rounding errors.
RoundedPoints::Rounded RoundedPoints::operator[](std::size_t i) const {
  if (!list_.empty()) return list_[i];
  constexpr double kUnit = 0x1p-52;       // more than the rounding of each of few operations
  constexpr double kSmallest = 0x1p-900;  // below it rounding errors are no doubles
  const auto n = static_cast<double>(i);
  const double product = n * step_.high;
  if (product != 0 && std::abs(product) < kSmallest) return {product, kInfinity};
  const double product_rest = std::fma(n, step_.high, -product);
  const double sum = first_.high + product;
  const double back = sum - first_.high;
  const double sum_rest = (first_.high - (sum - back)) + (product - back);
  const double low = n * step_.low;
  const double rest = sum_rest + product_rest + (first_.low + low);
  const double value = sum + rest;
  const double lost = (sum - value) + rest;
  const double rests = std::abs(sum_rest) + std::abs(product_rest) + std::abs(first_.low) + std::abs(low);
  const double rounding = rests == 0 ? 0 : rests * 4 * kUnit + kSmallest;
  return {value, (std::abs(lost) + rounding + first_.error + n * step_.error) * (1 + 4 * kUnit)};
}

Grid::Grid(std::vector<Variable> variables) : variables_(std::move(variables)), at_(variables_.size()) {
  for (const Variable& v : variables_) size_ *= v.points.size();
}

std::span<const std::size_t> Grid::split(std::size_t i) {
  for (std::size_t v = variables_.size(); v-- > 0;) {
    at_[v] = i % variables_[v].points.size();
    i /= variables_[v].points.size();
  }
  return at_;
}

std::span<const Column> Grid::columns(Evaluator& in, std::size_t first, std::size_t count) {
  values_.resize(variables_.size());
  errors_.resize(variables_.size());
  columns_.resize(variables_.size());
  if (rounded_.empty()) {
    for (const Variable& v : variables_) rounded_.emplace_back(in, v.points);
  }
  std::size_t together = 1;  // points of the variables that run faster
  for (std::size_t v = variables_.size(); v-- > 0;) {
    values_[v].resize(count);
    errors_[v].resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      const auto [value, error] = rounded_[v][(first + i) / together % variables_[v].points.size()];
      values_[v][i] = value;
      errors_[v][i] = error;
    }
    columns_[v] = Column::of(values_[v], errors_[v].data());
    together *= variables_[v].points.size();
  }
  return columns_;
}

}  // namespace nabla::eval
