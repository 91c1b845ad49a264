#include "view/plots/text_plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "view/answers/entries.h"

namespace nabla::view {
namespace {

int width_of(std::string_view text) { return static_cast<int>(base::display_width(text)); }

constexpr int kGray = 244;
constexpr int kLeastColumns = 10;
constexpr int kLeastRows = 4;
constexpr int kGutter = 7;  // columns of the labels at least, so that the axes of plots below each other are aligned
constexpr int kWideEnough = 60;
// Colours of heights, low to high, and the ASCII and block characters of the same order.
constexpr std::array<int, 10> kRamp{54, 61, 25, 31, 37, 36, 71, 113, 185, 226};
constexpr std::string_view kPlainRamp = " .:-=+*#%@";
constexpr std::array<std::string_view, 5> kBlocks{" ", "░", "▒", "▓", "█"};

std::size_t ramp_index(double v, double low, double high) {
  const double part = high > low ? (v - low) / (high - low) : 0.5;
  return static_cast<std::size_t>(std::clamp(part * 10, 0.0, 9.0));
}

std::string_view block(std::size_t ramp) { return kBlocks[ramp / 2]; }

// Without colours, dashes distinguish curves.
int dash_of(int line, const TextStyle& style) {
  static constexpr std::array<int, 4> kDashes{0, 10, 4, 16};
  return style.unicode && !style.color ? kDashes[static_cast<std::size_t>(line) % kDashes.size()] : 0;
}

class Page {
 public:
  Page(const Scene& scene, const TextStyle& style) : scene_(scene), style_(style) {
    legend_ = legend();
    gutter_ = style.width >= kWideEnough ? kGutter : 0;
    y_ticks_ = ticks_with_ends(scene.y, 11);
    for (const Tick& t : y_ticks_) gutter_ = std::max(gutter_, width_of(label(t)));
    const int name = scene.x.name.empty() ? 0 : 1 + width_of(scene.x.name);
    columns_ = std::max(kLeastColumns, style.width - gutter_ - 2 - name);
    rows_ = std::max(kLeastRows, style.height - 2 - static_cast<int>(legend_.size()));
    if (scene.same_scale) keep_circles_round();
    int widest = 1;
    for (const Tick& t : round_ticks(scene.x, 13)) widest = std::max(widest, width_of(label(t)));
    x_ticks_ = ticks_with_ends(scene.x, std::clamp(columns_ / (widest + 2), 2, 13));
  }

  std::string text() {
    std::vector<Pen> pens;
    for (const Layer& layer : scene_.layers) pens.push_back(pen_of(layer.pen));
    for (const Layer& layer : scene_.layers) {
      first_level_.push_back(static_cast<int>(pens.size()));
      for (const Contour& c : layer.contours)
        pens.push_back({pen_of(layer.pen).mark, kRamp[ramp_index(c.level, layer.low, layer.high)]});
    }
    canvas_.emplace(columns_, rows_, std::move(pens));
    for (std::size_t i = 0; i < scene_.layers.size(); ++i) draw(static_cast<int>(i));
    draw_axes();
    std::string out = with_frame(canvas_->lines(style_));
    for (const std::string& line : legend_) out += line + "\n";
    return out;
  }

 private:
  const std::string& label(const Tick& t) const { return style_.unicode ? t.label : t.plain; }
  std::string label(const Layer& l) const { return style_.unicode ? l.label : l.plain_label; }

  // The first curve is solid; contours are dotted if there are curves too, since labels distinguish contours.
  int dash(const Layer& layer) const {
    int line = 0;
    for (const Layer& l : scene_.layers) {
      if (&l == &layer) break;
      line += !l.lines.empty();
    }
    return dash_of(line, style_);
  }
  int contour_dash() const {
    const bool alone =
        std::all_of(scene_.layers.begin(), scene_.layers.end(), [](const Layer& l) { return l.lines.empty(); });
    return alone ? 0 : dash_of(2, style_);
  }

  // A dot is as wide as it is high: cells are twice as high as wide.
  void keep_circles_round() {
    const double ratio = (scene_.x.hi - scene_.x.lo) / (scene_.y.hi - scene_.y.lo);
    const double unit = std::max(ratio / (2 * columns_ - 1), 1.0 / (4 * rows_ - 1));
    columns_ = std::clamp(static_cast<int>(std::lround((ratio / unit + 1) / 2)), kLeastColumns, columns_);
    rows_ = std::clamp(static_cast<int>(std::lround((1 / unit + 1) / 4)), kLeastRows, rows_);
  }

