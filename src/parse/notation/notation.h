// Paper notation to canonical text: decides calls and products, puts in the multiplications left out, reads bars,
// primes, chains, derivatives, lists and replacements, and hands the result to muparser, in pieces if it is long.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "parse/names.h"
#include "parse/term.h"
#include "parse/token.h"

namespace nabla::parse {

struct Reading {
  const Names& names;
  std::span<const std::string> bound = {};  // names that are variables here
  std::string_view defined = {};            // the function being defined, known in its own body
  bool allow_equation = false;              // L = R may stand at the top
  bool is_mend = false;                     // the text is a mend that is tried: an error needs none of its own
};

// The expression that `tokens` make (up to a token of kind end, if there is one) in `text`. Every term knows its place.
// Notes on readings that may surprise are appended. Throws Error. Linear in the length of the text.
Term read_expression(Terms& terms, std::span<const Token> tokens, std::string_view text, const Reading& reading,
                     std::vector<base::Note>& notes);

}  // namespace nabla::parse
