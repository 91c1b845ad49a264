// One-line statements: where they begin and end, and what kind each is.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "parse/names.h"
#include "parse/term.h"
#include "parse/token.h"

namespace nabla::parse {

enum class StatementKind {
  empty,
  function,  // name(parameters) = body
  value,     // name = body
  question,  // body
  command,   // word: the command's name; rest: its tokens
};

struct Parameter {
  std::string name;
  base::Span span;
};

struct Statement {
  StatementKind kind = StatementKind::empty;
  std::string text;  // as written, without comment and surrounding blanks
  base::Span name_span;
  std::string name;  // of a definition, or the command word
  std::vector<Parameter> parameters;
  std::shared_ptr<Terms> terms;
  Term body;
  std::vector<Token> rest;  // of a command: all tokens after the word, ended by one of kind end
  std::vector<base::Note> notes;
};

// Cuts a script into statements: at ";" and line ends outside brackets, after comments are dropped, joining lines while a
// bracket is open or after a trailing "\"; an empty line ends a statement all the same. A leading prompt is dropped.
class StatementReader {
 public:
  struct Piece {
    std::string text;         // one statement
    int line = 1;             // of its first character, from 1
    int column = 1;           // in characters, from 1
    std::vector<std::size_t> line_starts;  // offsets in `text` at which its further lines begin
    std::string source_line(std::size_t offset) const;  // the line of `text` that holds this offset
  };

  // Feeds a line without its line end. Complete statements are appended to `out`.
  void feed(std::string_view line, std::vector<Piece>& out);
  // What is left at the end of input.
  void finish(std::vector<Piece>& out);
  // Whether a statement is open and waits for more lines.
  bool open() const;
  void reset();

 private:
  std::string pending_;
  int pending_line_ = 0;
  int line_ = 0;
  std::vector<std::size_t> line_starts_;
};

// The commands' words are given by the caller. Throws Error.
Statement parse_statement(std::string_view text, const Names& names, std::span<const std::string_view> commands);

// An expression made of `tokens` (a run of a command's tokens), with `bound` names as variables.
// `allow_equation`: L = R may stand at the top. Throws Error. Notes are appended.
Term parse_expression(Terms& terms, std::span<const Token> tokens, std::string_view text, const Names& names,
                      std::span<const std::string> bound, bool allow_equation, std::vector<base::Note>& notes);

// Positions of the top-level `sign` or word in the tokens (outside all brackets).
std::vector<std::size_t> find_top_level(std::span<const Token> tokens, std::string_view word);

}  // namespace nabla::parse
