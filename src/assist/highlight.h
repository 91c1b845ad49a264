// The colours of a statement that is being typed.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "parse/names.h"
#include "session/command.h"

namespace nabla::assist {

enum class Ink : std::uint8_t {
  plain,
  number,
  function,
  op,
  bound,    // a name that has a value, a parameter, or the variable of a form
  unknown,  // a name of several letters that means nothing
  comment,
  text,
  keyword,     // a command, or a word of the language
  match,       // the bracket at the cursor, and its partner
  unbalanced,  // a closing bracket that closes nothing
};

struct Stroke {
  base::Span span;
  Ink ink;
};

inline constexpr std::size_t kNoCursor = static_cast<std::size_t>(-1);

// In order of place, not overlapping; what is plain is left out. The text may hold several statements. The word at the
// cursor is not called unknown while it may still become a name that is known.
std::vector<Stroke> highlight(std::string_view text, std::size_t cursor, const parse::Names& names,
                              std::span<const session::Command* const> commands);

}  // namespace nabla::assist
