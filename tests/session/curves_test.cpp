// Curves and planes of expressions by the batch engine against those by balls.
#include "session/curves.h"

#include <algorithm>
#include <array>

#include "eval/random.h"
#include "expr/write/print.h"
#include "view/plots/layers.h"

using namespace nabla;
using expr::Expr;
using number::Rational;
using test::Random;

namespace {

bool alike(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  return a == b || std::abs(a - b) <= 1e-7 * std::abs(b) + 1e-12;
}

// Whether balls leave open if e has a value (ceil(x + tanh(x)) at 1e16): then the engine may know more.
bool undecided(Random& w, Expr e, const view::Point& p) {
  w.in.bind(w.variables[0], Rational::from_double(p.x));
  w.in.bind(w.variables[1], Rational::from_double(p.y));
  return w.in.evaluate(e, 1024).state == eval::Outcome::State::undecided;
}

}  // namespace

TEST_CASE("Many points at once have the values of points one by one, and none where those have none") {
  Random w(21);
  for (int round = 0; round < 200; ++round) {
    const Expr e = w.expression(1 + round % 5);
    const view::Plane plane = session::plane_of(w.in, e, w.variables[0], w.variables[1]);
    std::vector<view::Point> at;
    while (at.size() < 200) {
      const view::Point p{w.point(), w.point()};
      if (std::isfinite(p.x) && std::isfinite(p.y)) at.push_back(p);
    }
    std::vector<double> together(at.size());
    plane(at, together);
    for (std::size_t i = 0; i < at.size(); ++i) {
      double alone = 0;
      plane({&at[i], 1}, {&alone, 1});
      if (!alike(together[i], alone) && !undecided(w, e, at[i])) {
        FAIL(expr::print(w.g, e, expr::Style::plain)
             << " at " << at[i].x << ", " << at[i].y << ": " << together[i] << " and " << alone);
      }
    }
  }
}

TEST_CASE("Values that lose all bits of a short computation are drawn all the same") {
  Random w(22);
  const Expr x = w.variables[0];
  // The logistic map loses a bit or two each time.
  Expr e = x;
  for (int i = 0; i < 100; ++i) e = expr::product(w.g, std::array{w.q(39, 10), e, expr::subtract(w.g, w.q(1), e)});
  const view::Curve curve = session::curve_of(w.in, e, x);
  std::vector<double> at;
  for (int i = 1; i < 100; ++i) at.push_back(i / 100.0);
  std::vector<double> y(at.size());
  curve.values(at, y);
  CHECK(std::ranges::all_of(y, [](double v) { return v > 0 && v < 1; }));
}

TEST_CASE("Contours span the usual heights, where what lies beyond is much higher") {
  const view::Plane plane = [](std::span<const view::Point> p, std::span<double> v) {
    for (std::size_t i = 0; i < p.size(); ++i) v[i] = std::exp(3 * p[i].x) * std::sin(7 * p[i].y) / p[i].x;
  };
  const view::Axis x{"x", -2, 3, false};
  const view::Axis y{"y", -1, 4, false};
  const view::Resolution resolution;
  view::Layer layer;
  view::add_contours(plane, x, y, resolution, layer);
  std::vector<double> sorted = view::sample_grid(plane, x, y, resolution.columns + 1, resolution.rows + 1).values;
  std::erase_if(sorted, [](double v) { return !std::isfinite(v); });
  std::ranges::sort(sorted);
  const std::size_t skip = sorted.size() / 20;
  const double low = sorted[skip];
  const double high = sorted[sorted.size() - 1 - skip];
  REQUIRE(sorted.back() - sorted.front() > 4 * (high - low));
  CHECK(layer.low == low - (high - low) / 4);
  CHECK(layer.high == high + (high - low) / 4);
}
