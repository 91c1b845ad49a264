// Curves of a parameter, and marks on curves (layers.h).
#include <algorithm>
#include <cmath>

#include "view/plots/layers.h"

namespace nabla::view {
namespace {

constexpr int kFirstSamples = 721;  // divides the usual ranges, so that round parameters are sampled
constexpr int kHalvings = 14;
constexpr double kUnbounded = 8;  // a path is cut off where it exceeds its usual size by this factor

bool defined(const Point& p) { return std::isfinite(p.x) && std::isfinite(p.y); }

Interval usual_range(std::vector<double> v) {
  if (v.empty()) return {-1, 1};
  std::sort(v.begin(), v.end());
  const double low = v[v.size() / 10];
  const double high = v[v.size() - 1 - v.size() / 10];
  const double usual = high - low;
  if (v.back() - v.front() <= kUnbounded * usual) return {v.front(), v.back()};
  return {std::max(v.front(), low - usual / 2), std::min(v.back(), high + usual / 2)};
}

// Converts lengths to fractions of the picture.
struct Scale {
  double x;
  double y;
  double length(const Point& a, const Point& b) const { return std::hypot((b.x - a.x) / x, (b.y - a.y) / y); }
};

struct Sample {
  double t;
  Point p;
};

class PathSampler {
 public:
  PathSampler(const Path& path, Interval parameter, const Resolution& resolution)
      : path_(path), longest_(2.0 / std::max(resolution.columns, resolution.rows)) {
    std::vector<double> t(kFirstSamples);
    std::vector<Point> p(kFirstSamples);
    for (int i = 0; i < kFirstSamples; ++i)
      t[static_cast<std::size_t>(i)] = parameter.lo + (parameter.hi - parameter.lo) * i / (kFirstSamples - 1);
    path(t, p);
    std::vector<double> xs;
    std::vector<double> ys;
    for (const Point& q : p) {
      if (!defined(q)) continue;
      xs.push_back(q.x);
      ys.push_back(q.y);
    }
    found.x = usual_range(std::move(xs));
    found.y = usual_range(std::move(ys));
    scale_ = {std::max(found.x.hi - found.x.lo, 1e-300), std::max(found.y.hi - found.y.lo, 1e-300)};
    Sample before{t[0], p[0]};
    start(before);
    for (std::size_t i = 1; i < t.size(); ++i) {
      const Sample now{t[i], p[i]};
      join(before, now, 0);
      before = now;
    }
    finish();
  }

  SampledPath found;

 private:
  void start(const Sample& s) {
    if (defined(s.p)) line_.push_back(s.p);
  }
  void finish() {
    if (!line_.empty()) found.lines.push_back(std::move(line_));
    line_.clear();
  }

  // Adds the points between two samples, and the second one.
  void join(const Sample& a, const Sample& b, int depth) {
    const bool both = defined(a.p) && defined(b.p);
    if (!defined(a.p) && !defined(b.p)) return;
    if (both && scale_.length(a.p, b.p) <= longest_) {
      line_.push_back(b.p);
      return;
    }
    if (depth == kHalvings) {
      finish();
      start(b);
      return;
    }
    const double t = a.t + (b.t - a.t) / 2;
    Sample m{t, {}};
    path_({&t, 1}, {&m.p, 1});
    join(a, m, depth + 1);
    join(m, b, depth + 1);
  }

  const Path& path_;
  double longest_;
  Scale scale_{};
  Polyline line_;
};

// The root between two points at which f has different signs; nothing if |f| does not shrink with the interval.
std::optional<double> root_between(const Curve& f, Point a, Point b) {
  const double size = std::abs(a.y) + std::abs(b.y);
  for (int k = 0; k < 80; ++k) {
    const double x = a.x + (b.x - a.x) / 2;
    if (x <= a.x || x >= b.x) break;
    const double y = f(x);
    if (y == 0) return x;
    if (std::isnan(y)) return std::nullopt;
    ((y < 0) == (a.y < 0) ? a : b) = {x, y};
  }
  if (std::abs(a.y) + std::abs(b.y) > size / 2) return std::nullopt;
  return std::abs(a.y) < std::abs(b.y) ? a.x : b.x;
}

// The maximum of sign·f in lo..hi, by golden-section search.
Point turn_between(const Curve& f, double lo, double hi, double sign) {
  constexpr double kGolden = 0.3819660112501051;
  double p = lo + kGolden * (hi - lo);
  double q = hi - kGolden * (hi - lo);
  double fp = sign * f(p);
  double fq = sign * f(q);
  for (int k = 0; k < 60; ++k) {
    if (fp >= fq) {
      hi = q, q = p, fq = fp;
      p = lo + kGolden * (hi - lo);
      fp = sign * f(p);
    } else {
      lo = p, p = q, fp = fq;
      q = hi - kGolden * (hi - lo);
      fq = sign * f(q);
    }
  }
  return {p, sign * fp};
}

}  // namespace

SampledPath sample_path(const Path& path, Interval parameter, const Resolution& resolution) {
  return PathSampler(path, parameter, resolution).found;
}

void add_roots(const Curve& curve, Layer& out) {
  for (const Polyline& line : out.lines) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      const Point& b = line[i];
      if (b.y == 0) out.marks.push_back({MarkKind::root, b});
      if (i == 0 || b.y == 0 || line[i - 1].y == 0 || (b.y < 0) == (line[i - 1].y < 0)) continue;
      if (const std::optional<double> x = root_between(curve, line[i - 1], b))
        out.marks.push_back({MarkKind::root, {*x, 0}});
    }
  }
}

void add_extrema(const Curve& curve, Layer& out) {
  for (const Polyline& line : out.lines) {
    for (std::size_t i = 1; i + 1 < line.size(); ++i) {
      const double before = line[i].y - line[i - 1].y;
      std::size_t next = i + 1;
      while (next + 1 < line.size() && line[next].y == line[i].y) ++next;
      const double after = line[next].y - line[i].y;
      if (!(before * after < 0)) continue;
      const double sign = before > 0 ? 1 : -1;
      const Point turn = turn_between(curve, line[i - 1].x, line[next].x, sign);
      out.marks.push_back({sign > 0 ? MarkKind::maximum : MarkKind::minimum, turn});
    }
  }
}

}  // namespace nabla::view
