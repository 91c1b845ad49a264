// Page (page.h): the layers of a picture, drawn over the grid.
#include <algorithm>
#include <cmath>
#include <cstdint>

#include "view/cairo/math_text.h"
#include "view/cairo/page.h"
#include "view/plots/ticks.h"

namespace nabla::view {
namespace {

constexpr double kLine = 1.9;
constexpr double kContour = 1.2;
constexpr double kShade = 0.22;  // of regions
constexpr double kLabel = 8;     // size of letters on contours

}  // namespace

void Page::draw_layer(const Layer& layer) {
  const Color color = pen_color(layer.pen);
  if (layer.kind == Layer::Kind::region) draw_region(layer);
  if (layer.kind == Layer::Kind::heat) draw_heat(layer);
  if (layer.kind == Layer::Kind::contours) draw_contours(layer);
  static constexpr double kDashes[] = {5, 4};
  set_color(color, 0.55);
  cairo_set_line_width(cr_, 1);
  cairo_set_dash(cr_, kDashes, 2, 0);
  for (double at : layer.asymptotes) {
    cairo_move_to(cr_, x(at), top_);
    cairo_line_to(cr_, x(at), top_ + plot_height_);
  }
  cairo_stroke(cr_);
  cairo_set_dash(cr_, nullptr, 0, 0);
  draw_bars(layer);
  set_color(color);
  cairo_set_line_width(cr_, kLine);
  if (layer.strict) cairo_set_dash(cr_, kDashes, 2, 0);
  draw_lines(layer.lines);
  cairo_set_dash(cr_, nullptr, 0, 0);
  cairo_set_line_width(cr_, 1.1);
  for (const Arrow& a : layer.arrows) draw_arrow(a, layer.kind == Layer::Kind::arrows);
  for (const Point& p : layer.dots) draw_dot({x(p.x), y(p.y)}, 3, color, {1, 1, 1});
  for (const Mark& m : layer.marks) draw_mark(m, color);
}

void Page::draw_lines(const std::vector<Polyline>& lines) {
  for (const Polyline& line : lines) {
    if (line.size() == 1) {
      cairo_move_to(cr_, x(line[0].x), y(line[0].y));
      cairo_line_to(cr_, x(line[0].x), y(line[0].y));
    }
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (i == 0) {
        cairo_move_to(cr_, x(line[i].x), y(line[i].y));
      } else {
        cairo_line_to(cr_, x(line[i].x), y(line[i].y));
      }
    }
    cairo_stroke(cr_);
  }
}

// Neighbouring bars are drawn as one shape, so that no seams show.
void Page::draw_bars(const Layer& layer) {
  const std::vector<Bar>& bars = layer.bars;
  set_color(pen_color(layer.pen), 0.75);
  for (std::size_t i = 0; i < bars.size();) {
    std::size_t end = i + 1;
    while (end < bars.size() && bars[end].from <= bars[end - 1].to) ++end;
    for (std::size_t k = i; k < end; ++k) {
      cairo_line_to(cr_, x(bars[k].from), y(bars[k].hi));
      cairo_line_to(cr_, x(bars[k].to), y(bars[k].hi));
    }
    for (std::size_t k = end; k-- > i;) {
      cairo_line_to(cr_, x(bars[k].to), y(bars[k].lo));
      cairo_line_to(cr_, x(bars[k].from), y(bars[k].lo));
    }
    cairo_close_path(cr_);
    cairo_fill(cr_);
    i = end;
  }
}

// A raster over the whole plot, rows from below, smoothed between its points.
void Page::draw_image(const std::vector<Color>& colors, const std::vector<double>& alpha, int columns, int rows) {
  cairo_surface_t* image = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, columns, rows);
  if (cairo_surface_status(image) == CAIRO_STATUS_SUCCESS) {
    cairo_surface_flush(image);
    unsigned char* bytes = cairo_image_surface_get_data(image);
    const int stride = cairo_image_surface_get_stride(image);
    for (int r = 0; r < rows; ++r) {
      auto* row = reinterpret_cast<std::uint32_t*>(bytes + static_cast<std::ptrdiff_t>(r) * stride);
      for (int c = 0; c < columns; ++c) {
        const auto i =
            static_cast<std::size_t>(c) * static_cast<std::size_t>(rows) + static_cast<std::size_t>(rows - 1 - r);
        const auto level = [&](double v) { return static_cast<std::uint32_t>(std::lround(255 * v * alpha[i])); };
        row[c] = (static_cast<std::uint32_t>(std::lround(255 * alpha[i])) << 24) | (level(colors[i].r) << 16) |
                 (level(colors[i].g) << 8) | level(colors[i].b);
      }
    }
    cairo_surface_mark_dirty(image);
    cairo_save(cr_);
    cairo_rectangle(cr_, left_, top_, plot_width_, plot_height_);
    cairo_clip(cr_);
    // The outer points of the raster lie on the plot's edges.
    cairo_translate(cr_, left_, top_);
    cairo_scale(cr_, plot_width_ / (columns - 1), plot_height_ / (rows - 1));
    cairo_translate(cr_, -0.5, -0.5);
    cairo_set_source_surface(cr_, image, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cr_), CAIRO_FILTER_BILINEAR);
    cairo_pattern_set_extend(cairo_get_source(cr_), CAIRO_EXTEND_PAD);
    cairo_paint(cr_);
    cairo_restore(cr_);
  }
  cairo_surface_destroy(image);
}