  double dot_x(double x) const { return scene_.x.part(x) * (canvas_->width() - 1); }
  double dot_y(double y) const {
    if (scene_.y.logarithmic && y <= 0) return 2.0 * canvas_->height();
    return std::clamp((1 - scene_.y.part(y)) * (canvas_->height() - 1), -1e6, 1e6);
  }
  int column_of(double x) const { return static_cast<int>(std::lround(dot_x(x))) / 2; }
  int row_of(double y) const { return static_cast<int>(std::lround(dot_y(y))) / 4; }
  bool in_window(const Point& p) const {
    return p.x >= scene_.x.lo && p.x <= scene_.x.hi && p.y >= scene_.y.lo && p.y <= scene_.y.hi;
  }

  void draw(int index) {
    const Layer& layer = scene_.layers[static_cast<std::size_t>(index)];
    if (layer.kind == Layer::Kind::region) draw_region(layer, index);
    if (layer.kind == Layer::Kind::heat) draw_heat(layer);
    for (double x : layer.asymptotes) {
      for (int row = 0; row < rows_; ++row) under(column_of(x), row, "╎", ':', pen_of(layer.pen).color);
    }
    for (const Bar& bar : layer.bars) draw_bar(bar, index);
    for (const Polyline& line : layer.lines) draw_line(line, index, dash(layer));
    int level = first_level_[static_cast<std::size_t>(index)];
    for (const Contour& c : layer.contours) {
      for (const Polyline& line : c.lines) draw_line(line, level, contour_dash());
      ++level;
    }
    for (const Contour& c : layer.contours) write_level(c);
    for (const Point& p : layer.dots) {
      if (in_window(p)) canvas_->put(column_of(p.x), row_of(p.y), "●", pen_of(layer.pen).mark, pen_of(layer.pen).color);
    }
    for (const Arrow& a : layer.arrows) draw_arrow(a, layer, index);
    for (const Mark& m : layer.marks) draw_mark(m);
  }

  // A character in the background of dots and other characters.
  void under(int column, int row, std::string_view unicode, char plain, int color) {
    background_.push_back({column, row, std::string(unicode), plain, color});
  }

  void draw_line(const Polyline& line, int pen, int dash) {
    double travelled = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const Point& a = line[i == 0 ? 0 : i - 1];
      canvas_->line(dot_x(a.x), dot_y(a.y), dot_x(line[i].x), dot_y(line[i].y), pen, dash, travelled);
    }
  }

  void draw_bar(const Bar& bar, int pen) {
    const int from = static_cast<int>(std::lround(dot_x(bar.from)));
    const int to = std::max(from, static_cast<int>(std::lround(dot_x(bar.to))) - 1);
    double travelled = 0;
    for (int x = from; x <= to; ++x) canvas_->line(x, dot_y(bar.lo), x, dot_y(bar.hi), pen, 0, travelled);
  }

  void draw_region(const Layer& layer, int pen) {
    const auto inside = [&](double part_x, double part_y) {
      const int c = static_cast<int>(std::lround(part_x * (layer.grid.columns - 1)));
      const int r = static_cast<int>(std::lround(part_y * (layer.grid.rows - 1)));
      return layer.grid(c, r) > 0;
    };
    const bool other_way = layer.pen % 2 == 1;
    if (style_.unicode) {
      for (int y = 0; y < canvas_->height(); ++y) {
        for (int x = 0; x < canvas_->width(); ++x) {
          if ((other_way ? x + y : x - y + 6 * canvas_->height()) % 6 != 0) continue;
          if (inside(double(x) / (canvas_->width() - 1), 1 - double(y) / (canvas_->height() - 1)))
            canvas_->dot(x, y, pen);
        }
      }
      return;
    }
    for (int row = 0; row < rows_; ++row) {
      for (int column = 0; column < columns_; ++column) {
        if ((column + row) % 2 == (other_way ? 1 : 0) && inside((column + 0.5) / columns_, 1 - (row + 0.5) / rows_))
          under(column, row, "", other_way ? ':' : '.', pen_of(layer.pen).color);
      }
    }
  }

