#include "view/plots/canvas.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace nabla::view {
namespace {

// The bit of a dot in a braille character, by its column and row in the cell.
constexpr std::array<std::array<std::uint8_t, 4>, 2> kBraille{{{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}}};

std::string braille(std::uint8_t dots) {
  return {static_cast<char>(0xE2), static_cast<char>(0xA0 | (dots >> 6)), static_cast<char>(0x80 | (dots & 0x3F))};
}

// Clips the segment p + t d to lo..hi in one direction, narrowing t0..t1.
bool clip(double p, double d, double lo, double hi, double& t0, double& t1) {
  if (d == 0) return p >= lo && p <= hi;
  double a = (lo - p) / d;
  double b = (hi - p) / d;
  if (a > b) std::swap(a, b);
  t0 = std::max(t0, a);
  t1 = std::min(t1, b);
  return t0 <= t1;
}

}  // namespace

Canvas::Canvas(int columns, int rows, std::vector<Pen> pens)
    : columns_(columns),
      rows_(rows),
      pens_(std::move(pens)),
      dots_(pens_.size(), std::vector<std::uint8_t>(static_cast<std::size_t>(columns * rows))),
      top_(static_cast<std::size_t>(columns * rows), -1),
      characters_(static_cast<std::size_t>(columns * rows)) {}

std::size_t Canvas::cell(int column, int row) const { return static_cast<std::size_t>(row * columns_ + column); }

std::uint8_t Canvas::dots(int pen, int column, int row) const {
  if (row < 0 || row >= rows_ || column < 0 || column >= columns_) return 0;
  return dots_[static_cast<std::size_t>(pen)][cell(column, row)];
}

void Canvas::dot(int x, int y, int pen) {
  if (x < 0 || y < 0 || x >= width() || y >= height()) return;
  const std::size_t at = cell(x / 2, y / 4);
  dots_[static_cast<std::size_t>(pen)][at] |=
      kBraille[static_cast<std::size_t>(x % 2)][static_cast<std::size_t>(y % 4)];
  top_[at] = pen;
}

void Canvas::line(double x0, double y0, double x1, double y1, int pen, int dash, double& travelled) {
  const double dx = x1 - x0;
  const double dy = y1 - y0;
  double t0 = 0;
  double t1 = 1;
  if (!clip(x0, dx, -0.5, width() - 0.5, t0, t1) || !clip(y0, dy, -0.5, height() - 0.5, t0, t1)) return;
  const double ax = x0 + t0 * dx;
  const double ay = y0 + t0 * dy;
  const double bx = x0 + t1 * dx;
  const double by = y0 + t1 * dy;
  const int steps = std::max(1, static_cast<int>(std::ceil(std::max(std::abs(bx - ax), std::abs(by - ay)))));
  for (int i = 0; i <= steps; ++i) {
    const double t = static_cast<double>(i) / steps;
    const double along = travelled + t * std::hypot(bx - ax, by - ay);
    if (dash > 0 && std::fmod(along, dash) >= dash * 0.6) continue;
    dot(static_cast<int>(std::lround(ax + t * (bx - ax))), static_cast<int>(std::lround(ay + t * (by - ay))), pen);
  }
  travelled += std::hypot(bx - ax, by - ay);
}

void Canvas::put(int column, int row, std::string_view unicode, char plain, int color) {
  if (column < 0 || row < 0 || column >= columns_ || row >= rows_) return;
  characters_[cell(column, row)] = {std::string(unicode), plain, color};
}

bool Canvas::has_dots(int column, int row, bool unicode) const {
  if (column < 0 || row < 0 || column >= columns_ || row >= rows_) return false;
  return unicode ? top_[cell(column, row)] >= 0 : plain_pen(column, row) >= 0;
}

bool Canvas::has_character(int column, int row) const {
  return column >= 0 && row >= 0 && column < columns_ && row < rows_ && characters_[cell(column, row)].plain != 0;
}

// A cell that a curve only grazes is omitted if the cell above or below already shows the curve in that column, so that
// lines are one mark thick.
bool Canvas::shown_plain(int pen, int column, int row) const {
  const int count = std::popcount(dots(pen, column, row));
  if (count != 1) return count > 0;
  const int above = std::popcount(dots(pen, column, row - 1));
  const int below = std::popcount(dots(pen, column, row + 1));
  if (above > 1 || below > 1) return false;
  return above == 0;
}

int Canvas::plain_pen(int column, int row) const {
  const int top = top_[cell(column, row)];
  if (top < 0) return -1;
  if (shown_plain(top, column, row)) return top;
  for (int pen = static_cast<int>(pens_.size()) - 1; pen >= 0; --pen) {
    if (shown_plain(pen, column, row)) return pen;
  }
  return -1;
}

// The character of a cell and its colour.
Canvas::Shown Canvas::shown(int column, int row, bool unicode) const {
  const std::size_t at = cell(column, row);
  const Character& character = characters_[at];
  if (character.plain != 0) return {unicode ? character.unicode : std::string(1, character.plain), character.color};
  if (!unicode) {
    const int pen = plain_pen(column, row);
    if (pen < 0) return {" ", -1};
    return {std::string(1, pens_[static_cast<std::size_t>(pen)].mark), pens_[static_cast<std::size_t>(pen)].color};
  }
  if (top_[at] < 0) return {" ", -1};
  std::uint8_t all = 0;
  for (const std::vector<std::uint8_t>& layer : dots_) all |= layer[at];
  return {braille(all), pens_[static_cast<std::size_t>(top_[at])].color};
}

std::vector<std::string> Canvas::lines(const TextStyle& style) const {
  std::vector<std::string> out;
  for (int row = 0; row < rows_; ++row) {
    std::string line;
    Shown run{"", -1};
    for (int column = 0; column < columns_; ++column) {
      const Shown now = shown(column, row, style.unicode);
      if (now.color != run.color) {
        line += colored(run.text, run.color, style);
        run = {"", now.color};
      }
      run.text += now.text;
    }
    out.push_back(line + colored(run.text, run.color, style));
  }
  return out;
}

Pen pen_of(int curve) {
  static constexpr std::array<Pen, 8> kPens{
      {{'*', 33}, {'+', 208}, {'#', 35}, {'o', 170}, {'@', 178}, {'%', 44}, {'x', 203}, {'&', 141}}};
  return kPens[static_cast<std::size_t>(curve) % kPens.size()];
}

std::string colored(std::string_view text, int color, const TextStyle& style) {
  if (!style.color || color < 0 || text.empty()) return std::string(text);
  return fmt::format("\x1b[38;5;{}m{}\x1b[0m", color, text);
}

}  // namespace nabla::view