void Page::draw_region(const Layer& layer) {
  const std::vector<Color> colors(layer.grid.values.size(), pen_color(layer.pen));
  std::vector<double> alpha;
  for (double v : layer.grid.values) alpha.push_back(v > 0 ? kShade : 0);
  draw_image(colors, alpha, layer.grid.columns, layer.grid.rows);
}

void Page::draw_heat(const Layer& layer) {
  std::vector<Color> colors;
  std::vector<double> alpha;
  for (double v : layer.grid.values) {
    colors.push_back(std::isnan(v) ? Color{} : height_color((v - layer.low) / (layer.high - layer.low)));
    alpha.push_back(std::isnan(v) ? 0 : 1);
  }
  draw_image(colors, alpha, layer.grid.columns, layer.grid.rows);
}

void Page::draw_contours(const Layer& layer) {
  cairo_set_line_width(cr_, kContour);
  for (const Contour& c : layer.contours) {
    set_color(height_color(0.9 * (c.level - layer.low) / (layer.high - layer.low)));
    draw_lines(c.lines);
  }
  std::vector<Point> taken;
  for (const Contour& c : layer.contours) label_contour(c, taken);
}

// The level is written on the longest line, on white, clear of other labels.
void Page::label_contour(const Contour& contour, std::vector<Point>& taken) {
  const auto longest = std::max_element(contour.lines.begin(), contour.lines.end(),
                                        [](const Polyline& a, const Polyline& b) { return a.size() < b.size(); });
  const std::string text = short_number(contour.level);
  const double width = math_width(cr_, text, kLabel);
  for (double part : {0.5, 0.35, 0.65, 0.2, 0.8, 0.42, 0.58}) {
    const Point& p = (*longest)[static_cast<std::size_t>(part * static_cast<double>(longest->size() - 1))];
    const Point at{x(p.x), y(p.y)};
    const bool inside = at.x > left_ + width && at.x < left_ + plot_width_ - width && at.y > top_ + kLabel &&
                        at.y < top_ + plot_height_ - kLabel;
    const bool free = std::none_of(taken.begin(), taken.end(),
                                   [&](const Point& q) { return std::hypot(q.x - at.x, q.y - at.y) < 2.2 * kLabel; });
    if (!inside || !free) continue;
    taken.push_back(at);
    cairo_set_source_rgba(cr_, 1, 1, 1, 0.85);
    cairo_rectangle(cr_, at.x - width / 2 - 1.5, at.y - kLabel / 2 - 0.5, width + 3, kLabel + 1);
    cairo_fill(cr_);
    set_color({0.2, 0.2, 0.2});
    show_math(cr_, text, kLabel, at.x - width / 2, at.y + 0.36 * kLabel);
    return;
  }
}

void Page::draw_arrow(const Arrow& arrow, bool head) {
  const double dx = arrow.dx / (scene_.x.hi - scene_.x.lo) * plot_width_;
  const double dy = -arrow.dy / (scene_.y.hi - scene_.y.lo) * plot_height_;
  const double length = std::hypot(dx, dy);
  const Point at{x(arrow.at.x), y(arrow.at.y)};
  if (!(length > 0)) {
    cairo_arc(cr_, at.x, at.y, 1, 0, 2 * std::acos(-1));
    cairo_fill(cr_);
    return;
  }
  const double half = 0.36 * spacing_;
  const double ux = dx / length * half;
  const double uy = dy / length * half;
  cairo_move_to(cr_, at.x - ux, at.y - uy);
  cairo_line_to(cr_, at.x + ux, at.y + uy);
  if (head) {
    const Point tip{at.x + ux, at.y + uy};
    cairo_move_to(cr_, tip.x - 0.55 * ux - 0.3 * uy, tip.y - 0.55 * uy + 0.3 * ux);
    cairo_line_to(cr_, tip.x, tip.y);
    cairo_line_to(cr_, tip.x - 0.55 * ux + 0.3 * uy, tip.y - 0.55 * uy - 0.3 * ux);
  }
  cairo_stroke(cr_);
}

void Page::draw_dot(const Point& at, double radius, const Color& inside, const Color& edge) {
  cairo_new_sub_path(cr_);
  cairo_arc(cr_, at.x, at.y, radius, 0, 2 * std::acos(-1));
  set_color(inside);
  cairo_fill_preserve(cr_);
  set_color(edge);
  cairo_set_line_width(cr_, 1);
  cairo_stroke(cr_);
}

void Page::draw_mark(const Mark& mark, const Color& color) {
  const Point at{x(mark.at.x), y(mark.at.y)};
  switch (mark.kind) {
    case MarkKind::hole: return draw_dot(at, 3.2, {1, 1, 1}, color);
    case MarkKind::root: return draw_dot(at, 3.2, color, {1, 1, 1});
    case MarkKind::maximum:
    case MarkKind::minimum: break;
  }
  const double up = mark.kind == MarkKind::maximum ? -1 : 1;  // towards the tip of a triangle
  cairo_move_to(cr_, at.x, at.y + up * 5);
  cairo_line_to(cr_, at.x - 4.4, at.y - up * 3);
  cairo_line_to(cr_, at.x + 4.4, at.y - up * 3);
  cairo_close_path(cr_);
  set_color(color);
  cairo_fill_preserve(cr_);
  set_color({1, 1, 1});
  cairo_set_line_width(cr_, 1);
  cairo_stroke(cr_);
}

}  // namespace nabla::view
