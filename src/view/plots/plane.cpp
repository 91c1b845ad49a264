// Functions of the plane (layers.h): zero sets, contour lines, heat maps, fields.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <iterator>

#include "view/plots/layers.h"

namespace nabla::view {
namespace {

constexpr int kHalvings = 10;  // of a cell's side crossed by a line, after which the line is taken as straight
constexpr int kCrossingNone = -1;

// Traces the lines on which F equals a level, over a grid of its values.
class LevelTracer {
 public:
  LevelTracer(const Plane& plane, const Axis& x, const Axis& y, const Grid& grid, double level)
      : plane_(plane), x_(x), y_(y), grid_(grid), level_(level), sides_(grid.values.size()) {
    std::ranges::transform(grid.values, sides_.begin(), [level](double v) { return side_of(v - level); });
    find_crossings();
    settle_crossings();
    for (int c = 0; c + 1 < grid.columns; ++c) {
      for (int r = 0; r + 1 < grid.rows; ++r) {
        const Side s = sides_[at(c, r)];
        if (s != sides_[at(c, r + 1)] || s != sides_[at(c + 1, r)] || s != sides_[at(c + 1, r + 1)]) join_in_cell(c, r);
      }
    }
  }

  // Chains the crossings to lines, open ones first.
  std::vector<Polyline> lines() {
    std::vector<Polyline> out;
    for (const bool open_only : {true, false}) {
      for (std::size_t i = 0; i < crossings_.size(); ++i) {
        if (crossings_[i].used || crossings_[i].links == 0 || (open_only && crossings_[i].links != 1)) continue;
        out.push_back(walk(i));
      }
    }
    return out;
  }

 private:
  struct Crossing {
    Point below;  // F < level here
    Point above;
    double size = 0;  // of F - level at the cell's corners
    double below_value = 0;
    double above_value = 0;
    bool real = true;
    bool used = false;
    int links = 0;
    std::array<std::size_t, 2> next{};
  };

  // Of the level, on which a corner lies.
  enum class Side : std::uint8_t { below, above, none };
  static Side side_of(double v) { return v < 0 ? Side::below : v >= 0 ? Side::above : Side::none; }

  std::size_t at(int c, int r) const {
    return static_cast<std::size_t>(c) * static_cast<std::size_t>(grid_.rows) + static_cast<std::size_t>(r);
  }
  Point corner(int c, int r) const {
    return {x_.at(static_cast<double>(c) / (grid_.columns - 1)), y_.at(static_cast<double>(r) / (grid_.rows - 1))};
  }
  std::size_t side(int c, int r, bool upright) const { return 2 * at(c, r) + (upright ? 1 : 0); }

  void find_crossings() {
    at_side_.assign(2 * grid_.values.size(), kCrossingNone);
    const auto parted = [](Side a, Side b) { return a != b && a != Side::none && b != Side::none; };
    for (int c = 0; c < grid_.columns; ++c) {
      for (int r = 0; r < grid_.rows; ++r) {
        const Side s = sides_[at(c, r)];
        if (c + 1 < grid_.columns && parted(s, sides_[at(c + 1, r)])) cross(c, r, c + 1, r, side(c, r, false));
        if (r + 1 < grid_.rows && parted(s, sides_[at(c, r + 1)])) cross(c, r, c, r + 1, side(c, r, true));
      }
    }
  }

  void cross(int c0, int r0, int c1, int r1, std::size_t side) {
    const double a = grid_(c0, r0) - level_;
    const double b = grid_(c1, r1) - level_;
    Crossing crossing;
    crossing.below = a < 0 ? corner(c0, r0) : corner(c1, r1);
    crossing.above = a < 0 ? corner(c1, r1) : corner(c0, r0);
    crossing.below_value = std::min(a, b);
    crossing.above_value = std::max(a, b);
    crossing.size = crossing.above_value - crossing.below_value;
    at_side_[side] = static_cast<int>(crossings_.size());
    crossings_.push_back(crossing);
  }

