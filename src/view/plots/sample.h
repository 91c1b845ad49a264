// Sampling a function of one number as a curve: its connected parts, its breaks, and details between samples.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "view/plots/scene.h"
#include "view/plots/ticks.h"

namespace nabla::view {

// A function to be plotted.
struct Curve {
  // y[i] = f(x[i]); nan where f is undefined.
  std::function<void(std::span<const double> x, std::span<double> y)> values;
  // Proven bounds of f over lo..hi; nothing where none are known (at a pole, at the edge of the domain). May be empty.
  std::function<std::optional<Interval>(double lo, double hi)> bounds;

  double operator()(double x) const;
};

struct Sampled {
  std::vector<Polyline> lines;
  std::vector<Bar> bars;
  std::vector<double> poles;
  std::vector<Point> holes;  // points at which the curve is undefined but continuous around them
};

// Samples one curve. Poles and jumps are found first, before the heights of the picture are known; details as small as
// a dot are searched for afterwards (sample_trace.cpp).
class Sampler {
 public:
  // The x axis gives the range; `columns` the dots across.
  Sampler(Curve curve, const Axis& x, int columns);

  bool empty() const;  // undefined at every sample
  // The heights a picture should show: all, or most if the curve is unbounded.
  Interval interesting() const;
  double least_positive() const;  // of the heights; inf if there is none

  // The curve in the window of that y axis, `rows` dots high.
  Sampled trace(const Axis& y, int rows);

 private:
  struct Heights {  // of the window, with linear heights in dots
    const Axis& axis;
    double rows;
    double dots(double y) const;  // clamped to one window height above and below the window
  };
  using Measure = std::function<double(double)>;

  void sample_columns();
  void find_edges();
  void find_singularities();
  void find_peaks();
  bool examine(double lo, double hi);
  void find_hole(double near);
  bool diverges(double from, double to) const;
  std::optional<Interval> bounds(double lo, double hi);
  void refine(double lo, double hi, Interval known, const Measure& measure, double tolerance);
  void break_jumps(const Measure& measure, double tolerance);
  void split_fast(const Measure& measure);
  void approach_poles(const Axis& y);
  void keep(double x, double y) { found_.push_back({x, y}); }
  void merge_found();
  Sampled drawn(const Measure& measure) const;
  bool torn(double a, double b) const;  // in a < x <= b
  Interval hull(double lo, double hi) const;
  std::size_t first_at(double x) const;

  Curve curve_;
  Axis axis_;
  int columns_;
  std::vector<double> edges_;    // of the columns
  std::vector<double> heights_;  // defined values at the first, evenly spaced samples, ascending
  std::vector<Point> samples_;   // ascending x
  std::vector<Point> found_;     // to be merged into samples_
  std::vector<double> tears_;    // the curve is not joined across these x, ascending
  std::vector<double> poles_;
  bool bounds_help_ = false;  // bounds are known for most of this curve
  bool unsettled_ = false;    // a piece without bounds remains
  int questions_ = 0;         // bounds asked for
};

}  // namespace nabla::view
