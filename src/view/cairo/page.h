// A picture laid out on a page: the positions of the plot, its labels, the scale of heights and the legend. Lengths are
// points of 1/72 inch.
#pragma once

#include <cairo.h>

#include <vector>

#include "view/cairo/palette.h"
#include "view/plots/scene.h"

namespace nabla::view {

class Page {
 public:
  // `cr` is used only to measure texts until draw() is called.
  Page(const Scene& scene, double width, cairo_t* cr);

  double height() const { return height_; }
  void draw(cairo_t* cr);

 private:
  struct Entry {  // of the legend
    const Layer* layer;
    double x;
    int row;
  };
  void lay_out(cairo_t* cr);
  void lay_out_legend(cairo_t* cr);

  double x(double v) const { return left_ + scene_.x.part(v) * plot_width_; }
  double y(double v) const;
  void set_color(const Color& c, double alpha = 1);

  void draw_grid();
  void draw_axes();
  void draw_layer(const Layer& layer);
  void draw_region(const Layer& layer);
  void draw_heat(const Layer& layer);
  void draw_bars(const Layer& layer);
  void draw_lines(const std::vector<Polyline>& lines);
  void draw_contours(const Layer& layer);
  void label_contour(const Contour& contour, std::vector<Point>& taken);
  void draw_arrow(const Arrow& arrow, bool head);
  void draw_dot(const Point& at, double radius, const Color& inside, const Color& edge);
  void draw_mark(const Mark& mark, const Color& color);
  void draw_image(const std::vector<Color>& colors, const std::vector<double>& alpha, int columns, int rows);
  void draw_scale(const Layer& layer);
  void draw_legend();

  const Scene& scene_;
  cairo_t* cr_ = nullptr;
  std::vector<Tick> x_ticks_;
  std::vector<Tick> y_ticks_;
  std::vector<Entry> entries_;
  int legend_rows_ = 0;
  double width_;
  double height_ = 0;
  double left_ = 0;
  double top_ = 0;
  double plot_width_ = 0;
  double plot_height_ = 0;
  double spacing_ = 20;  // of arrows
};

}  // namespace nabla::view
