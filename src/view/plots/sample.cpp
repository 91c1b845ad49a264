#include "view/plots/sample.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <queue>

namespace nabla::view {
namespace {

constexpr int kPerColumn = 4;       // samples a column of dots at first
constexpr int kHalvings = 48;       // of a piece, after which its ends are practically equal
constexpr std::size_t kPieces = 4;  // without bounds; more than these are not an isolated singularity
constexpr int kColumnQuestions = 64;
constexpr int kQuestionsPerColumn = 24;  // bounds asked for, on average

bool defined(double y) { return !std::isnan(y); }
double middle(double a, double b) { return a + (b - a) / 2; }

}  // namespace

double Curve::operator()(double x) const {
  double y = 0;
  values({&x, 1}, {&y, 1});
  return y;
}

Sampler::Sampler(Curve curve, const Axis& x, int columns) : curve_(std::move(curve)), axis_(x), columns_(columns) {
  sample_columns();
  find_edges();
  find_singularities();
  find_peaks();
}

void Sampler::sample_columns() {
  const auto count = static_cast<std::size_t>(columns_ * kPerColumn) + 1;
  std::vector<double> x(count);
  std::vector<double> y(count);
  for (std::size_t i = 0; i < count; ++i) x[i] = axis_.at(static_cast<double>(i) / static_cast<double>(count - 1));
  curve_.values(x, y);
  for (std::size_t i = 0; i < count; ++i) {
    samples_.push_back({x[i], y[i]});
    if (i % kPerColumn == 0) edges_.push_back(x[i]);
    if (std::isfinite(y[i])) heights_.push_back(y[i]);
  }
  std::sort(heights_.begin(), heights_.end());
}

// If the curve begins or ends between two samples, its last point becomes a sample.
void Sampler::find_edges() {
  for (std::size_t i = 1; i < samples_.size(); ++i) {
    Point inside = samples_[i - 1];
    Point outside = samples_[i];
    if (defined(inside.y) == defined(outside.y)) continue;
    if (!defined(inside.y)) std::swap(inside, outside);
    const double from = inside.x;
    for (int k = 0; k < kHalvings; ++k) {
      const double x = middle(inside.x, outside.x);
      const double y = curve_(x);
      (defined(y) ? inside : outside) = {x, y};
    }
    if (diverges(from, outside.x)) {
      poles_.push_back(outside.x);
    } else {
      keep(inside.x, inside.y);
    }
  }
  merge_found();
}

// Whether |f| diverges towards a point: values at distances that shrink by factors of 100 keep growing, each time by as
// much (a logarithm) or more (a pole).
bool Sampler::diverges(double from, double to) const {
  std::array<double, 5> y{};
  double distance = from - to;
  for (double& v : y) {
    v = curve_(to + distance);
    distance /= 100;
    if (std::isnan(v)) return false;
    if (std::isinf(v)) return true;  // beyond all doubles
  }
  double last = y[1] - y[0];
  for (std::size_t i = 2; i < y.size(); ++i) {
    const double step = y[i] - y[i - 1];
    if (i > 2 && !(step * last > 0 && std::abs(step) >= 0.9 * std::abs(last))) return false;
    last = step;
  }
  return std::abs(last) > 1e-6 * (1 + std::abs(y.front()));
}

std::optional<Interval> Sampler::bounds(double lo, double hi) {
  ++questions_;
  std::optional<Interval> found = curve_.bounds(lo, hi);
  if (found && !(std::isfinite(found->lo) && std::isfinite(found->hi))) found.reset();
  return found;
}

// Searches columns without bounds for poles. If most columns have no bounds, they are of no use for this curve.
void Sampler::find_singularities() {
  if (curve_.bounds) {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i + 1 < edges_.size(); ++i) {
      if (!bounds(edges_[i], edges_[i + 1])) open.push_back(i);
    }
    bounds_help_ = open.size() * 2 < edges_.size();
    for (std::size_t i : open) {
      if (!bounds_help_) break;
      for (std::size_t k = first_at(edges_[i]); k + 1 < samples_.size() && samples_[k].x < edges_[i + 1]; ++k) {
        if (!defined(samples_[k].y) || !defined(samples_[k + 1].y)) continue;
        if (!bounds(samples_[k].x, samples_[k + 1].x)) unsettled_ |= !examine(samples_[k].x, samples_[k + 1].x);
      }
    }
  }
  merge_found();
  if (!bounds_help_ && heights_.size() > 8) {
    const double usual = heights_[heights_.size() * 9 / 10] - heights_[heights_.size() / 10];
    break_jumps([](double y) { return y; }, usual > 0 ? usual / 8 : 1e-6);
    unsettled_ = true;
  }
  std::sort(poles_.begin(), poles_.end());
  poles_.erase(std::unique(poles_.begin(), poles_.end(),
                           [&](double a, double b) { return std::abs(a - b) < 1e-9 * (axis_.hi - axis_.lo); }),
               poles_.end());
  const double near = 1e-12 * (axis_.hi - axis_.lo);
  for (double pole : poles_) {
    for (std::size_t i = first_at(pole - near); i < samples_.size() && samples_[i].x <= pole + near; ++i)
      samples_[i].y = std::numeric_limits<double>::quiet_NaN();
  }
  tears_.insert(tears_.end(), poles_.begin(), poles_.end());
  std::sort(tears_.begin(), tears_.end());
}

