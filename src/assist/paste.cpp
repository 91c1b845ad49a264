#include "assist/paste.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace nabla::assist {
namespace {

// The text with "\n" as line ends, without other control characters and without empty lines at the end.
std::string tidy(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\r') {
      if (i + 1 == text.size() || text[i + 1] != '\n') out += '\n';
    } else if (c == '\n' || c == '\t' || static_cast<unsigned char>(c) >= 0x20) {
      out += c;
    }
  }
  while (out.ends_with('\n')) out.pop_back();
  return out;
}

}  // namespace

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    out.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

std::string unprompted(std::string_view pasted, std::string_view prompt, std::string_view continuation) {
  // Copying may drop the blanks at the end of a prompt.
  const auto bare = [](std::string_view p) { return p.substr(0, p.find_last_not_of(' ') + 1); };
  const std::string text = tidy(pasted);
  const auto after = [&](std::string_view line, std::string_view p) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (!line.starts_with(bare(p))) return std::pair(false, line);
    line.remove_prefix(line.starts_with(p) ? p.size() : bare(p).size());
    return std::pair(true, line);
  };
  const std::vector<std::string_view> lines = lines_of(text);
  if (std::ranges::none_of(lines, [&](std::string_view line) { return after(line, prompt).first; })) return text;
  std::string out;
  for (std::string_view line : lines) {
    auto [asked, rest] = after(line, prompt);
    if (!asked) std::tie(asked, rest) = after(line, continuation);
    if (asked) out.append(out.empty() ? "" : "\n").append(rest);
  }
  return out;
}

}  // namespace nabla::assist