  // Bisects all crossed sides at once. At a zero F shrinks with the side; at a pole or a jump it does not.
  void settle_crossings() {
    std::vector<Point> middles(crossings_.size());
    std::vector<double> values(crossings_.size());
    for (int k = 0; k < kHalvings; ++k) {
      for (std::size_t i = 0; i < crossings_.size(); ++i) {
        const Crossing& c = crossings_[i];
        middles[i] = {c.below.x + (c.above.x - c.below.x) / 2, c.below.y + (c.above.y - c.below.y) / 2};
      }
      plane_(middles, values);
      for (std::size_t i = 0; i < crossings_.size(); ++i) {
        Crossing& c = crossings_[i];
        const double v = values[i] - level_;
        if (std::isnan(v)) c.real = false;
        (v < 0 ? c.below : c.above) = middles[i];
        (v < 0 ? c.below_value : c.above_value) = v;
      }
    }
    for (Crossing& c : crossings_) {
      const double step = c.above_value - c.below_value;
      c.real = c.real && step <= c.size / 100;
      const double part = step > 0 ? -c.below_value / step : 1;
      c.above = {c.below.x + part * (c.above.x - c.below.x), c.below.y + part * (c.above.y - c.below.y)};
    }
  }

  void join_in_cell(int c, int r) {
    const std::array<std::size_t, 4> sides{side(c, r, false), side(c + 1, r, true), side(c, r + 1, false),
                                           side(c, r, true)};
    std::array<std::size_t, 4> found{};
    std::size_t count = 0;
    for (std::size_t s : sides) {
      if (at_side_[s] != kCrossingNone && crossings_[static_cast<std::size_t>(at_side_[s])].real)
        found[count++] = static_cast<std::size_t>(at_side_[s]);
    }
    if (count == 2) link(found[0], found[1]);
    if (count != 4) return;
    // A saddle: the lines do not separate the corners that have the sign of the centre.
    const Point a = corner(c, r);
    const Point b = corner(c + 1, r + 1);
    const Point middle{(a.x + b.x) / 2, (a.y + b.y) / 2};
    double v = 0;
    plane_({&middle, 1}, {&v, 1});
    const bool like_first = (v < level_) == (grid_(c, r) < level_);
    link(found[0], like_first ? found[1] : found[3]);
    link(found[2], like_first ? found[3] : found[1]);
  }

  void link(std::size_t a, std::size_t b) {
    Crossing& p = crossings_[a];
    Crossing& q = crossings_[b];
    if (p.links < 2) p.next[static_cast<std::size_t>(p.links++)] = b;
    if (q.links < 2) q.next[static_cast<std::size_t>(q.links++)] = a;
  }

  Polyline walk(std::size_t from) {
    Polyline line;
    std::size_t at = from;
    while (true) {
      Crossing& c = crossings_[at];
      c.used = true;
      line.push_back(c.above);
      std::size_t next = at;
      for (int k = 0; k < c.links; ++k) {
        const std::size_t candidate = c.next[static_cast<std::size_t>(k)];
        if (!crossings_[candidate].used) next = candidate;
      }
      if (next == at) {
        const bool closed = line.size() > 2 && c.links == 2 && (c.next[0] == from || c.next[1] == from);
        if (closed) line.push_back(line.front());
        return line;
      }
      at = next;
    }
  }

