// Answers as strings, in every output format.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "expr/write/print.h"
#include "number/decimal.h"

namespace nabla::view {

using expr::Style;
using number::Certainty;

enum class Format : std::uint8_t { text, json, csv, markdown, latex };
enum class AnswerKind : std::uint8_t {
  number,
  boolean,
  vector,
  matrix,
  expression,
  condition,
  table,
  plot,
  text,
  undefined,
  error
};
std::string_view name_of(AnswerKind kind);

// One element of an answer.
struct Cell {
  enum class Content : std::uint8_t { number, boolean, expression, nothing };
  Content content = Content::number;
  std::string decimal;  // of a number: "0.866025403784", "inf"; "true", "false"
  std::string unicode;  // an expression, or the closed form of a number ("√3/2"); empty if there is no short one
  std::string plain;    // the same in plain spelling: "sqrt(3)/2"
  std::string latex;
  Certainty certainty = Certainty::exact;
};

// A text in both spellings.
struct Spelling {
  std::string unicode;
  std::string plain;
  const std::string& in(Style style) const { return style == Style::unicode ? unicode : plain; }
  friend auto operator<=>(const Spelling&, const Spelling&) = default;
};

// How numbers with a closed form are shown in unicode style.
enum class Exact : std::uint8_t { on, off, only };

// The answer to one statement, ready to be printed in any format.
struct Answer {
  AnswerKind kind = AnswerKind::number;
  std::string input;  // the statement as written
  int line = 1;       // of its first character, or the number of the -e
  std::uint32_t rows = 1;
  std::uint32_t columns = 1;
  std::vector<Cell> cells;                 // row by row
  std::vector<std::string> header;         // of a table
  std::string content;                     // of a text or plot
  std::vector<Spelling> conditions;        // under which it holds
  Certainty certainty = Certainty::exact;  // the worst of the cells'

  std::string message;  // undefined, error
  std::string left;     // undefined: the one-sided answers
  std::string right;
  std::string code;        // error: "unknown_name"
  std::string suggestion;  // error: the name that was meant
  int column = 0;          // error: in characters, from 1; 0 if the place is not known
};

struct Look {
  Format format = Format::text;
  Style style = Style::unicode;
  Exact exact = Exact::on;
};

// Whole lines, each ended by "\n". An error gives text in JSON only; otherwise it is a message on standard error.
std::string render(const Answer& a, const Look& look);

// The parts of render.
std::string text(const Answer& a, Style style, Exact exact);
std::string json(const Answer& a);
std::string csv(const Answer& a);
std::string markdown(const Answer& a, Style style);
std::string latex(const Answer& a);

}  // namespace nabla::view
