#include "parse/notation/items.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/error.h"

namespace nabla::parse {

namespace {

Sort sort_of_word(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, Sort>, 10> kWords{{
      {"and", Sort::and_},
      {"or", Sort::or_},
      {"not", Sort::not_},
      {"at", Sort::at},
      {"for", Sort::for_},
      {"in", Sort::in},
      {"step", Sort::word},
      {"parts", Sort::word},
      {"from", Sort::word},
      {"as", Sort::word},
  }};
  if (name.size() < 2 || name.size() > 5) return Sort::name;
  for (const auto& [word, sort] : kWords)
    if (word == name) return sort;
  return Sort::name;
}

Sort sort_of_sign(std::string_view sign) {
  if (sign.size() == 1) {
    switch (sign[0]) {
      case '+': return Sort::plus;
      case '-': return Sort::minus;
      case '*': return Sort::star;
      case '/': return Sort::slash;
      case '^': return Sort::caret;
      case '(': return Sort::open_round;
      case ')': return Sort::close_round;
      case '[': return Sort::open_square;
      case ']': return Sort::close_square;
      case '|': return Sort::open_bar;
      case ',': return Sort::comma;
      case '<': return Sort::less;
      case '>': return Sort::greater;
      case '=': return Sort::assign;
      case '?': return Sort::question;
      case ':': return Sort::colon;
      case '!': return Sort::bang;
      case '\'': return Sort::prime;
      case '%': return Sort::percent;
      default: return Sort::unknown;
    }
  }
  static constexpr std::array<std::pair<std::string_view, Sort>, 11> kLonger{{
      {"<=", Sort::less_equal},
      {">=", Sort::greater_equal},
      {"==", Sort::equal},
      {"!=", Sort::not_equal},
      {"&&", Sort::and_},
      {"||", Sort::or_},
      {"..", Sort::dots},
      {"°", Sort::degree},
      {"√", Sort::root},
      {"∇", Sort::nabla},
      {"∂", Sort::partial},
  }};
  for (const auto& [text, sort] : kLonger)
    if (text == sign) return sort;
  return Sort::unknown;
}

Sort sort_of(const Token& token) {
  switch (token.kind) {
    case TokenKind::number: return Sort::number;
    case TokenKind::name: return sort_of_word(token.text);
    case TokenKind::text: return Sort::text;
    case TokenKind::sign: return sort_of_sign(token.text);
    case TokenKind::end: return Sort::end;
  }
  return Sort::unknown;
}

bool ends_operand(Sort sort) {
  switch (sort) {
    case Sort::number:
    case Sort::name:
    case Sort::text:
    case Sort::close_round:
    case Sort::close_square:
    case Sort::close_bar:
    case Sort::bang:
    case Sort::prime:
    case Sort::degree: return true;
    default: return false;  // NOLINT: the short list is the meaning
  }
}

class Matcher {
 public:
  std::vector<Item> run(std::span<const Token> tokens) {
    items_.reserve(tokens.size() + 2);
    base::Span end;
    for (const auto& token : tokens) {
      if (token.kind == TokenKind::end) break;
      end = {token.span.end, token.span.end};
      const auto sort = sort_of(token);
      if (token.text == "||" && sort == Sort::or_ && (operand_due() || bar_open())) {
        bar(token, {token.span.begin, token.span.begin + 1});
        bar(token, {token.span.begin + 1, token.span.end});
        continue;
      }
      if (sort == Sort::open_bar) {
        bar(token, token.span);
        continue;
      }
      items_.push_back({sort, token.blank_before, 0, token.span, token.text});
      if (opens(sort)) open_.push_back(last());
      if (closes(sort)) close(items_.back());
    }
    if (!open_.empty()) {
      const auto& open = items_[open_.back()];
      fail(open.span, open.text, "is never closed");
    }
    if (!tokens.empty() && tokens.back().kind == TokenKind::end) end = tokens.back().span;
    items_.push_back({Sort::end, false, 0, end, {}});
    return std::move(items_);
  }

 private:
  std::uint32_t last() const { return static_cast<std::uint32_t>(items_.size() - 1); }
  bool operand_due() const { return items_.empty() || !ends_operand(items_.back().sort); }
  bool bar_open() const { return !open_.empty() && items_[open_.back()].sort == Sort::open_bar; }

  void bar(const Token& token, base::Span span) {
    const bool closing = !operand_due() && bar_open();
    items_.push_back({closing ? Sort::close_bar : Sort::open_bar, token.blank_before && span.begin == token.span.begin,
                      0, span, "|"});
    if (closing) {
      pair_up();
    } else {
      open_.push_back(last());
    }
  }

  void pair_up() {
    items_[open_.back()].match = last();
    items_.back().match = open_.back();
    open_.pop_back();
  }

  void close(const Item& item) {
    const auto wanted = item.sort == Sort::close_round ? Sort::open_round : Sort::open_square;
    if (open_.empty()) {
      throw base::Error(
          base::Code::syntax, item.span,
          fmt::format("there is no '{}' that this '{}' closes", wanted == Sort::open_round ? "(" : "[", item.text));
    }
    const auto& open = items_[open_.back()];
    if (open.sort == Sort::open_bar) fail(open.span, open.text, "is never closed");
    if (open.sort != wanted)
      fail(item.span, item.text,
           fmt::format("stands where '{}' must close", open.sort == Sort::open_round ? ")" : "]"));
    pair_up();
  }

  [[noreturn]] static void fail(base::Span span, std::string_view sign, std::string_view what) {
    throw base::Error(base::Code::syntax, span, fmt::format("'{}' {}", sign, what));
  }

  std::vector<Item> items_;
  std::vector<std::uint32_t> open_;
};

}  // namespace

bool opens(Sort sort) { return sort == Sort::open_round || sort == Sort::open_square || sort == Sort::open_bar; }
bool closes(Sort sort) { return sort == Sort::close_round || sort == Sort::close_square || sort == Sort::close_bar; }

bool starts_operand(Sort sort) {
  switch (sort) {
    case Sort::number:
    case Sort::name:
    case Sort::text:
    case Sort::open_round:
    case Sort::open_square:
    case Sort::open_bar:
    case Sort::percent:
    case Sort::root:
    case Sort::nabla:
    case Sort::partial: return true;
    default: return false;  // NOLINT: the short list is the meaning
  }
}

bool is_reserved(std::string_view name) {
  static constexpr std::array<std::string_view, 15> kWords{"at", "for", "in",   "step",  "parts", "from", "as", "and",
                                                           "or", "not", "true", "false", "pi",    "e",    "inf"};
  return std::find(kWords.begin(), kWords.end(), name) != kWords.end();
}

std::vector<Item> sort_out(std::span<const Token> tokens) { return Matcher().run(tokens); }

}  // namespace nabla::parse
