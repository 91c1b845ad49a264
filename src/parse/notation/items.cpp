#include "parse/notation/items.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/error.h"
#include "parse/names.h"

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
  static constexpr std::array<std::pair<std::string_view, Sort>, 15> kLonger{{
      {"<=", Sort::less_equal},
      {">=", Sort::greater_equal},
      {"==", Sort::equal},
      {"!=", Sort::not_equal},
      {"&&", Sort::and_},
      {"||", Sort::or_},
      {"..", Sort::dots},
      {"°", Sort::degree},
      {"√", Sort::root},
      {"∛", Sort::root},
      {"∜", Sort::root},
      {"\\root", Sort::root},
      {"→", Sort::arrow},
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
    case Sort::differential:
    case Sort::bang:
    case Sort::prime:
    case Sort::degree: return true;
    default: return false;  // NOLINT: the short list is the meaning
  }
}

bool is_sign(const Token& token, std::string_view sign) { return token.kind == TokenKind::sign && token.text == sign; }

// For each bracket that opens: whether a comma stands directly in it.
std::vector<bool> brackets_with_commas(std::span<const Token> tokens) {
  std::vector<bool> found(tokens.size());
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (is_sign(tokens[i], "(") || is_sign(tokens[i], "[")) open.push_back(i);
    if (open.empty()) continue;
    if (is_sign(tokens[i], ",")) found[open.back()] = true;
    if (is_sign(tokens[i], ")") || is_sign(tokens[i], "]")) open.pop_back();
  }
  return found;
}

// dx, dx₁, dθ
bool is_differential(const Token& token) {
  return token.kind == TokenKind::name && token.text.size() > 1 && token.text[0] == 'd' &&
         looks_like_symbol(std::string_view(token.text).substr(1));
}

// The operation that the sign with bounds stands for; "" if these tokens are none: Σ_{…}, lim_{…}, lim x → a.
std::string_view big_operation(std::span<const Token> tokens) {
  if (tokens.size() < 4 || tokens[0].kind != TokenKind::name || tokens[1].kind != TokenKind::name) return {};
  const auto& word = tokens[0].text;
  const bool limit = word == "lim" || word == "limit";
  if (!limit && word != "sum" && word != "prod") return {};
  const bool bounds = tokens[1].text == "_" && !tokens[1].blank_before && is_sign(tokens[2], "(");
  if (!bounds && !(limit && is_sign(tokens[2], "→"))) return {};
  return limit ? "limit" : std::string_view(word);
}

class Matcher {
 public:
  std::vector<Item> run(std::span<const Token> tokens) {
    items_.reserve(tokens.size() + 2);
    base::Span end;
    std::vector<bool> commas;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const auto& token = tokens[i];
      if (token.kind == TokenKind::end) break;
      if (is_sign(token, "∫")) {
        if (commas.empty()) commas = brackets_with_commas(tokens);
        const bool call = i + 1 < tokens.size() && is_sign(tokens[i + 1], "(") && commas[i + 1];
        items_.push_back({call ? Sort::name : Sort::integral, token.blank_before, 0, token.span, "integrate"});
        if (!call) open_.push_back(last());
        continue;
      }
      if (integral_open() && is_differential(token) && ends_integral(tokens, i)) {
        items_.push_back({Sort::differential, token.blank_before, 0, token.span, token.text});
        pair_up();
        continue;
      }
      if (const auto operation = big_operation(tokens.subspan(i)); !operation.empty()) {
        items_.push_back({Sort::big, token.blank_before, 0, token.span, operation});
        continue;
      }
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
      refuse_open_integral(open);
      throw base::Error(base::Code::syntax, open.span, fmt::format("'{}' is never closed", open.text),
                        open.text == "("   ? "a ')' is missing"
                        : open.text == "[" ? "a matrix is a list of its rows: [[1, 2], [3, 4]]"
                                           : "");
    }
    if (!tokens.empty() && tokens.back().kind == TokenKind::end) end = tokens.back().span;
    items_.push_back({Sort::end, false, 0, end, {}});
    return std::move(items_);
  }

 private:
  std::uint32_t last() const { return static_cast<std::uint32_t>(items_.size() - 1); }
  bool operand_due() const { return items_.empty() || !ends_operand(items_.back().sort); }
  bool integral_open() const { return !open_.empty() && items_[open_.back()].sort == Sort::integral; }

  // Not the dy of dy/dx, nor its dx.
  static bool ends_integral(std::span<const Token> tokens, std::size_t i) {
    if (i > 0 && is_sign(tokens[i - 1], "/")) return false;
    return i + 2 >= tokens.size() || !is_sign(tokens[i + 1], "/") || !is_differential(tokens[i + 2]);
  }

  static void refuse_open_integral(const Item& open) {
    if (open.sort != Sort::integral) return;
    throw base::Error(base::Code::syntax, open.span, "this integral does not end: its dx is missing",
                      "write ∫ x^2 dx or ∫_0^1 x^2 dx");
  }

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
    refuse_open_integral(open);
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

bool opens(Sort sort) {
  return sort == Sort::open_round || sort == Sort::open_square || sort == Sort::open_bar || sort == Sort::integral;
}
bool closes(Sort sort) {
  return sort == Sort::close_round || sort == Sort::close_square || sort == Sort::close_bar ||
         sort == Sort::differential;
}

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
    case Sort::integral:
    case Sort::big:
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
