// Colouring of a statement that is being typed.
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
  unknown,  // a name of several letters without a meaning
  comment,
  text,
  keyword,     // a command, or a word of the language
  match,       // the bracket at the cursor, and its partner
  unbalanced,  // a closing bracket without an opening one
};

struct Stroke {
  base::Span span;
  Ink ink;
};

inline constexpr std::size_t kNoCursor = static_cast<std::size_t>(-1);

// Sorted by place, not overlapping, without plain parts. The text may hold several statements. The word at the cursor
// is not marked unknown while it may still become a known name.
std::vector<Stroke> highlight(std::string_view text, std::size_t cursor, const parse::Names& names,
                              std::span<const session::Command* const> commands);

}  // namespace nabla::assist
