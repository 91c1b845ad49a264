// The layers of a picture that are not curves y = f(x): each function makes the geometry of one kind.
#pragma once

#include "view/plots/plot.h"

namespace nabla::view {

// The connected parts of a path, sampled finely enough to look smooth, and the ranges of x and y that show most of
// it.
struct SampledPath {
  std::vector<Polyline> lines;
  Interval x;
  Interval y;
};
SampledPath sample_path(const Path& path, Interval parameter, const Resolution& resolution);

// Values at columns × rows evenly spaced places, the ends of the axes included.
Grid sample_grid(const Plane& plane, const Axis& x, const Axis& y, int columns, int rows);

// The zero set of a function of the plane, without poles, where it also changes sign.
std::vector<Polyline> zero_lines(const Plane& plane, const Axis& x, const Axis& y, const Resolution& resolution);

void add_contours(const Plane& plane, const Axis& x, const Axis& y, const Resolution& resolution, Layer& out);
void add_heat(const Plane& plane, const Axis& x, const Axis& y, const Resolution& resolution, Layer& out);
void add_slopes(const Plane& slope, const Axis& x, const Axis& y, const Resolution& resolution, Layer& out);
void add_arrows(const Plane& p, const Plane& q, const Axis& x, const Axis& y, const Resolution& resolution, Layer& out);

// Marks on the curves already in `out`: sign changes, and turning points, to the last bits of a double.
void add_roots(const Curve& curve, Layer& out);
void add_extrema(const Curve& curve, Layer& out);

}  // namespace nabla::view
