#include "view/plots/plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "view/plots/layers.h"

namespace nabla::view {
namespace {

constexpr double kDefaultHalfWidth = 10;  // -10..10 where no range is given
constexpr double kSmallPart = 0.4;        // of a range; the picture zooms to smaller parts

void include(std::optional<Interval>& range, Interval more) {
  range = range ? Interval{std::min(range->lo, more.lo), std::max(range->hi, more.hi)} : more;
}

// Adds room above and below a flat range.
Interval with_height(Interval range) {
  if (range.hi - range.lo > 1e-12 * std::max(std::abs(range.lo), std::abs(range.hi))) return range;
  const double room = range.lo == 0 ? 1 : std::abs(range.lo) / 2;
  return {range.lo - room, range.hi + room};
}

Interval positive(Interval range, std::string_view name) {
  if (range.lo > 0) return range;
  throw base::Error(base::Code::range, {},
                    fmt::format("a logarithmic axis shows positive numbers only, not {} = {}..{}", name,
                                short_number(range.lo), short_number(range.hi)),
                    "write a positive range, as in: plot ln(x) for x = 0.1..100 logx");
}

bool round_by_nature(const Item& item) { return item.kind == Item::Kind::path || item.kind == Item::Kind::equation; }

Interval decades(Interval range) {
  return {std::pow(10, std::floor(std::log10(range.lo) + 1e-9)), std::pow(10, std::ceil(std::log10(range.hi) - 1e-9))};
}

// Collects the heights (or, of paths, the widths too) that the items take up.
struct Extent {
  std::optional<Interval> x;
  std::optional<Interval> y;
};

void include(Extent& extent, const Point& p) {
  if (!std::isfinite(p.x) || !std::isfinite(p.y)) return;
  include(extent.x, {p.x, p.x});
  include(extent.y, {p.y, p.y});
}

// Gives both axes the same length if they are nearly equal anyway, so that circles are round.
void equalize(Axis& x, Axis& y) {
  const double w = x.hi - x.lo;
  const double h = y.hi - y.lo;
  if (w > h && w < 1.5 * h) y = {y.name, y.lo - (w - h) / 2, y.hi + (w - h) / 2, false};
  if (h > w && h < 1.5 * w) x = {x.name, x.lo - (h - w) / 2, x.hi + (h - w) / 2, false};
}

class Builder {
 public:
  Builder(const Plot& plot, const Resolution& resolution) : plot_(plot), resolution_(resolution) {}

  Scene build() {
    sample_paths();
    if (plot_.zoom) zoom();
    choose_x();
    sample_curves();
    choose_y();
    Scene& s = scene_;
    int pen = 0;
    for (std::size_t i = 0; i < plot_.items.size(); ++i) {
      s.layers.push_back(layer(i));
      s.layers.back().pen = pen++;
      tell_marks(s.layers.back());
    }
    return std::move(scene_);
  }

 private:
  void sample_paths() {
    for (const Item& item : plot_.items) {
      paths_.emplace_back();
      if (item.kind == Item::Kind::path) {
        paths_.back() = sample_path(item.path, item.parameter, resolution_);
        if (!paths_.back().lines.empty()) {
          include(extent_.x, paths_.back().x);
          include(extent_.y, paths_.back().y);
        }
      }
      for (const Point& p : item.dots) include(extent_, p);
    }
  }

  // Zooms to equations whose lines take up a small part of the ranges.
  void zoom() {
    const Axis x{"", plot_.x->lo, plot_.x->hi, false};
    const Axis y{"", plot_.y->lo, plot_.y->hi, false};
    Extent lines;
    for (const Item& item : plot_.items) {
      if (item.kind != Item::Kind::equation) return;
      for (const Polyline& line : zero_lines(item.plane, x, y, resolution_))
        for (const Point& p : line) include(lines, p);
    }
    if (!lines.x) return;
    const double part =
        std::max((lines.x->hi - lines.x->lo) / (x.hi - x.lo), (lines.y->hi - lines.y->lo) / (y.hi - y.lo));
    if (part > kSmallPart || part == 0) return;
    const double half = 0.6 * std::max(lines.x->hi - lines.x->lo, lines.y->hi - lines.y->lo);
    const auto around = [&](const Interval& v) {
      const double middle = (v.lo + v.hi) / 2;
      return round_interval({middle - half, middle + half}, 11);
    };
    zoomed_x_ = around(*lines.x);
    zoomed_y_ = around(*lines.y);
  }

  // The marked places as a caption; their digits are estimates.
  void tell_marks(const Layer& layer) {
    static constexpr std::array<std::string_view, 3> kNames{"roots", "maxima", "minima"};
    for (std::size_t kind = 0; kind < kNames.size(); ++kind) {
      std::string list;
      for (const Mark& m : layer.marks) {
        if (static_cast<std::size_t>(m.kind) != kind) continue;
        list +=
            (list.empty() ? " " : ", ") +
            (kind == 0 ? short_number(m.at.x) : fmt::format("({}, {})", short_number(m.at.x), short_number(m.at.y)));
      }
      if (list.empty()) continue;
      const std::string of = plot_.items.size() > 1 ? " of " : "";
      const std::string name(kNames[kind]);
      scene_.captions.push_back({name + of + (of.empty() ? "" : layer.label) + " ≈" + list,
                                 name + of + (of.empty() ? "" : layer.plain_label) + " ~" + list});
    }
  }

