#include "assist/loose_tokens.h"

#include <algorithm>

#include "base/error.h"

namespace nabla::assist {

namespace {

// after which the rest of a text, which is hardly a statement, is skipped.
constexpr int kMostRestarts = 20;

void add_comments(std::string_view text, std::size_t begin, std::size_t end, std::vector<base::Span>& out) {
  while (begin < end) {
    const std::size_t at = text.find('#', begin);
    if (at >= end) return;
    const std::size_t stop = std::min(text.find('\n', at), text.size());
    out.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(stop)});
    begin = stop;
  }
}

}  // namespace

LooseTokens loose_tokens(std::string_view text) {
  LooseTokens out;
  std::size_t from = 0;
  std::size_t read_to = 0;  // the end of the last token
  const auto take = [&](std::string_view part) {
    for (parse::Token& t : parse::tokenize(part)) {
      const auto shift = static_cast<std::uint32_t>(from);
      t.span = {t.span.begin + shift, t.span.end + shift};
      add_comments(text, read_to, t.span.begin, out.comments);
      read_to = std::max<std::size_t>(read_to, t.span.end);
      if (t.kind != parse::TokenKind::end) out.tokens.push_back(std::move(t));
    }
  };
  for (int restarts = 0; restarts < kMostRestarts && from < text.size(); ++restarts) {
    try {
      take(text.substr(from));
      break;
    } catch (const base::Error& e) {
      const std::size_t bad = from + e.span.begin;
      try {
        take(text.substr(from, bad - from));
      } catch (const base::Error&) {
        break;
      }
      from = read_to = std::max<std::size_t>(bad + 1, from + e.span.end);
      if (bad < text.size() && text[bad] == '"') {
        out.open_text.push_back({static_cast<std::uint32_t>(bad), static_cast<std::uint32_t>(text.size())});
        break;
      }
    }
  }
  return out;
}

}  // namespace nabla::assist
