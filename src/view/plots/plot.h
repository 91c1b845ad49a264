// A plot as functions of doubles, and its picture as geometry.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "view/plots/sample.h"
#include "view/plots/scene.h"
#include "view/plots/ticks.h"

namespace nabla::view {

// v[i] = F(p[i]); nan where F is undefined.
using Plane = std::function<void(std::span<const Point> p, std::span<double> v)>;
// p[i] = (x(t[i]), y(t[i])); a nan in it where the curve is undefined.
using Path = std::function<void(std::span<const double> t, std::span<Point> p)>;

struct Item {
  enum class Kind {
    curve,     // y = f(x)
    path,      // a curve of a parameter
    equation,  // plane = 0
    region,    // plane > 0; strict is false if the boundary belongs to it
    contours,
    heat,
    slopes,  // y' = plane
    arrows,  // (plane, plane_y)
    dots,
  };
  Kind kind = Kind::curve;
  std::string label;
  std::string plain_label;
  Curve curve;
  Path path;
  Interval parameter;
  Plane plane;
  Plane plane_y;
  bool strict = false;
  std::vector<Point> dots;
};

struct Plot {
  std::vector<Item> items;
  std::string x_name;
  std::string y_name;
  std::optional<Interval> x;  // if empty, the range that the items need
  std::optional<Interval> y;
  bool log_x = false;
  bool log_y = false;
  bool mark_roots = false;
  bool mark_extrema = false;
  bool zoom = false;  // to the equations' lines, if they take up a small part of the ranges
};

// The picture. Throws Error (range) if an axis is impossible, Error (domain) if there is nothing to draw.
Scene build(const Plot& plot, const Resolution& resolution);

}  // namespace nabla::view