  void draw_heat(const Layer& layer) {
    for (int row = 0; row < rows_; ++row) {
      for (int column = 0; column < columns_; ++column) {
        const int c = static_cast<int>(std::lround((column + 0.5) / columns_ * (layer.grid.columns - 1)));
        const int r = static_cast<int>(std::lround((1 - (row + 0.5) / rows_) * (layer.grid.rows - 1)));
        const double v = layer.grid(c, r);
        if (std::isnan(v)) continue;
        const std::size_t k = ramp_index(v, layer.low, layer.high);
        under(column, row, style_.color ? "█" : block(k), kPlainRamp[k], kRamp[k]);
      }
    }
  }

  // The height of a contour line is written on it, clear of other labels.
  void write_level(const Contour& contour) {
    const std::string text = short_number(contour.level);
    const auto width = static_cast<int>(text.size());
    const auto longest = std::max_element(contour.lines.begin(), contour.lines.end(),
                                          [](const Polyline& a, const Polyline& b) { return a.size() < b.size(); });
    if (longest == contour.lines.end()) return;
    for (double part : {0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9}) {
      const Point& p = (*longest)[static_cast<std::size_t>(part * static_cast<double>(longest->size() - 1))];
      const int row = row_of(p.y);
      const int first = column_of(p.x) - width / 2;
      bool free = first > 0 && first + width < columns_;
      for (int c = first - 1; c <= first + width; ++c) free = free && !canvas_->has_character(c, row);
      if (!free) continue;
      for (int c = 0; c < width; ++c) {
        const char sign = text[static_cast<std::size_t>(c)];
        canvas_->put(first + c, row, std::string(1, sign), sign, 252);
      }
      return;
    }
  }

  void draw_arrow(const Arrow& a, const Layer& layer, int pen) {
    const double dx = a.dx / (scene_.x.hi - scene_.x.lo) * canvas_->width();
    const double dy = a.dy / (scene_.y.hi - scene_.y.lo) * canvas_->height();
    const double length = std::hypot(dx, dy);
    const int column = column_of(a.at.x);
    const int row = row_of(a.at.y);
    const int color = pen_of(layer.pen).color;
    if (!(length > 0)) {
      if (layer.kind == Layer::Kind::arrows) canvas_->put(column, row, "·", '.', color);
      return;
    }
    if (layer.kind == Layer::Kind::slopes) {
      draw_slope(a, dx / length, dy / length, pen);
      return;
    }
    static constexpr std::array<std::string_view, 8> kArrows{"→", "↗", "↑", "↖", "←", "↙", "↓", "↘"};
    static constexpr std::array<std::string_view, 8> kPlain{"->", "/^", "^", "^\\", "<-", "v/", "v", "\\v"};
    const int eighth = (static_cast<int>(std::lround(std::atan2(dy, dx) / (std::acos(-1) / 4))) + 8) % 8;
    const std::string_view plain = kPlain[static_cast<std::size_t>(eighth)];
    if (style_.unicode) {
      canvas_->put(column, row, kArrows[static_cast<std::size_t>(eighth)], plain[0], color);
      return;
    }
    for (int i = 0; i < static_cast<int>(plain.size()); ++i)
      canvas_->put(column + i, row, "", plain[static_cast<std::size_t>(i)], color);
  }

  void draw_slope(const Arrow& a, double dx, double dy, int pen) {
    if (!style_.unicode) {
      const char sign = std::abs(dy) < 0.38 ? '-' : std::abs(dy) > 0.92 ? '|' : dx * dy > 0 ? '/' : '\\';
      canvas_->put(column_of(a.at.x), row_of(a.at.y), "", sign, pen_of(pen).color);
      return;
    }
    constexpr double kHalf = 3;
    double travelled = 0;
    const double x = std::round(dot_x(a.at.x));
    const double y = std::round(dot_y(a.at.y));
    canvas_->line(x - kHalf * dx, y + kHalf * dy, x + kHalf * dx, y - kHalf * dy, pen, 0, travelled);
  }

