#include "base/text.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>

namespace nabla::base {

namespace {

// Calls visit(code point or -1) for each character.
template <class Visit>
void for_each_character(std::string_view s, Visit visit) {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(s.data());
  for (std::size_t i = 0; i < s.size();) {
    utf8proc_int32_t c = -1;
    const utf8proc_ssize_t used = utf8proc_iterate(bytes + i, static_cast<utf8proc_ssize_t>(s.size() - i), &c);
    visit(used > 0 ? c : -1);
    i += static_cast<std::size_t>(std::max<utf8proc_ssize_t>(used, 1));
  }
}

// Whether it moves the cursor, changes what a terminal does, or turns the direction of writing.
bool is_control(utf8proc_int32_t c) {
  return (utf8proc_category(c) == UTF8PROC_CATEGORY_CC && c != '\n') || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069);
}

// With `shown` of each control character and of each byte that is no UTF-8 in its place.
template <class Shown>
std::string without_controls(std::string_view text, Shown shown) {
  std::string out;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  for (std::size_t i = 0; i < text.size();) {
    utf8proc_int32_t c = -1;
    const utf8proc_ssize_t used = utf8proc_iterate(bytes + i, static_cast<utf8proc_ssize_t>(text.size() - i), &c);
    const auto length = static_cast<std::size_t>(std::max<utf8proc_ssize_t>(used, 1));
    if (used <= 0) {
      out += shown(bytes[i]);
    } else if (is_control(c)) {
      out += shown(static_cast<unsigned>(c));
    } else {
      out += text.substr(i, length);
    }
    i += length;
  }
  return out;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for_each_character(text, [&](utf8proc_int32_t c) {
    width += c < 0 ? 1 : static_cast<std::size_t>(std::max(utf8proc_charwidth(c), 0));
  });
  return width;
}

std::size_t character_count(std::string_view text) {
  std::size_t count = 0;
  for_each_character(text, [&](utf8proc_int32_t) { ++count; });
  return count;
}

std::string harmless(std::string_view text) {
  return without_controls(
      text, [](unsigned c) { return c < 0x100 ? fmt::format("\\x{:02x}", c) : fmt::format("\\u{:04x}", c); });
}

std::string blanked(std::string_view text) {
  return without_controls(text, [](unsigned) { return std::string(" "); });
}

std::string clipped(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  const auto is_inside = [&](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80; };
  std::size_t head = most / 2;
  std::size_t tail = text.size() - most / 2;
  while (head > 0 && is_inside(head)) --head;
  while (tail < text.size() && is_inside(tail)) ++tail;
  return std::string(text.substr(0, head)) + "…" + std::string(text.substr(tail));
}

std::string clipped_message(std::string text) {
  constexpr std::size_t kLongestWord = 160;
  constexpr std::size_t kLongest = 1000;
  if (text.size() <= kLongestWord) return text;
  std::string out;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find_first_of(" \n"), rest.size());
    out += clipped(rest.substr(0, end), kLongestWord);
    out += rest.substr(end, 1);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return clipped(out, kLongest);
}

std::string folded(std::string_view text, std::size_t columns) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t lead = std::min(line.find_first_not_of(' '), line.size());
    const std::size_t gap = line.rfind("  ");
    std::size_t hang = gap == line.npos ? lead : display_width(line.substr(0, gap + 2));
    if (hang > columns / 2) hang = lead + 4;
    out += line.substr(0, lead);
    std::size_t column = lead;
    for (std::size_t begin = lead; begin < line.size();) {
      const std::size_t next = std::min(line.find(' ', begin + 1), line.size());
      const std::string_view word = line.substr(begin, next - begin);  // with the blank before it
      const std::size_t width = display_width(word);
      if (column + width > columns && column > hang && word.size() > 1) {
        out += "\n" + std::string(hang, ' ');
        out += word.substr(word.front() == ' ' ? 1 : 0);
        column = hang + width - (word.front() == ' ' ? 1 : 0);
      } else {
        out += word;
        column += width;
      }
      begin = next;
    }
    out += '\n';
  }
  return out;
}

}  // namespace nabla::base
