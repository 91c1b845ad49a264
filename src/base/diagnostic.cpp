#include "base/diagnostic.h"

#include <algorithm>

#include "base/text.h"

namespace nabla::base {

namespace {

constexpr std::size_t kBytesAround = 60;  // shown around a mark in a long line

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

std::size_t character_start(std::string_view s, std::size_t at) {
  while (at > 0 && at < s.size() && is_continuation(s[at])) --at;
  return at;
}

}  // namespace

std::string message_text(const Error& e) {
  std::string out = e.message;
  if (!e.suggestion.empty()) out += "; did you mean '" + e.suggestion + "'?";
  if (!e.hint.empty()) {
    out += e.suggestion.empty() ? "; " : " ";
    out += e.hint;
  }
  return out;
}

std::string diagnostic(const Excerpt& excerpt, std::string_view severity, std::string_view message) {
  std::string out = excerpt.place;
  if (!out.empty()) out += ": ";
  out += severity;
  out += ": ";
  out += clipped_message(std::string(message));
  out = harmless(out);
  out = excerpt.columns > 0 ? folded(out, excerpt.columns) : out + '\n';
  const std::string_view line = excerpt.line;
  const std::size_t begin = std::min<std::size_t>(excerpt.mark.begin, line.size());
  const std::size_t end = std::min<std::size_t>(std::max<std::size_t>(excerpt.mark.end, begin + 1), line.size() + 1);
  if (line.empty() || excerpt.mark == Span{}) return out;
  // The excerpt is at most two and a half times as long.
  const std::size_t around =
      excerpt.columns > 0
          ? std::min(kBytesAround, excerpt.columns * 2 / 5 - std::min<std::size_t>(excerpt.columns / 5, 3))
          : kBytesAround;
  const bool cut_left = begin > around + around / 2;
  const std::size_t from = cut_left ? character_start(line, begin - around) : 0;
  const std::size_t to = character_start(line, std::min(line.size(), begin + around));
  const std::string lead = cut_left ? "  …" : "  ";
  out += lead + blanked(line.substr(from, to - from)) + (to < line.size() ? "…" : "") + "\n";
  out.append(display_width(lead) + display_width(blanked(line.substr(from, begin - from))), ' ');
  const std::size_t shown_end = std::max(begin, std::min(end, std::max(to, begin)));
  const std::size_t width = display_width(blanked(line.substr(begin, shown_end - begin)));
  out += '^';
  if (width > 1) out.append(width - 1, '~');
  return out + "\n";
}

}  // namespace nabla::base
