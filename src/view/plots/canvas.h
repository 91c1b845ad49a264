// A raster of dots, two by four to a character cell, and characters over it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace nabla::view {

// The style of text pictures.
struct TextStyle {
  bool unicode = true;  // braille and lines; else ASCII marks
  bool color = false;   // ANSI colours
  int width = 80;       // characters
  int height = 24;      // lines, legend included
};

// The look of dots: a colour of the 256-colour palette, and in plain style a mark.
struct Pen {
  char mark = '*';
  int color = -1;
};

// The pens of curves, in order; they repeat after eight.
Pen pen_of(int curve);

// Dots are counted from the upper left.
class Canvas {
 public:
  Canvas(int columns, int rows, std::vector<Pen> pens);  // in cells
  int columns() const { return columns_; }
  int rows() const { return rows_; }
  int width() const { return 2 * columns_; }  // in dots
  int height() const { return 4 * rows_; }

  void dot(int x, int y, int pen);
  // A line of dots between two points in dot coordinates, which may lie outside. `travelled` carries the position in a
  // dashed line from segment to segment; `dash` is its period, 0 for a solid line.
  void line(double x0, double y0, double x1, double y1, int pen, int dash, double& travelled);
  // A character over the dots. Colour is a number of the 256-colour palette, or -1.
  void put(int column, int row, std::string_view unicode, char plain, int color = -1);
  // Whether dots are shown in a cell, in that style.
  bool has_dots(int column, int row, bool unicode) const;
  bool has_character(int column, int row) const;

  // The rows as text of exactly columns() characters (trailing blanks kept).
  std::vector<std::string> lines(const TextStyle& style) const;

 private:
  struct Character {
    std::string unicode;
    char plain = 0;
    int color = -1;
  };
  struct Shown {
    std::string text;
    int color = -1;
  };
  Shown shown(int column, int row, bool unicode) const;
  std::size_t cell(int column, int row) const;
  std::uint8_t dots(int pen, int column, int row) const;
  int plain_pen(int column, int row) const;
  bool shown_plain(int pen, int column, int row) const;

  int columns_;
  int rows_;
  std::vector<Pen> pens_;
  std::vector<std::vector<std::uint8_t>> dots_;  // of each pen, a byte a cell in braille order
  std::vector<int> top_;                         // the pen that drew last in a cell, -1 for none
  std::vector<Character> characters_;
};

// `text` in a colour of the 256-colour palette if the style has colours.
std::string colored(std::string_view text, int color, const TextStyle& style);

}  // namespace nabla::view
