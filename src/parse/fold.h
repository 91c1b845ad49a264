// Characters that differ from the usual ones by their look alone, and those that show nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace nabla::parse {

// A text in the usual characters: full-width `（ｘ＋1）`, italic `𝑥` and the micro sign are brought to `(x+1)`, `x` and
// `μ`; invisible characters are dropped. Superscripts, subscripts, fractions and what stands in quotes stay.
struct Folded {
  std::string text;
  std::vector<std::uint32_t> places;  // for each byte of `text`, and its end: where it stands in the original
  std::vector<base::Note> notes;      // on what was dropped
};

// Whether there is anything to fold. Linear.
bool needs_folding(std::string_view text);
Folded folded(std::string_view text);

// The superscript or subscript character's plain one; 0 if it is none.
std::int32_t raised_character(std::int32_t c);

// The Latin letters that a name of Cyrillic letters looks like; "" if it does not look Latin.
std::string latin_twin(std::string_view name);

}  // namespace nabla::parse
