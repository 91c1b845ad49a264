// The words of the language that are neither functions nor commands, and words of single commands.
#pragma once

#include <span>
#include <string_view>

namespace nabla::session {

struct Word {
  std::string_view name;
  std::string_view signature;  // "if(c, a, b)"
  std::string_view meaning;
  std::string_view example;  // a statement …
  std::string_view answer;   // … and what is answered in plain style
  bool is_call = false;      // written with brackets
};

std::span<const Word> words();
// Null if there is no such word.
const Word* find_word(std::string_view name);

// A word with a meaning inside one command or call; elsewhere it is a name.
struct ArgumentWord {
  std::string_view of;  // "plot", "limit"
  std::string_view name;
  std::string_view meaning;
};

std::span<const ArgumentWord> argument_words();

}  // namespace nabla::session