// Bisects a piece without bounds down to points. False if more than isolated points remain.
bool Sampler::examine(double lo, double hi) {
  std::vector<Interval> pieces{{lo, hi}};
  for (int k = 0; k < kHalvings; ++k) {
    std::vector<Interval> open;
    for (const Interval& piece : pieces) {
      const double x = middle(piece.lo, piece.hi);
      if (x <= piece.lo || x >= piece.hi) {
        open.push_back(piece);
        continue;
      }
      if (!bounds(piece.lo, x)) open.push_back({piece.lo, x});
      if (!bounds(x, piece.hi)) open.push_back({x, piece.hi});
    }
    if (open.empty()) return true;
    if (open.size() > kPieces) return false;
    pieces = std::move(open);
  }
  const bool left = diverges(lo, pieces.front().lo);
  const bool right = diverges(hi, pieces.back().hi);
  if (left || right)
    poles_.push_back(left && right ? middle(pieces.front().lo, pieces.back().hi)
                     : left        ? pieces.front().lo
                                   : pieces.back().hi);
  if (!left && !right) find_hole(middle(pieces.front().lo, pieces.back().hi));
  return true;
}

// Finds a hole at a short decimal number; it and points on both sides become samples.
void Sampler::find_hole(double near) {
  const double x = std::stod(fmt::format("{:.9g}", near));
  const double side = 1e-11 * (axis_.hi - axis_.lo);
  if (std::abs(x - near) > side || !std::isnan(curve_(x))) return;
  for (const double at : {x - side, x, x + side}) keep(at, curve_(at));
}

// Finds peaks between samples that are higher than all samples, since they belong to the picture's heights.
void Sampler::find_peaks() {
  if (!bounds_help_ || heights_.empty() || !poles_.empty()) return;
  Interval all{heights_.front(), heights_.back()};
  const auto same = [](double y) { return y; };
  for (std::size_t i = 0; i + 1 < edges_.size(); ++i) {
    const double size = std::max(all.hi - all.lo, 1e-9 * std::max(std::abs(all.lo), std::abs(all.hi)));
    if (size == 0) continue;
    refine(edges_[i], edges_[i + 1], all, same, 0.02 * size);
    for (const Point& p : found_) all = {std::min(all.lo, p.y), std::max(all.hi, p.y)};
  }
  for (const Point& p : found_) heights_.push_back(p.y);
  std::sort(heights_.begin(), heights_.end());
  merge_found();
}

// Samples a column until its bounds exceed the known heights by no more than the tolerance.
void Sampler::refine(double lo, double hi, Interval known, const Measure& measure, double tolerance) {
  struct Piece {
    double lo;
    double hi;
    Interval bounds;
    double excess;
    bool operator<(const Piece& o) const { return excess < o.excess; }
  };
  Interval seen{measure(known.lo), measure(known.hi)};
  const auto excess = [&](const Interval& b) { return std::max(measure(b.hi) - seen.hi, seen.lo - measure(b.lo)); };
  std::priority_queue<Piece> pieces;
  const auto add = [&](double a, double b) {
    if (const std::optional<Interval> found = bounds(a, b)) pieces.push({a, b, *found, excess(*found)});
  };
  add(lo, hi);
  for (int k = 0; k < kColumnQuestions && !pieces.empty() && questions_ < kQuestionsPerColumn * columns_; ++k) {
    const Piece worst = pieces.top();
    pieces.pop();
    const double now = excess(worst.bounds);
    if (now <= tolerance) {
      if (worst.excess <= tolerance) break;
      continue;
    }
    const double x = middle(worst.lo, worst.hi);
    const double y = curve_(x);
    if (defined(y)) {
      keep(x, y);
      seen = {std::min(seen.lo, measure(y)), std::max(seen.hi, measure(y))};
    }
    add(worst.lo, x);
    add(x, worst.hi);
  }
}

void Sampler::merge_found() {
  samples_.insert(samples_.end(), found_.begin(), found_.end());
  found_.clear();
  std::stable_sort(samples_.begin(), samples_.end(), [](const Point& a, const Point& b) { return a.x < b.x; });
  samples_.erase(
      std::unique(samples_.begin(), samples_.end(), [](const Point& a, const Point& b) { return a.x == b.x; }),
      samples_.end());
}

std::size_t Sampler::first_at(double x) const {
  return static_cast<std::size_t>(
      std::lower_bound(samples_.begin(), samples_.end(), x, [](const Point& p, double v) { return p.x < v; }) -
      samples_.begin());
}

bool Sampler::torn(double a, double b) const {
  const auto next = std::upper_bound(tears_.begin(), tears_.end(), a);
  return next != tears_.end() && *next <= b;
}

bool Sampler::empty() const {
  return std::none_of(samples_.begin(), samples_.end(), [](const Point& p) { return defined(p.y); });
}

double Sampler::least_positive() const {
  const auto found = std::upper_bound(heights_.begin(), heights_.end(), 0.0);
  return found == heights_.end() ? std::numeric_limits<double>::infinity() : *found;
}

Interval Sampler::interesting() const {
  if (heights_.empty()) return {-1, 1};
  const Interval all{heights_.front(), heights_.back()};
  if (poles_.empty() && !unsettled_) return all;
  const double low = heights_[heights_.size() / 10];
  const double high = heights_[heights_.size() * 9 / 10];
  const double usual = high - low;
  if (all.hi - all.lo <= 4 * usual) return all;
  return {std::max(all.lo, low - 0.6 * usual), std::min(all.hi, high + 0.6 * usual)};
}

}  // namespace nabla::view
