#include "view/cairo/page.h"

#include <algorithm>
#include <cmath>

#include "view/cairo/math_text.h"
#include "view/plots/ticks.h"

namespace nabla::view {
namespace {

constexpr double kText = 11;   // size of letters
constexpr double kLine = 1.9;  // width of curves
constexpr double kMargin = 8;
constexpr double kTickGap = 5;    // between an axis and its labels
constexpr double kRow = 18;       // of the legend
constexpr double kSample = 22;    // length of a legend's line
constexpr double kScale = 64;     // width taken by the scale of heights
constexpr double kGolden = 0.62;  // height of a plot by its width
constexpr Color kInk{0.13, 0.13, 0.13};
constexpr Color kGrid{0.9, 0.9, 0.9};
constexpr Color kZero{0.55, 0.55, 0.55};

bool has_scale(const Layer& l) {
  return l.kind == Layer::Kind::heat || (l.kind == Layer::Kind::contours && !l.contours.empty());
}

}  // namespace

Page::Page(const Scene& scene, double width, cairo_t* cr) : scene_(scene), width_(width) { lay_out(cr); }

double Page::y(double v) const {
  if (scene_.y.logarithmic && v <= 0) return top_ + 10 * plot_height_;
  return top_ + (1 - std::clamp(scene_.y.part(v), -1e3, 1e3)) * plot_height_;
}

void Page::set_color(const Color& c, double alpha) { cairo_set_source_rgba(cr_, c.r, c.g, c.b, alpha); }

void Page::lay_out(cairo_t* cr) {
  y_ticks_ = round_ticks(scene_.y, 9);
  double label = 0;
  for (const Tick& t : y_ticks_) label = std::max(label, math_width(cr, t.label, kText));
  const double name = math_width(cr, scene_.x.name, kText);
  left_ = kMargin + label + kTickGap + 3;
  top_ = kMargin + kText;
  const bool scale = std::any_of(scene_.layers.begin(), scene_.layers.end(), has_scale);
  plot_width_ = width_ - left_ - kMargin - name - 6 - (scale ? kScale : 0);
  plot_height_ = plot_width_ * kGolden;
  if (scene_.same_scale) {
    const double ratio = (scene_.y.hi - scene_.y.lo) / (scene_.x.hi - scene_.x.lo);
    const double highest = plot_width_ * 0.85;
    plot_height_ = plot_width_ * ratio;
    if (plot_height_ > highest) {
      plot_width_ *= highest / plot_height_;
      plot_height_ = highest;
      left_ = std::max(left_, (width_ - plot_width_) / 2);
    }
  }
  double widest = 10;
  for (const Tick& t : round_ticks(scene_.x, 13)) widest = std::max(widest, math_width(cr, t.label, kText));
  x_ticks_ = round_ticks(scene_.x, std::clamp(static_cast<int>(plot_width_ / (widest + 12)), 2, 13));
  lay_out_legend(cr);
  height_ = top_ + plot_height_ + kTickGap + 2 * kText +
            kRow * (legend_rows_ + static_cast<int>(scene_.captions.size())) + kMargin;
}

void Page::lay_out_legend(cairo_t* cr) {
  double at = left_;
  for (const Layer& layer : scene_.layers) {
    const double width = kSample + 6 + math_width(cr, layer.label, kText) + 18;
    if (at > left_ && at + width > width_ - kMargin) {
      at = left_;
      ++legend_rows_;
    }
    entries_.push_back({&layer, at, legend_rows_});
    at += width;
  }
  ++legend_rows_;
}

void Page::draw(cairo_t* cr) {
  cr_ = cr;
  cairo_set_source_rgb(cr_, 1, 1, 1);
  cairo_paint(cr_);
  cairo_set_line_join(cr_, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap(cr_, CAIRO_LINE_CAP_ROUND);
  draw_grid();
  cairo_save(cr_);
  cairo_rectangle(cr_, left_ - 1, top_ - 1, plot_width_ + 2, plot_height_ + 2);
  cairo_clip(cr_);
  for (const Layer& layer : scene_.layers) draw_layer(layer);
  cairo_restore(cr_);
  draw_axes();
  for (const Layer& layer : scene_.layers) {
    if (has_scale(layer)) draw_scale(layer);
  }
  draw_legend();
}

void Page::draw_grid() {
  cairo_set_line_width(cr_, 0.6);
  set_color(kGrid);
  for (const Tick& t : x_ticks_) {
    cairo_move_to(cr_, x(t.at), top_);
    cairo_line_to(cr_, x(t.at), top_ + plot_height_);
  }
  for (const Tick& t : y_ticks_) {
    cairo_move_to(cr_, left_, y(t.at));
    cairo_line_to(cr_, left_ + plot_width_, y(t.at));
  }
  cairo_stroke(cr_);
  cairo_set_line_width(cr_, 0.8);
  set_color(kZero);
  if (!scene_.x.logarithmic && scene_.x.lo < 0 && scene_.x.hi > 0) {
    cairo_move_to(cr_, x(0), top_);
    cairo_line_to(cr_, x(0), top_ + plot_height_);
  }
  if (!scene_.y.logarithmic && scene_.y.lo < 0 && scene_.y.hi > 0) {
    cairo_move_to(cr_, left_, y(0));
    cairo_line_to(cr_, left_ + plot_width_, y(0));
  }
  cairo_stroke(cr_);
}

void Page::draw_axes() {
  set_color(kInk);
  cairo_set_line_width(cr_, 1);
  const double bottom = top_ + plot_height_;
  cairo_move_to(cr_, left_, top_);
  cairo_line_to(cr_, left_, bottom);
  cairo_line_to(cr_, left_ + plot_width_, bottom);
  for (const Tick& t : x_ticks_) {
    cairo_move_to(cr_, x(t.at), bottom);
    cairo_line_to(cr_, x(t.at), bottom + 3);
  }
  for (const Tick& t : y_ticks_) {
    cairo_move_to(cr_, left_ - 3, y(t.at));
    cairo_line_to(cr_, left_, y(t.at));
  }
  cairo_stroke(cr_);
  for (const Tick& t : x_ticks_) {
    show_math(cr_, t.label, kText, x(t.at) - math_width(cr_, t.label, kText) / 2, bottom + kTickGap + kText);
  }
  for (const Tick& t : y_ticks_) {
    show_math(cr_, t.label, kText, left_ - kTickGap - math_width(cr_, t.label, kText), y(t.at) + 0.36 * kText);
  }
  show_math(cr_, scene_.x.name, kText, left_ + plot_width_ + 6, bottom + 0.3 * kText);
  show_math(cr_, scene_.y.name, kText, left_ - 3, top_ - 6);
}

void Page::draw_scale(const Layer& layer) {
  const double x0 = left_ + plot_width_ + 22 + math_width(cr_, scene_.x.name, kText);
  const Axis axis{"", layer.low, layer.high, false};
  constexpr int kSteps = 64;
  for (int i = 0; i < kSteps; ++i) {
    set_color(height_color((i + 0.5) / kSteps));
    cairo_rectangle(cr_, x0, top_ + plot_height_ * (1 - (i + 1.0) / kSteps) - 0.2, 10, plot_height_ / kSteps + 0.4);
    cairo_fill(cr_);
  }
  set_color(kInk);
  cairo_set_line_width(cr_, 0.6);
  for (const Tick& t : round_ticks(axis, 9)) {
    const double at = top_ + plot_height_ * (1 - axis.part(t.at));
    cairo_move_to(cr_, x0 + 10, at);
    cairo_line_to(cr_, x0 + 13, at);
    cairo_stroke(cr_);
    show_math(cr_, t.label, 0.9 * kText, x0 + 16, at + 0.32 * kText);
  }
}

void Page::draw_legend() {
  const double first = top_ + plot_height_ + kTickGap + 2 * kText + 0.6 * kRow;
  for (const Entry& e : entries_) {
    const Layer& layer = *e.layer;
    const double at = first + e.row * kRow;
    const Color color = pen_color(layer.pen);
    set_color(color);
    cairo_set_line_width(cr_, kLine);
    switch (layer.kind) {
      case Layer::Kind::curve:
        cairo_move_to(cr_, e.x, at - 4);
        cairo_line_to(cr_, e.x + kSample, at - 4);
        cairo_stroke(cr_);
        break;
      case Layer::Kind::dots: draw_dot({e.x + kSample / 2, at - 4}, 3, color, {1, 1, 1}); break;
      case Layer::Kind::region:
        set_color(color, 0.25);
        cairo_rectangle(cr_, e.x, at - 10, kSample, 11);
        cairo_fill(cr_);
        set_color(color);
        cairo_rectangle(cr_, e.x, at - 10, kSample, 11);
        cairo_set_line_width(cr_, 1);
        cairo_stroke(cr_);
        break;
      case Layer::Kind::contours:
      case Layer::Kind::heat:
        for (int i = 0; i < 11; ++i) {
          set_color(height_color(i / 10.0));
          cairo_rectangle(cr_, e.x + kSample * i / 11, at - 8, kSample / 11 + 0.3, 7);
          cairo_fill(cr_);
        }
        break;
      case Layer::Kind::slopes:
      case Layer::Kind::arrows:
        cairo_set_line_width(cr_, 1.2);
        cairo_move_to(cr_, e.x + 3, at - 1);
        cairo_line_to(cr_, e.x + kSample - 3, at - 8);
        cairo_stroke(cr_);
        break;
    }
    set_color(kInk);
    show_math(cr_, layer.label, kText, e.x + kSample + 6, at);
  }
  double at = first + legend_rows_ * kRow;
  for (const Caption& c : scene_.captions) {
    show_math(cr_, c.unicode, 0.9 * kText, left_, at);
    at += kRow;
  }
}

}  // namespace nabla::view