  void choose_x() {
    Axis& x = scene_.x;
    x.name = plot_.x_name;
    const bool given = plot_.x.has_value();
    Interval range = zoomed_x_ ? *zoomed_x_
                     : given   ? *plot_.x
                               : extent_.x.value_or(Interval{-kDefaultHalfWidth, kDefaultHalfWidth});
    if (!given) range = round_interval(with_height(range), 12);
    if (plot_.log_x) range = positive(range, x.name);
    x = {x.name, range.lo, range.hi, plot_.log_x};
  }

  void sample_curves() {
    for (const Item& item : plot_.items) {
      samplers_.emplace_back();
      if (item.kind != Item::Kind::curve) continue;
      samplers_.back().emplace(item.curve, scene_.x, resolution_.columns);
      if (samplers_.back()->empty()) continue;
      include(extent_.y, samplers_.back()->interesting());
    }
  }

  void choose_y() {
    Axis& y = scene_.y;
    y.name = plot_.y_name;
    y.logarithmic = plot_.log_y;
    const bool any_round = std::any_of(plot_.items.begin(), plot_.items.end(), round_by_nature);
    Interval range{-kDefaultHalfWidth, kDefaultHalfWidth};
    if (zoomed_y_) {
      range = *zoomed_y_;
    } else if (plot_.y) {
      range = plot_.log_y ? positive(*plot_.y, "y") : *plot_.y;
    } else if (extent_.y && plot_.log_y) {
      range = decades(positive_heights(*extent_.y));
    } else if (extent_.y) {
      range = round_interval(with_height(*extent_.y), 11);
    }
    y.lo = range.lo;
    y.hi = range.hi;
    if (any_round && !plot_.x && !plot_.y && !plot_.log_x && !plot_.log_y) equalize(scene_.x, y);
    const double ratio = (scene_.x.hi - scene_.x.lo) / (y.hi - y.lo);
    scene_.same_scale = any_round && !plot_.log_x && !plot_.log_y && ratio > 1.0 / 3 && ratio < 3;
  }

  Interval positive_heights(Interval all) {
    if (all.lo > 0) return with_height(all);
    if (all.hi <= 0) return positive(all, "y");
    double least = all.hi;
    for (const std::optional<Sampler>& s : samplers_)
      if (s) least = std::min(least, s->least_positive());
    return {std::max(least, all.hi * 1e-12), all.hi};
  }

  Layer layer(std::size_t i) {
    const Item& item = plot_.items[i];
    Layer out;
    out.label = item.label;
    out.plain_label = item.plain_label;
    out.strict = item.strict;
    switch (item.kind) {
      case Item::Kind::curve: {
        if (samplers_[i]->empty()) nothing_to_draw(item);
        Sampled drawn = samplers_[i]->trace(scene_.y, resolution_.rows);
        out.lines = std::move(drawn.lines);
        out.bars = std::move(drawn.bars);
        out.asymptotes = std::move(drawn.poles);
        for (const Point& p : drawn.holes) out.marks.push_back({MarkKind::hole, p});
        if (plot_.mark_roots) add_roots(item.curve, out);
        if (plot_.mark_extrema) add_extrema(item.curve, out);
        break;
      }
      case Item::Kind::path:
        if (paths_[i].lines.empty()) nothing_to_draw(item);
        out.lines = std::move(paths_[i].lines);
        break;
      case Item::Kind::equation: out.lines = zero_lines(item.plane, scene_.x, scene_.y, resolution_); break;
      case Item::Kind::region:
        out.kind = Layer::Kind::region;
        out.grid = sample_grid(item.plane, scene_.x, scene_.y, resolution_.columns + 1, resolution_.rows + 1);
        out.lines = zero_lines(item.plane, scene_.x, scene_.y, resolution_);
        break;
      case Item::Kind::contours: add_contours(item.plane, scene_.x, scene_.y, resolution_, out); break;
      case Item::Kind::heat: add_heat(item.plane, scene_.x, scene_.y, resolution_, out); break;
      case Item::Kind::slopes: add_slopes(item.plane, scene_.x, scene_.y, resolution_, out); break;
      case Item::Kind::arrows: add_arrows(item.plane, item.plane_y, scene_.x, scene_.y, resolution_, out); break;
      case Item::Kind::dots:
        out.kind = Layer::Kind::dots;
        out.dots = item.dots;
        break;
    }
    return out;
  }

  [[noreturn]] void nothing_to_draw(const Item& item) const {
    throw base::Error(base::Code::domain, {},
                      fmt::format("nothing to draw: {} is undefined everywhere on {} = {}..{}", item.plain_label,
                                  scene_.x.name, short_number(scene_.x.lo), short_number(scene_.x.hi)),
                      "choose a range in its domain, as in: plot ln(x) for x = 0..5");
  }

  const Plot& plot_;
  const Resolution& resolution_;
  Scene scene_;
  Extent extent_;
  std::optional<Interval> zoomed_x_;
  std::optional<Interval> zoomed_y_;
  std::vector<SampledPath> paths_;
  std::vector<std::optional<Sampler>> samplers_;
};

}  // namespace

Scene build(const Plot& plot, const Resolution& resolution) { return Builder(plot, resolution).build(); }

}  // namespace nabla::view
