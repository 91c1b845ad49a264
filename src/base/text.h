// Measures of UTF-8 text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nabla::base {

// The number of columns a text takes on a terminal. An invalid byte counts as one.
std::size_t display_width(std::string_view text);

// The number of characters (code points); an invalid byte counts as one.
std::size_t character_count(std::string_view text);

// The text, or its beginning and its end where it is longer than about `most` bytes: "xxxx…xxxx".
std::string clipped(std::string_view text, std::size_t most);

// A message of readable length: each word is clipped to the length of a path, and the whole to that of a
// paragraph.
std::string clipped_message(std::string text);

// The text folded between words to lines of at most `columns`. A folded line continues under the column in which its
// text began, which is after the last gap of two blanks or more.
std::string folded(std::string_view text, std::size_t columns);

// With every control character but the line end, and every character that turns the direction of writing, shown as
// "\x1b" or "\u202e"; bytes that are no UTF-8 as "\xff". For messages about texts from outside.
std::string harmless(std::string_view text);
// The same with a blank for each.
std::string blanked(std::string_view text);

}  // namespace nabla::base
