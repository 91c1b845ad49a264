// Errors and notes as they are printed: place, message, excerpt, caret.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace nabla::base {

// The place of a statement, and the line of it that a message is about.
struct Excerpt {
  std::string place;        // "lesson.nabla:3:8"; empty at the prompt
  std::string line;         // "f(x) = sinn(x)"
  Span mark;                // in `line`; empty: no caret
  std::size_t columns = 0;  // of the terminal; 0: no terminal
};

// "unknown function 'sinn'; did you mean 'sin'?"
std::string message_text(const Error& e);

// "lesson.nabla:3:8: error: …" (at most about 1,000 bytes of it), then the line (at most about 100 columns of it, or
// those of the terminal) and the caret under its mark, if it has one.
std::string diagnostic(const Excerpt& excerpt, std::string_view severity, std::string_view message);

}  // namespace nabla::base
