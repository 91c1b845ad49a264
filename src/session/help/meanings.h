// Words that people look for in help, and what here has to do with them.
#pragma once

#include <span>
#include <string_view>

namespace nabla::session {

struct Meaning {
  std::string_view words;  // blank-separated
  std::string_view names;  // of functions, operations, commands, words and topics, the likeliest first
  std::string_view says;   // a sentence; "" where the names say it
};

std::span<const Meaning> meanings();
// nullptr if nobody looks for this word; a plural is looked for as its singular.
const Meaning* find_meaning(std::string_view word);

}  // namespace nabla::session
