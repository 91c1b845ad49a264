#include <cmath>
#include <numbers>

#include "base/error.h"
#include "base/text.h"
#include "view/plots/text_plot.h"

using namespace nabla;
using namespace nabla::view;

namespace {

Curve curve(double (*f)(double)) {
  Curve c;
  c.values = [f](std::span<const double> x, std::span<double> y) {
    for (std::size_t i = 0; i < x.size(); ++i) {
      y[i] = f(x[i]);
      if (std::isinf(y[i])) y[i] = std::nan("");
    }
  };
  return c;
}

Plot plot_of(double lo, double hi, double (*f)(double)) {
  Plot p;
  p.x_name = "x";
  p.x = Interval{lo, hi};
  Item item;
  item.label = item.plain_label = "f(x)";
  item.curve = curve(f);
  p.items = {item};
  return p;
}

TextStyle style(bool unicode) { return {unicode, false, 80, 24}; }

std::string drawn(const Plot& p, const TextStyle& s) { return text_plot(build(p, text_resolution(s)), s); }

// The rows between the frame, as characters of the plot's area.
std::vector<std::u32string> area(const std::string& text) {
  std::vector<std::u32string> rows;
  std::u32string line;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    char32_t c = length == 1 ? byte : byte & (0xFFu >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) c = (c << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3Fu);
    i += length;
    if (c != '\n') {
      line += c;
      continue;
    }
    const std::size_t edge = line.find_first_of(U"|┤│");
    if (edge == std::u32string::npos || line.find(U'+') != std::u32string::npos) break;
    rows.push_back(line.substr(edge + 1));
    line.clear();
  }
  return rows;
}

bool is_mark(char32_t c) { return c == U'*' || (c >= 0x2801 && c <= 0x28FF); }

// The topmost row of a mark in a column, or -1.
int top_mark(const std::vector<std::u32string>& rows, std::size_t column) {
  for (std::size_t r = 0; r < rows.size(); ++r)
    if (column < rows[r].size() && is_mark(rows[r][column])) return static_cast<int>(r);
  return -1;
}

double cubic(double x) { return x * x * x; }
double reciprocal(double x) { return 1 / x; }
double tangent(double x) { return std::tan(x); }
double root(double x) { return std::sqrt(x); }
double step(double x) { return std::floor(x); }
double nowhere(double) { return std::nan(""); }
double wild(double x) { return x == 0 ? std::nan("") : std::sin(1 / x); }

}  // namespace

TEST_CASE("nothing exceeds the width, and two runs are equal") {
  for (double (*f)(double) : {cubic, reciprocal, tangent, root, step, wild}) {
    for (const bool unicode : {true, false}) {
      for (const int width : {30, 80, 133}) {
        const TextStyle s{unicode, false, width, 24};
        const std::string text = drawn(plot_of(-3, 5, f), s);
        std::size_t start = 0;
        for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', start)) {
          CHECK(base::display_width(text.substr(start, end - start)) <= static_cast<std::size_t>(width));
          start = end + 1;
        }
        CHECK(text == drawn(plot_of(-3, 5, f), s));
      }
    }
  }
}

