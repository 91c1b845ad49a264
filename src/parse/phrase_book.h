// What other programs, schools and languages write, and what is written here.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "parse/names.h"

namespace nabla::parse {

struct Phrase {
  enum class Kind : std::uint8_t {
    name,     // read as the built-in name `line`
    way_out,  // alone as a statement: leaves, as the command `line`
    advice,   // refused, with the statement `line` that does such a thing; "" where only the remark helps
  };
  std::string_view habit;  // a name or signs
  std::string_view from;   // who writes so
  std::string_view line;
  std::string_view remark = {};  // said before the line instead of "in FROM so, here"
  Kind kind = Kind::advice;
};

std::span<const Phrase> phrase_book();
// nullptr if there is none.
const Phrase* find_phrase(std::string_view habit);
// The built-in name that is called `name` elsewhere; "" if it is none.
std::string_view name_here(std::string_view name);
// What to do instead: the remark, and the line, or what is to be done meanwhile while its operation does not stand.
// `line` takes the place of the phrase's own, if it is not empty.
std::string advice(const Phrase& phrase, const Names& names, std::string_view line = {});

// A word that stands between its operands: 5 mod 3.
struct InfixWord {
  std::string_view word;
  std::string_view pattern;  // {0} and {1} are the operands
};
std::span<const InfixWord> infix_words();

}  // namespace nabla::parse
