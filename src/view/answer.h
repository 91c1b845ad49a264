// Answers as strings, in every output format.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "expr/print.h"
#include "number/decimal.h"

namespace nabla::view {

enum class Format { text, json, csv, markdown, latex };
enum class AnswerKind { number, boolean, vector, matrix, expression, condition, table, plot, text, undefined, error };
std::string_view name_of(AnswerKind kind);

// One number of an answer.
struct Cell {
  std::string decimal;      // "0.866025403784", "inf", "true"; empty for an undefined cell
  std::string closed_form;  // "√3/2" in unicode and "sqrt(3)/2" in plain spelling; empty if there is none that is short
  std::string closed_form_plain;
  bool is_number = true;    // false: an expression in `decimal` (unicode) and `closed_form_plain` (plain)
  number::Certainty certainty = number::Certainty::exact;
};

// The answer to one statement, ready to be printed in any format.
struct Answer {
  AnswerKind kind = AnswerKind::number;
  std::string input;   // the statement as written
  int line = 1;
  std::uint32_t rows = 1;
  std::uint32_t columns = 1;
  std::vector<Cell> cells;
  std::string unicode;  // expression, condition, plot, text
  std::string plain;
  std::string latex;
  std::vector<std::string> header;  // of a table
  std::vector<std::string> conditions;
  std::string message;  // undefined
  std::string left;
  std::string right;
  number::Certainty certainty = number::Certainty::exact;
};

}  // namespace nabla::view
