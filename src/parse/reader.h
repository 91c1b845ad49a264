// Splitting a script into statements.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace nabla::parse {

// Splits a script into statements: at ";", also inside brackets, and at line ends outside brackets. Comments are
// dropped. Lines are joined while a bracket is open or after a trailing "\\", but an empty line always ends a
// statement. A leading prompt ("∇> ", "nabla> ", "...> ") is dropped, and text in "…" is not split.
class StatementReader {
 public:
  struct Piece {
    std::string text;                      // one statement, its lines joined by line feeds
    int line = 1;                          // of its first character, from 1
    int column = 1;                        // in characters, from 1
    std::vector<std::size_t> line_starts;  // offsets in `text` at which its further lines begin

    std::string source_line(std::size_t offset) const;  // the line of `text` that holds this offset
  };

  // Feeds a line without its line end. Complete statements are appended to `out`.
  void feed(std::string_view line, std::vector<Piece>& out);
  // Appends the open statement at the end of input.
  void finish(std::vector<Piece>& out);
  // Whether a statement is open and needs more lines.
  bool open() const { return open_; }
  // Forgets the open statement and counts lines from 1 again.
  void reset() { *this = {}; }

 private:
  void end_statement(std::vector<Piece>& out);

  Piece pending_;
  bool open_ = false;
  long depth_ = 0;  // open brackets
  int line_ = 0;
};

}  // namespace nabla::parse