  void draw_mark(const Mark& m) {
    if (!in_window(m.at)) return;
    struct Look {
      std::string_view unicode;
      char plain;
    };
    static constexpr std::array<Look, 4> kLooks{{{"●", 'O'}, {"▲", '^'}, {"▼", 'v'}, {"○", 'o'}}};
    const Look& look = kLooks[static_cast<std::size_t>(m.kind)];
    canvas_->put(column_of(m.at.x), row_of(m.at.y), look.unicode, look.plain, 231);
  }

  void draw_axes() {
    for (const auto& b : background_) draw_if_free(b.column, b.row, b.unicode, b.plain, b.color);
    const bool heat = std::any_of(scene_.layers.begin(), scene_.layers.end(),
                                  [](const Layer& l) { return l.kind == Layer::Kind::heat; });
    if (heat) return;
    if (!scene_.y.logarithmic && scene_.y.lo < 0 && scene_.y.hi > 0) {
      for (int c = 0; c < columns_; ++c) draw_if_free(c, row_of(0), "┈", '-', kGray);
    }
    if (!scene_.x.logarithmic && scene_.x.lo < 0 && scene_.x.hi > 0) {
      for (int r = 0; r < rows_; ++r) draw_if_free(column_of(0), r, "┊", '|', kGray);
    }
  }

  void draw_if_free(int column, int row, std::string_view unicode, char plain, int color) {
    if (!canvas_->has_dots(column, row, style_.unicode) && !canvas_->has_character(column, row))
      canvas_->put(column, row, unicode, plain, color);
  }

  std::string with_frame(const std::vector<std::string>& lines) const {
    const std::vector<std::string> y_labels = placed_y_labels();
    std::string out;
    for (int row = 0; row < rows_; ++row) {
      const std::string& text = y_labels[static_cast<std::size_t>(row)];
      std::string_view edge = style_.unicode ? text.empty() ? "│" : "┤" : "|";
      out += std::string(static_cast<std::size_t>(gutter_ - width_of(text)), ' ') + text + " ";
      out += colored(edge, kGray, style_);
      out += trimmed(lines[static_cast<std::size_t>(row)]) + "\n";
    }
    std::vector<bool> tick(static_cast<std::size_t>(columns_), false);
    std::string labels = x_labels(tick);
    if (!style_.unicode) tick.front() = false;
    std::string axis = style_.unicode ? "└" : "+";
    for (bool t : tick) axis += style_.unicode ? t ? "┬" : "─" : t ? "|" : "-";
    out += std::string(static_cast<std::size_t>(gutter_ + 1), ' ') + colored(axis, kGray, style_);
    if (!scene_.x.name.empty()) out += " " + scene_.x.name;
    return out + "\n" + labels + "\n";
  }

  static std::string trimmed(const std::string& line) { return line.substr(0, line.find_last_not_of(' ') + 1); }

  std::vector<std::string> placed_y_labels() const {
    std::vector<std::string> out(static_cast<std::size_t>(rows_));
    for (const Tick& t : y_ticks_) {
      const auto row = static_cast<std::size_t>(std::clamp(row_of(t.at), 0, rows_ - 1));
      if (out[row].empty()) out[row] = label(t);
    }
    return out;
  }

