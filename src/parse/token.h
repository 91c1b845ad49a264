// The words and signs of a statement, with their places. Paper notation is already canonical here: × is *, ² is ^ 2.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace nabla::parse {

enum class TokenKind : std::uint8_t { number, name, text, sign, end };

struct Token {
  TokenKind kind = TokenKind::end;
  base::Span span;
  std::string text;           // name in NFC, number or sign in canonical spelling ("*", "<=", ".."), content of "…"
  bool blank_before = false;  // white space stands before it
};

// Throws Error (syntax) on invalid UTF-8 and NUL; a sign that means nothing is a token like others. Notes on characters
// that were dropped are appended, if they are wanted.
std::vector<Token> tokenize(std::string_view statement, std::vector<base::Note>* notes = nullptr);

}  // namespace nabla::parse
