// Tables written row by row, without keeping rows that have been written.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "view/answers/answer.h"

namespace nabla::view {

struct TableHead {
  std::vector<std::string> names;  // of the columns
  std::string input;               // the statement and its line, for JSON
  int line = 1;
};

struct TableLook {
  Look look;
  int width = 80;      // of text, in characters
  bool color = false;  // of text
};

using Write = std::function<void(std::string_view)>;

// Whether the table holds all of its rows, or an error ended it.
enum class Ending : std::uint8_t { complete, cut_off };

class TableWriter {
 public:
  virtual ~TableWriter() = default;
  // As many cells as there are columns.
  virtual void row(std::span<const Cell> cells) = 0;
  // Ends the table; its certainty is the worst of its cells'. Of one that is cut off, what is written stays
  // well-formed.
  virtual void finish(Certainty certainty, Ending ending = Ending::complete) = 0;
};

// Writes whole lines, each ended by "\n". The columns of text are laid out by the first kLayoutRows rows, which are
// held back until then.
inline constexpr std::size_t kLayoutRows = 60;
std::unique_ptr<TableWriter> table_writer(const TableLook& look, TableHead head, Write write);

// The width of a text table with these rows, with names cut to the width of their columns.
std::size_t text_table_width(std::span<const std::string> names, std::span<const std::vector<Cell>> rows, Style style);

}  // namespace nabla::view
