// A picture as geometry in the units of its axes, which the text and the cairo renderers draw.
#pragma once

#include <string>
#include <vector>

namespace nabla::view {

struct Point {
  double x = 0;
  double y = 0;
};

// A straight or curved line through its points.
using Polyline = std::vector<Point>;

// A column in which a curve oscillates from lo to hi, too fast to be drawn as a line.
struct Bar {
  double from = 0;
  double to = 0;
  double lo = 0;
  double hi = 0;
};

struct Tick {
  double at = 0;
  std::string label;  // "-π/2"
  std::string plain;  // "-pi/2"
};

struct Axis {
  std::string name;
  double lo = 0;
  double hi = 1;
  bool logarithmic = false;

  double part(double v) const;  // the position of v: 0 at lo, 1 at hi; by logarithms if logarithmic
  double at(double part) const;
};

// A rectangular sample of a function of the plane, column by column from the lower left: nan where undefined.
struct Grid {
  int columns = 0;
  int rows = 0;
  std::vector<double> values;
  double operator()(int column, int row) const {
    return values[static_cast<std::size_t>(column) * static_cast<std::size_t>(rows) + static_cast<std::size_t>(row)];
  }
};

// A line of constant height.
struct Contour {
  double level = 0;
  std::vector<Polyline> lines;
};

// A direction at a place, in units of the axes.
struct Arrow {
  Point at;
  double dx = 0;
  double dy = 0;
};

enum class MarkKind { root, maximum, minimum, hole };

struct Mark {
  MarkKind kind = MarkKind::root;
  Point at;
};

// One entry of the legend and what belongs to it.
struct Layer {
  enum class Kind { curve, dots, region, contours, heat, slopes, arrows };
  Kind kind = Kind::curve;
  std::string label;
  std::string plain_label;
  int pen = 0;  // colour and mark, counted from 0; contours and heat have colours of their own

  std::vector<Polyline> lines;
  std::vector<Bar> bars;
  std::vector<double> asymptotes;  // vertical, at these x
  std::vector<Point> dots;
  std::vector<Mark> marks;
  Grid grid;            // region: > 0 inside; heat: the value
  bool strict = false;  // the boundary of a region does not belong to it
  std::vector<Contour> contours;
  double low = 0;  // of the scale of contours and heat
  double high = 0;
  std::vector<Arrow> arrows;
};

// A line of text below the picture.
struct Caption {
  std::string unicode;
  std::string plain;
};

struct Scene {
  Axis x;
  Axis y;
  bool same_scale = false;  // units have the same length on both axes: circles are round
  std::vector<Layer> layers;
  std::vector<Caption> captions;  // below the picture, after the legend
};

// The picture's resolution, chosen by the renderer before the scene is built.
struct Resolution {
  int columns = 140;  // dots
  int rows = 80;
  int cell_columns = 70;  // cells of a heat map
  int cell_rows = 20;
  int levels = 8;  // contour lines, about
  int arrow_columns = 18;
  int arrow_rows = 10;
};

}  // namespace nabla::view
