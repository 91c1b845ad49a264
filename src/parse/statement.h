// Statements: their kinds and their parsing.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "parse/names.h"
#include "parse/reader.h"
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
  std::string text;  // as written, without comment and blanks at the end
  base::Span name_span;
  std::string name;  // of a definition, or the command word
  std::vector<Parameter> parameters;
  std::shared_ptr<Terms> terms;
  Term body;
  std::vector<Token> rest;  // of a command: all tokens after the word, ended by one of kind end
  std::vector<base::Note> notes;
};

// `command_words` are the commands. Places are offsets into `text`. Throws Error. The name of a function may be called
// in its own body. The caller checks whether a name may be defined, except for reserved words, which are refused here
// (code protected_name for pi e inf true false ans, else syntax).
Statement parse_statement(std::string_view text, const Names& names, std::span<const std::string_view> commands);

// Parses `tokens` (a run of a command's tokens) as an expression, with `bound` names as variables.
// `allow_equation`: L = R is allowed at the top. Throws Error. Notes are appended.
Term parse_expression(Terms& terms, std::span<const Token> tokens, std::string_view text, const Names& names,
                      std::span<const std::string> bound, bool allow_equation, std::vector<base::Note>& notes);

// Indices of the tokens outside all brackets that are this sign or word.
std::vector<std::size_t> find_top_level(std::span<const Token> tokens, std::string_view word);

}  // namespace nabla::parse