  // The row of labels under the axis: those of the ends first, then others that leave a blank on both sides.
  std::string x_labels(std::vector<bool>& tick) const {
    const int left = gutter_ + 2;
    std::vector<const Tick*> order;
    for (const Tick& t : x_ticks_) order.push_back(&t);
    if (order.size() > 2) std::rotate(order.begin() + 1, order.end() - 1, order.end());
    struct Placed {
      int first;
      int end;
      const Tick* tick;
    };
    std::vector<Placed> placed;
    for (const Tick* t : order) {
      const int width = width_of(label(*t));
      const int column = std::clamp(column_of(t->at), 0, columns_ - 1);
      const int first = std::clamp(left + column - width / 2, 0, std::max(0, style_.width - width));
      const bool free = std::all_of(placed.begin(), placed.end(),
                                    [&](const Placed& p) { return first > p.end || first + width < p.first; });
      if (!free) continue;
      placed.push_back({first, first + width, t});
      tick[static_cast<std::size_t>(column)] = true;
    }
    std::sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) { return a.first < b.first; });
    std::string out;
    int at = 0;
    for (const Placed& p : placed) {
      out += std::string(static_cast<std::size_t>(p.first - at), ' ') + label(*p.tick);
      at = p.end;
    }
    return out;
  }

  std::string sample_of(const Layer& layer) const {
    switch (layer.kind) {
      case Layer::Kind::dots:
        return style_.unicode ? colored("●", pen_of(layer.pen).color, style_) : std::string(1, pen_of(layer.pen).mark);
      case Layer::Kind::heat: return {};
      case Layer::Kind::contours: return {};
      case Layer::Kind::slopes: return colored(style_.unicode ? "╱" : "/", pen_of(layer.pen).color, style_);
      case Layer::Kind::arrows: return colored(style_.unicode ? "→" : "->", pen_of(layer.pen).color, style_);
      case Layer::Kind::curve:
      case Layer::Kind::region: break;
    }
    if (!style_.unicode) return colored(std::string(1, pen_of(layer.pen).mark), pen_of(layer.pen).color, style_);
    Canvas sample(4, 1, {pen_of(layer.pen)});
    double travelled = 0;
    sample.line(0, 2, 7, 2, 0, dash(layer), travelled);
    return sample.lines(style_)[0];
  }

  std::string scale_of(const Layer& layer) const {
    if (layer.kind == Layer::Kind::contours && !layer.contours.empty()) {
      const double first = layer.contours.front().level;
      const double last = layer.contours.back().level;
      if (layer.contours.size() == 1) return fmt::format(": level {}", short_number(first));
      return fmt::format(": levels {} to {}, step {}", short_number(first), short_number(last),
                         short_number(layer.contours[1].level - first));
    }
    if (layer.kind != Layer::Kind::heat) return {};
    std::string scale = "  " + short_number(layer.low) + " ";
    for (std::size_t k = 0; k < kRamp.size(); ++k) {
      scale +=
          !style_.unicode ? std::string(1, kPlainRamp[k]) : colored(style_.color ? "█" : block(k), kRamp[k], style_);
    }
    return scale + " " + short_number(layer.high);
  }

  // Entries side by side as long as they fit the width, then the captions.
  std::vector<std::string> legend() const {
    std::vector<std::string> lines;
    int used = 0;
    for (const Layer& layer : scene_.layers) {
      const std::string sample = sample_of(layer);
      const std::string scale = scale_of(layer);
      const int marks = sample.empty() ? 0
                        : (layer.kind == Layer::Kind::curve || layer.kind == Layer::Kind::region)
                            ? (style_.unicode ? 5 : 2)
                            : (style_.unicode || layer.kind != Layer::Kind::arrows ? 2 : 3);
      const int extra = layer.kind == Layer::Kind::heat ? 24 : width_of(scale);
      const std::string text = fitted(label(layer), std::max(4, style_.width - 2 - marks - extra), style_.unicode);
      const int width = marks + width_of(text) + extra;
      const std::string entry = (sample.empty() ? "" : sample + " ") + text + scale;
      if (!lines.empty() && used + 3 + width <= style_.width) {
        lines.back() += "   " + entry;
        used += 3 + width;
      } else {
        lines.push_back("  " + entry);
        used = 2 + width;
      }
    }
    for (const Caption& c : scene_.captions)
      lines.push_back("  " + fitted(style_.unicode ? c.unicode : c.plain, style_.width - 2, style_.unicode));
    return lines;
  }

  struct Background {
    int column;
    int row;
    std::string unicode;
    char plain;
    int color;
  };

  const Scene& scene_;
  const TextStyle& style_;
  std::vector<std::string> legend_;
  std::vector<Tick> x_ticks_;
  std::vector<Tick> y_ticks_;
  std::vector<Background> background_;
  std::vector<int> first_level_;
  std::optional<Canvas> canvas_;
  int gutter_ = 0;
  int columns_ = 0;
  int rows_ = 0;
};

}  // namespace

Resolution text_resolution(const TextStyle& style) {
  Resolution r;
  const int columns = std::max(kLeastColumns, style.width - 9);
  const int rows = std::max(kLeastRows, style.height - 3);
  r.columns = 2 * columns;
  r.rows = 4 * rows;
  r.cell_columns = columns;
  r.cell_rows = rows;
  r.levels = 8;
  r.arrow_columns = std::max(4, columns / 4);
  r.arrow_rows = std::max(3, rows / 2);
  return r;
}

std::string text_plot(const Scene& scene, const TextStyle& style) { return Page(scene, style).text(); }

}  // namespace nabla::view
