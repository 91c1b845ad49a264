#include "parse/reader.h"

#include <algorithm>
#include <array>
#include <utility>

namespace nabla::parse {

namespace {

constexpr std::string_view kBlanks = " \t\r\n\v\f";

int characters(std::string_view text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// The length in bytes of a prompt, with blanks around it, at the start of the line.
std::size_t prompt_size(std::string_view line) {
  static constexpr std::array<std::string_view, 5> kPrompts{"∇>", "nabla>", "...>", "…>", "..>"};
  const auto begin = std::min(line.find_first_not_of(kBlanks), line.size());
  for (const auto prompt : kPrompts) {
    if (!line.substr(begin).starts_with(prompt)) continue;
    const auto end = begin + prompt.size();
    if (end == line.size() || kBlanks.find(line[end]) != std::string_view::npos) return end;
  }
  return 0;
}

std::string_view without_blanks_at_end(std::string_view text) {
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

}  // namespace

std::string StatementReader::Piece::source_line(std::size_t offset) const {
  const auto next = std::upper_bound(line_starts.begin(), line_starts.end(), offset);
  const auto begin = next == line_starts.begin() ? 0 : *(next - 1);
  const auto end = next == line_starts.end() ? text.size() : *next - 1;
  return text.substr(begin, end - begin);
}

void StatementReader::feed(std::string_view line, std::vector<Piece>& out) {
  ++line_;
  const auto prompt = prompt_size(line);
  if (open_ && line.find_first_not_of(kBlanks, prompt) == std::string_view::npos) return end_statement(out);
  if (open_) {
    pending_.text += '\n';
    pending_.line_starts.push_back(pending_.text.size());
    pending_.text.append(static_cast<std::size_t>(characters(line.substr(0, prompt))), ' ');
  }
  auto begin = prompt;  // of what belongs to the open statement
  bool quoted = false;
  const auto take = [&](std::size_t end) {
    if (!open_) {
      begin = std::min(line.find_first_not_of(kBlanks, begin), end);
      if (begin == end) return;
      pending_.line = line_;
      pending_.column = characters(line.substr(0, begin)) + 1;
      open_ = true;
    }
    pending_.text += line.substr(begin, end - begin);
  };
  auto end = line.size();
  for (auto i = prompt; i < end; ++i) {
    const char c = line[i];
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '(' || c == '[') ++depth_;
    if (c == ')' || c == ']') depth_ = std::max(0L, depth_ - 1);
    if (c == '#') end = i;
    if (c == ';') {
      take(i);
      end_statement(out);
      begin = i + 1;
    }
  }
  const auto rest = without_blanks_at_end(line.substr(begin, end - begin));
  const bool continued = !quoted && rest.ends_with('\\');
  take(begin + rest.size() - (continued ? 1 : 0));
  if (depth_ == 0 && !continued) end_statement(out);
}

void StatementReader::finish(std::vector<Piece>& out) { end_statement(out); }

void StatementReader::end_statement(std::vector<Piece>& out) {
  auto piece = std::exchange(pending_, {});
  depth_ = 0;
  open_ = false;
  piece.text.resize(without_blanks_at_end(piece.text).size());
  while (!piece.line_starts.empty() && piece.line_starts.back() > piece.text.size()) piece.line_starts.pop_back();
  if (!piece.text.empty()) out.push_back(std::move(piece));
}

}  // namespace nabla::parse
