// A terminal, as far as the prompt uses one: what has been written to it becomes a screen.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nabla::testing {

struct Look {
  int color = -1;  // of 256; -1: the terminal's own
  bool bold = false;
  bool underlined = false;
  bool reversed = false;
  friend bool operator==(const Look&, const Look&) = default;
};

struct Cell {
  std::string text = " ";  // empty: the right half of the wide character before
  Look look;
};

class Terminal {
 public:
  Terminal(int columns, int rows);

  void write(std::string_view bytes);
  // Lines that the terminal has wrapped are wrapped anew, as most terminals do.
  void resize(int columns, int rows);

  // Without blanks at its end.
  std::string row(int row) const;
  std::string text() const;  // all rows that are not empty at the end, each ended by "\n"
  const Cell& cell(int row, int column) const;
  int cursor_row() const { return row_; }
  int cursor_column() const { return column_; }
  int columns() const { return columns_; }
  int rows() const { return static_cast<int>(lines_.size()); }
  // The look of the first place of `text` in a row; a look no cell has if it is not there.
  Look look_of(int row, std::string_view text) const;
  int bells() const { return bells_; }

 private:
  struct Row {
    std::vector<Cell> cells;
    bool wrapped = false;  // the terminal went on in the next row
  };

  void put(std::string_view character);
  void control(char c);
  void escape(std::string_view sequence);
  void set_look(const std::vector<int>& codes);
  void line_feed();
  void erase(int row, int from);

  int columns_;
  std::vector<Row> lines_;
  int row_ = 0;
  int column_ = 0;
  bool full_ = false;  // the last column has been written, and the cursor stays on it until the next character
  Look look_;
  std::string pending_;  // an unfinished sequence or character
  int bells_ = 0;
};

}  // namespace nabla::testing
