// Sampler (sample.h), second half: the heights of the picture are known, and details as small as a dot are searched
// for.
#include <algorithm>
#include <cmath>

#include "view/plots/sample.h"

namespace nabla::view {
namespace {

constexpr int kHalvings = 52;
constexpr int kTurns = 4;          // more turns than this in a column of dots are drawn as a bar
constexpr int kExtraSamples = 32;  // of a column in which samples go up and down

bool defined(double y) { return !std::isnan(y); }

// How often the heights change direction by more than two dots.
int turns(std::span<const double> heights) {
  int count = 0;
  int direction = 0;
  double extreme = heights.empty() ? 0 : heights.front();
  for (double h : heights) {
    if (direction >= 0 && h < extreme - 2) {
      count += direction > 0;
      direction = -1;
      extreme = h;
    } else if (direction <= 0 && h > extreme + 2) {
      count += direction < 0;
      direction = 1;
      extreme = h;
    } else if (direction * (h - extreme) > 0) {
      extreme = h;
    }
  }
  return count;
}

}  // namespace

double Sampler::Heights::dots(double y) const {
  if (axis.logarithmic && y <= 0) return -rows;
  return std::clamp(axis.part(y), -1.0, 2.0) * rows;
}

Interval Sampler::hull(double lo, double hi) const {
  Interval h{INFINITY, -INFINITY};
  for (std::size_t i = first_at(lo); i < samples_.size() && samples_[i].x <= hi; ++i) {
    if (defined(samples_[i].y)) h = {std::min(h.lo, samples_[i].y), std::max(h.hi, samples_[i].y)};
  }
  return h;
}

// Bisects every tall step between samples. A step that stays tall as its width shrinks to zero is a pole or a jump.
void Sampler::break_jumps(const Measure& measure, double tolerance) {
  for (std::size_t i = 1; i < samples_.size(); ++i) {
    Point a = samples_[i - 1];
    Point b = samples_[i];
    if (!defined(a.y) || !defined(b.y) || torn(a.x, b.x)) continue;
    const auto step = [&](const Point& p, const Point& q) { return std::abs(measure(p.y) - measure(q.y)); };
    for (int k = 0; k < kHalvings && step(a, b) > tolerance; ++k) {
      const double x = a.x + (b.x - a.x) / 2;
      if (x <= a.x || x >= b.x) break;
      const Point m{x, curve_(x)};
      if (!defined(m.y)) {
        a = b = m;
        tears_.push_back(x);
        break;
      }
      (step(a, m) > step(m, b) ? b : a) = m;
    }
    if (step(a, b) <= tolerance) continue;
    if (diverges(samples_[i - 1].x, a.x) || diverges(samples_[i].x, b.x)) {
      poles_.push_back(a.x);
    } else {
      keep(a.x, a.y);
      keep(b.x, b.y);
    }
    tears_.push_back(b.x);
  }
  std::sort(tears_.begin(), tears_.end());
  merge_found();
}

// Columns in which the samples turn more than once are sampled more closely.
void Sampler::split_fast(const Measure& measure) {
  for (std::size_t c = 0; c + 1 < edges_.size(); ++c) {
    std::vector<double> heights;
    for (std::size_t i = first_at(edges_[c]); i < samples_.size() && samples_[i].x <= edges_[c + 1]; ++i) {
      if (defined(samples_[i].y)) heights.push_back(measure(samples_[i].y));
    }
    const int found = turns(heights);
    if (found < 2) continue;
    const int count = found < kTurns ? kExtraSamples : 4 * kExtraSamples;
    for (int k = 1; k < count; ++k) {
      const double x = edges_[c] + (edges_[c + 1] - edges_[c]) * (k + 0.37) / (count + 1);
      keep(x, curve_(x));
    }
  }
  merge_found();
}

// Follows branches towards a pole until they leave the window.
void Sampler::approach_poles(const Axis& y) {
  for (double pole : poles_) {
    for (double side : {-1.0, 1.0}) {
      double distance = (axis_.hi - axis_.lo) / columns_;
      for (int k = 0; k < kHalvings; ++k, distance /= 2) {
        const double x = pole + side * distance;
        if (x < axis_.lo || x > axis_.hi || x == pole) continue;
        const double v = curve_(x);
        if (!defined(v)) continue;
        keep(x, v);
        if (v < y.lo || v > y.hi) break;
      }
    }
  }
  merge_found();
}

Sampled Sampler::trace(const Axis& y, int rows) {
  const Heights heights{y, static_cast<double>(rows)};
  const Measure measure = [&](double v) { return heights.dots(v); };
  approach_poles(y);
  split_fast(measure);
  if (bounds_help_) {
    for (std::size_t c = 0; c + 1 < edges_.size(); ++c) {
      const Interval seen = hull(edges_[c], edges_[c + 1]);
      if (seen.lo <= seen.hi) refine(edges_[c], edges_[c + 1], seen, measure, 1.0);
    }
    merge_found();
  }
  break_jumps(measure, 2.0);

  return drawn(measure);
}

// Joins samples to lines; columns in which the curve turns too often become bars.
Sampled Sampler::drawn(const Measure& measure) const {
  Sampled out;
  out.poles = poles_;
  std::sort(out.poles.begin(), out.poles.end());
  Polyline line;
  const auto finish = [&] {
    if (!line.empty()) out.lines.push_back(std::move(line));
    line.clear();
  };
  const auto near_pole = [&](double x) {
    return std::any_of(poles_.begin(), poles_.end(),
                       [&](double pole) { return std::abs(pole - x) < 1e-9 * (axis_.hi - axis_.lo); });
  };
  const auto is_hole = [&](std::size_t k) {
    if (line.empty() || k + 1 >= samples_.size() || near_pole(samples_[k].x)) return false;
    const Point& before = line.back();
    const Point& after = samples_[k + 1];
    return defined(after.y) && !torn(before.x, after.x) && after.x - before.x < 1e-9 * (axis_.hi - axis_.lo) &&
           std::abs(measure(after.y) - measure(before.y)) < 1;
  };
  std::size_t i = 0;
  for (std::size_t c = 0; c + 1 < edges_.size(); ++c) {
    const double end = c + 2 == edges_.size() ? INFINITY : edges_[c + 1];
    const std::size_t first = i;
    std::vector<double> levels;
    for (; i < samples_.size() && samples_[i].x < end; ++i) {
      if (defined(samples_[i].y)) levels.push_back(measure(samples_[i].y));
    }
    if (turns(levels) >= kTurns) {
      const Interval all = hull(edges_[c], edges_[c + 1]);
      out.bars.push_back({edges_[c], edges_[c + 1], all.lo, all.hi});
      finish();
      continue;
    }
    for (std::size_t k = first; k < i; ++k) {
      const Point& p = samples_[k];
      if (defined(p.y)) {
        if (!line.empty() && torn(line.back().x, p.x)) finish();
        line.push_back(p);
      } else if (is_hole(k)) {
        out.holes.push_back({p.x, samples_[k + 1].y});
      } else {
        finish();
      }
    }
  }
  finish();
  return out;
}

}  // namespace nabla::view