  const Plane& plane_;
  const Axis& x_;
  const Axis& y_;
  const Grid& grid_;
  double level_;
  std::vector<Crossing> crossings_;
  std::vector<Side> sides_;   // of the grid's corners
  std::vector<int> at_side_;  // index into crossings_ of each side of the grid's cells
};

// The full range of heights, unless the outermost twentieth of the grid on either side goes far beyond the rest.
Interval shown_heights(const Grid& grid) {
  std::vector<double> v;
  std::ranges::copy_if(grid.values, std::back_inserter(v), [](double value) { return std::isfinite(value); });
  if (v.empty()) return {0, 0};
  const auto low = v.begin() + static_cast<std::ptrdiff_t>(v.size() / 20);
  std::nth_element(v.begin(), low, v.end());
  Interval all{*std::min_element(v.begin(), low + 1), 0};
  Interval most{*low, 0};
  const auto high = v.end() - 1 - (low - v.begin());
  std::nth_element(low, high, v.end());
  most.hi = *high;
  all.hi = *std::max_element(high, v.end());
  const double usual = most.hi - most.lo;
  return all.hi - all.lo <= 4 * usual ? all : Interval{most.lo - usual / 4, most.hi + usual / 4};
}

// 1, 2 or 5 times a power of ten, nearest to a length.
double level_step(double length) {
  const double decade = std::pow(10, std::floor(std::log10(length)));
  for (const double m : {1.0, 2.0, 5.0}) {
    if (length <= m * decade * 1.4) return m * decade;
  }
  return 10 * decade;
}

// Calls use(point) at the centres of columns × rows equal rectangles.
template <class Use>
void at_centres(const Axis& x, const Axis& y, const Resolution& r, Use use) {
  for (int row = 0; row < r.arrow_rows; ++row)
    for (int column = 0; column < r.arrow_columns; ++column)
      use(Point{x.at((column + 0.5) / r.arrow_columns), y.at((row + 0.5) / r.arrow_rows)});
}

}  // namespace

Grid sample_grid(const Plane& plane, const Axis& x, const Axis& y, int columns, int rows) {
  constexpr int kTogether = 32'768;  // points
  Grid grid{columns, rows, std::vector<double>(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows))};
  std::vector<double> heights;
  for (int r = 0; r < rows; ++r) heights.push_back(y.at(static_cast<double>(r) / (rows - 1)));
  const int step = std::max(1, kTogether / rows);
  std::vector<Point> points;
  for (int c = 0; c < columns; c += step) {
    const std::size_t first = static_cast<std::size_t>(c) * heights.size();
    points.clear();
    for (int k = c; k < std::min(c + step, columns); ++k) {
      const double across = x.at(static_cast<double>(k) / (columns - 1));
      for (const double height : heights) points.push_back({across, height});
    }
    plane(points, std::span(grid.values).subspan(first, points.size()));
  }
  return grid;
}

std::vector<Polyline> zero_lines(const Plane& plane, const Axis& x, const Axis& y, const Resolution& resolution) {
  const Grid grid = sample_grid(plane, x, y, resolution.columns + 1, resolution.rows + 1);
  return LevelTracer(plane, x, y, grid, 0).lines();
}

void add_contours(const Plane& plane, const Axis& x, const Axis& y, const Resolution& resolution, Layer& out) {
  out.kind = Layer::Kind::contours;
  const Grid grid = sample_grid(plane, x, y, resolution.columns + 1, resolution.rows + 1);
  const Interval heights = shown_heights(grid);
  if (!(heights.hi > heights.lo)) return;
  const double step = level_step((heights.hi - heights.lo) / resolution.levels);
  out.low = heights.lo;
  out.high = heights.hi;
  for (double n = std::ceil(heights.lo / step + 1e-9); n * step < heights.hi - 1e-9 * step; ++n) {
    Contour contour{n * step, LevelTracer(plane, x, y, grid, n * step).lines()};
    if (!contour.lines.empty()) out.contours.push_back(std::move(contour));
  }
}

void add_heat(const Plane& plane, const Axis& x, const Axis& y, const Resolution& resolution, Layer& out) {
  out.kind = Layer::Kind::heat;
  out.grid = sample_grid(plane, x, y, resolution.cell_columns, resolution.cell_rows);
  Interval heights = shown_heights(out.grid);
  if (heights.hi > heights.lo) heights = round_interval(heights, 21);
  out.low = heights.lo;
  out.high = heights.hi;
}

void add_slopes(const Plane& slope, const Axis& x, const Axis& y, const Resolution& resolution, Layer& out) {
  out.kind = Layer::Kind::slopes;
  at_centres(x, y, resolution, [&](const Point& p) {
    double v = 0;
    slope({&p, 1}, {&v, 1});
    if (std::isinf(v)) out.arrows.push_back({p, 0, v > 0 ? 1.0 : -1.0});
    if (std::isfinite(v)) out.arrows.push_back({p, 1, v});
  });
}

void add_arrows(const Plane& p, const Plane& q, const Axis& x, const Axis& y, const Resolution& resolution,
                Layer& out) {
  out.kind = Layer::Kind::arrows;
  at_centres(x, y, resolution, [&](const Point& at) {
    double u = 0;
    double v = 0;
    p({&at, 1}, {&u, 1});
    q({&at, 1}, {&v, 1});
    if (std::isfinite(u) && std::isfinite(v)) out.arrows.push_back({at, u, v});
  });
}

}  // namespace nabla::view
