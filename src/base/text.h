// Measures of UTF-8 text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nabla::base {

// The number of columns a text takes on a terminal. A byte that is no UTF-8 counts as one.
std::size_t display_width(std::string_view text);

// The number of characters (code points); a byte that is no UTF-8 counts as one.
std::size_t character_count(std::string_view text);

// The text, or its beginning and its end where it is longer than about `most` bytes: "xxxx…xxxx".
std::string clipped(std::string_view text, std::size_t most);

// A message with what would drown it clipped: each word (what stands between blanks) beyond the length of a path, and
// the whole beyond that of a paragraph.
std::string clipped_message(std::string text);

// The text with lines of at most so many columns, folded between words: what goes on below stands under the column that
// it began in, behind the last gap of two blanks or more.
std::string folded(std::string_view text, std::size_t columns);

}  // namespace nabla::base
