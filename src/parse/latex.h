// LaTeX as it is pasted: what its commands are here.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "parse/token.h"

namespace nabla::parse {

// A command of LaTeX, without its backslash, and the token it is read as; no text: it says nothing here.
struct LatexCommand {
  std::string_view name;
  TokenKind kind;
  std::string_view text;
};

// Sorted by name.
std::span<const LatexCommand> latex_commands();
// nullptr if it is not known.
const LatexCommand* find_latex(std::string_view name);

// \frac{a}{b} becomes ((a)/(b)), \frac{d}{dx} the sign of a derivative d/dx, 30^\circ becomes 30°. Linear.
std::vector<Token> without_fractions(std::vector<Token> tokens);

}  // namespace nabla::parse