TEST_CASE("plain pictures are ASCII and at most as high as asked for") {
  const std::string text = drawn(plot_of(-3, 5, tangent), style(false));
  CHECK(std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
  CHECK(std::count(text.begin(), text.end(), '\n') <= 24);
}

TEST_CASE("a monotone curve is monotone on the screen") {
  for (const bool unicode : {true, false}) {
    const auto rows = area(drawn(plot_of(-2, 2, cubic), style(unicode)));
    REQUIRE(rows.size() > 10);
    int last = static_cast<int>(rows.size());
    for (std::size_t c = 0; c < rows[0].size(); ++c) {
      const int top = top_mark(rows, c);
      CHECK(top >= 0);
      CHECK(top <= last);
      last = top;
    }
  }
}

TEST_CASE("no mark stands where the function is undefined") {
  for (const bool unicode : {true, false}) {
    const auto rows = area(drawn(plot_of(-2, 2, root), style(unicode)));
    for (std::size_t c = 0; c + 2 < rows[0].size() / 2; ++c) CHECK(top_mark(rows, c) == -1);
    CHECK(top_mark(rows, rows.back().size() - 1) >= 0);
  }
}

TEST_CASE("a pole and a jump are not joined") {
  const Plot p = plot_of(-3, 3, reciprocal);
  const Scene scene = build(p, text_resolution(style(true)));
  REQUIRE(scene.layers[0].asymptotes.size() == 1);
  CHECK(std::abs(scene.layers[0].asymptotes[0]) < 1e-9);
  for (const Polyline& line : scene.layers[0].lines) CHECK((line.front().x < 0) == (line.back().x < 0));
  const Scene steps = build(plot_of(-2.5, 2.5, step), text_resolution(style(true)));
  CHECK(steps.layers[0].asymptotes.empty());
  for (const Polyline& line : steps.layers[0].lines) CHECK(line.front().y == line.back().y);
  const Scene poles = build(plot_of(-5, 5, tangent), text_resolution(style(true)));
  CHECK(poles.layers[0].asymptotes.size() == 4);
}

TEST_CASE("a pole does not flatten the rest") {
  const Scene scene = build(plot_of(-10, 10, reciprocal), text_resolution(style(true)));
  CHECK(scene.y.hi <= 3);
  CHECK(scene.y.lo >= -3);
}

TEST_CASE("both styles show the same picture") {
  for (double (*f)(double) : {cubic, reciprocal, tangent, root, step, wild}) {
    const auto dots = area(drawn(plot_of(-3, 5, f), style(true)));
    const auto marks = area(drawn(plot_of(-3, 5, f), style(false)));
    REQUIRE(dots.size() == marks.size());
    int differ = 0;
    int count = 0;
    for (std::size_t r = 0; r < dots.size(); ++r) {
      for (std::size_t c = 0; c < std::max(dots[r].size(), marks[r].size()); ++c) {
        const bool dot = c < dots[r].size() && is_mark(dots[r][c]);
        const bool mark = c < marks[r].size() && is_mark(marks[r][c]);
        CHECK((dot || !mark));  // ASCII lines are thinner, never elsewhere
        count += dot;
        differ += dot != mark;
      }
    }
    CHECK(differ * 3 < count);
  }
}

TEST_CASE("bounds find what hides between samples") {
  Plot p = plot_of(0, 10, [](double x) { return 1 / ((x - 3.1) * (x - 3.1) + 1e-8); });
  p.items[0].curve.bounds = [](double lo, double hi) -> std::optional<Interval> {
    const double a = (lo - 3.1) * (lo - 3.1);
    const double b = (hi - 3.1) * (hi - 3.1);
    const double least = lo < 3.1 && 3.1 < hi ? 0 : std::min(a, b);
    return Interval{1 / (std::max(a, b) + 1e-8), 1 / (least + 1e-8)};
  };
  const Scene scene = build(p, text_resolution(style(true)));
  CHECK(scene.y.hi >= 0.9e8);
  double highest = 0;
  for (const Polyline& line : scene.layers[0].lines)
    for (const Point& q : line) highest = std::max(highest, q.y);
  CHECK(highest > 0.9e8);
}

TEST_CASE("fast oscillation is shaded") {
  const Scene scene = build(plot_of(-10, 10, [](double x) { return std::sin(100 * x); }), text_resolution(style(true)));
  CHECK(scene.layers[0].bars.size() > 100);
}

TEST_CASE("a picture with nothing to draw is an error with an example") {
  try {
    drawn(plot_of(0, 1, nowhere), style(true));
    FAIL("no error");
  } catch (const base::Error& e) {
    CHECK(e.message == "nothing to draw: f(x) is undefined everywhere on x = 0..1");
    CHECK(e.hint.find("plot ") != std::string::npos);
  }
}

TEST_CASE("ticks are round and include the ends where a step allows it") {
  const auto labels = [](double lo, double hi) {
    std::string out;
    for (const Tick& t : round_ticks({"x", lo, hi, false}, 13)) out += t.plain + " ";
    return out;
  };
  CHECK(labels(-5, 5) == "-5 -4 -3 -2 -1 0 1 2 3 4 5 ");
  CHECK(labels(0, 10) == "0 2 4 6 8 10 ");
  CHECK(labels(-10, 10) == "-10 -5 0 5 10 ");
  CHECK(labels(0, 1) == "0 0.2 0.4 0.6 0.8 1.0 ");
  CHECK(labels(0.1, 7.3) == "1 2 3 4 5 6 7 ");
  CHECK(labels(-std::numbers::pi, std::numbers::pi) == "-pi -pi/2 0 pi/2 pi ");
  CHECK(labels(0, 4 * std::numbers::pi) == "0 pi 2pi 3pi 4pi ");
  CHECK(labels(0, 4e6) == "0 1e6 2e6 3e6 4e6 ");
}

TEST_CASE("a circle is round, and a hyperbola is not joined across its pole") {
  Plot p;
  p.x_name = "x";
  p.x = p.y = Interval{-2, 2};
  Item item;
  item.kind = Item::Kind::equation;
  item.label = item.plain_label = "x^2 + y^2 = 1";
  item.plane = [](std::span<const Point> at, std::span<double> v) {
    for (std::size_t i = 0; i < at.size(); ++i) v[i] = at[i].x * at[i].x + at[i].y * at[i].y - 1;
  };
  p.items = {item};
  Scene scene = build(p, text_resolution(style(true)));
  CHECK(scene.same_scale);
  REQUIRE(scene.layers[0].lines.size() == 1);
  for (const Point& q : scene.layers[0].lines[0]) CHECK(std::abs(std::hypot(q.x, q.y) - 1) < 1e-6);

  p.items[0].plane = [](std::span<const Point> at, std::span<double> v) {
    for (std::size_t i = 0; i < at.size(); ++i) v[i] = at[i].y - 1 / (at[i].x - 0.3);
  };
  scene = build(p, text_resolution(style(true)));
  for (const Polyline& line : scene.layers[0].lines)
    for (const Point& q : line) CHECK(std::abs(q.y - 1 / (q.x - 0.3)) < 1e-3);
}
