// The tokens of a text that is still being typed.
#pragma once

#include <string_view>
#include <vector>

#include "parse/token.h"

namespace nabla::assist {

struct LooseTokens {
  std::vector<parse::Token> tokens;   // without the one of kind end; places in the whole text
  std::vector<base::Span> comments;   // from "#" to the end of the line
  std::vector<base::Span> open_text;  // a quotation without its end
};

// Unreadable parts are skipped. Never throws.
LooseTokens loose_tokens(std::string_view text);

}  // namespace nabla::assist
