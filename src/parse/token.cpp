#include "parse/token.h"

#include <fmt/core.h>
#include <utf8proc.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <utility>

#include "base/error.h"

namespace nabla::parse {

namespace {

constexpr std::int32_t kPi = 0x3C0;
constexpr std::int32_t kTau = 0x3C4;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_ascii_letter(std::int32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_subscript(std::int32_t c) { return c >= 0x2080 && c <= 0x2089; }

// The digit or sign that a superscript character stands for; 0 if it is none.
char superscript(std::int32_t c) {
  if (c == 0xB9) return '1';
  if (c == 0xB2) return '2';
  if (c == 0xB3) return '3';
  if (c == 0x2070 || (c >= 0x2074 && c <= 0x2079)) return static_cast<char>('0' + (c - 0x2070));
  if (c == 0x207A) return '+';
  if (c == 0x207B) return '-';
  if (c == 0x207F) return 'n';
  return 0;
}

bool starts_name(std::int32_t c) {
  if (c < 0x80) return is_ascii_letter(c);
  if (superscript(c) != 0 || c == 0xAA || c == 0xBA) return false;
  const auto category = utf8proc_category(c);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool continues_name(std::int32_t c) {
  if (c < 0x80) return is_ascii_letter(c) || (c >= '0' && c <= '9');
  return starts_name(c) || is_subscript(c) || utf8proc_category(c) == UTF8PROC_CATEGORY_MN;
}

bool is_blank(std::int32_t c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  return c == 0xFEFF || utf8proc_category(c) == UTF8PROC_CATEGORY_ZS;
}

struct Spelling {
  std::int32_t sign;
  const char* canonical;
};

constexpr std::array<Spelling, 19> kSigns{{
    {0xD7, "*"},   {0xB7, "*"},    {0x22C5, "*"},  {0x2217, "*"},  {0xF7, "/"},   {0x2215, "/"}, {0x2212, "-"},
    {0x2013, "-"}, {0x2264, "<="}, {0x2265, ">="}, {0x2260, "!="}, {0x2032, "'"}, {0x2019, "'"}, {0x2033, "''"},
    {0xB0, "°"},   {0xBA, "°"},    {0x221A, "√"},  {0x2202, "∂"},  {0x2207, "∇"},
}};

// Signs that stand for the name of an operation.
const char* operation_name(std::int32_t c) {
  switch (c) {
    case 0x222B: return "integrate";
    case 0x2211: return "sum";
    case 0x220F: return "prod";
    default: return nullptr;
  }
}

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text) : text_(text) {}

  std::vector<Token> run() {
    tokens_.reserve(std::min(text_.size(), text_.size() / 2 + 50) + 1);
    while (at_ < text_.size()) {
      const auto c = code_at(at_);
      if (is_blank(c) || (c == '\\' && ends_line(at_ + 1))) {
        at_ += length_;
        blank_ = true;
      } else if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if ((c >= '0' && c <= '9') || (c == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) {
        number();
      } else if (c == '"' || c == 0x201C || c == 0x201D) {
        quoted();
      } else if (starts_name(c)) {
        name(c);
      } else if (superscript(c) != 0) {
        power();
      } else {
        sign(c);
      }
    }
    push(TokenKind::end, at_, "");
    return std::move(tokens_);
  }

 private:
  // The character at `at`; its length goes to length_.
  std::int32_t code_at(std::size_t at) {
    const auto byte = static_cast<unsigned char>(text_[at]);
    length_ = 1;
    if (byte != 0 && byte < 0x80) return byte;
    if (byte == 0) throw base::Error(base::Code::syntax, span(at, at + 1), "a NUL byte stands here");
    std::int32_t c = 0;
    const auto n = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text_.data()) + at,
                                    static_cast<utf8proc_ssize_t>(text_.size() - at), &c);
    if (n <= 0) {
      throw base::Error(base::Code::syntax, span(at, at + 1), "this is not UTF-8 text",
                        fmt::format("the byte 0x{:02X} stands here", byte));
    }
    length_ = static_cast<std::size_t>(n);
    return c;
  }
  std::int32_t peek(std::size_t at) { return at < text_.size() ? code_at(at) : 0; }

  bool ends_line(std::size_t at) const {
    while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\t' || text_[at] == '\r')) ++at;
    return at >= text_.size() || text_[at] == '\n';
  }

  static base::Span span(std::size_t begin, std::size_t end) {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  // A token from `begin` to where the reading stands.
  void push(TokenKind kind, std::size_t begin, std::string text) {
    tokens_.push_back({kind, span(begin, at_), std::move(text), blank_});
    blank_ = false;
  }

  bool digit_at(std::size_t at) const { return at < text_.size() && is_digit(text_[at]); }

  // A run of `accept`, with single "_" between two of them.
  template <class Accept>
  void run_of(Accept accept) {
    const auto is = [&](std::size_t at) { return at < text_.size() && accept(text_[at]); };
    while (is(at_) || (at_ < text_.size() && text_[at_] == '_' && is(at_ - 1) && is(at_ + 1))) ++at_;
  }

  void number() {
    const auto begin = at_;
    const auto prefix = text_.substr(at_, 2);
    const auto digit = at_ + 2 < text_.size() ? text_[at_ + 2] : ' ';
    if (prefix == "0x" && is_hex(digit)) {
      at_ += 2;
      run_of(is_hex);
    } else if (prefix == "0b" && (digit == '0' || digit == '1')) {
      at_ += 2;
      run_of([](char c) { return c == '0' || c == '1'; });
    } else {
      run_of(is_digit);
      if (at_ < text_.size() && text_[at_] == '.' && digit_at(at_ + 1)) {
        ++at_;
        run_of(is_digit);
      }
      if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
        auto digits = at_ + 1;
        if (digits < text_.size() && (text_[digits] == '+' || text_[digits] == '-')) ++digits;
        if (digit_at(digits)) {
          at_ = digits;
          run_of(is_digit);
        }
      }
    }
    push(TokenKind::number, begin, std::string(text_.substr(begin, at_ - begin)));
  }

  // π and τ are names of their own, also where letters stand beside them: 2πr. With a subscript they are letters.
  bool stands_alone(std::int32_t c, std::size_t after) {
    if (c != kPi && c != kTau) return false;
    const auto next = peek(after);
    return !is_subscript(next) && next != '_' && !(next >= '0' && next <= '9');
  }

  void name(std::int32_t first) {
    const auto begin = at_;
    auto c = first;
    code_at(at_);
    bool plain = true;
    if (stands_alone(c, at_ + length_)) {
      code_at(begin);
      at_ += length_;
      push(TokenKind::name, begin, c == kPi ? "pi" : "tau");
      return;
    }
    while (at_ < text_.size()) {
      c = code_at(at_);
      if (!continues_name(c)) break;
      const auto length = length_;
      if (at_ > begin && stands_alone(c, at_ + length)) break;
      plain = plain && c < 0x80;
      at_ += length;
    }
    std::string text(text_.substr(begin, at_ - begin));
    if (!plain) {
      text = composed(text);
      if ((text == "Σ" || text == "Π") && opens_bracket()) text = text == "Σ" ? "sum" : "prod";
    }
    push(TokenKind::name, begin, std::move(text));
  }

  static std::string composed(const std::string& text) {
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> nfc(
        utf8proc_NFC(reinterpret_cast<const utf8proc_uint8_t*>(text.c_str())), &std::free);
    return nfc ? reinterpret_cast<const char*>(nfc.get()) : text;
  }

  bool opens_bracket() const {
    const auto next = text_.find_first_not_of(" \t", at_);
    return next != std::string_view::npos && text_[next] == '(';
  }

  void quoted() {
    const auto begin = at_;
    code_at(at_);
    const auto content = at_ += length_;
    while (at_ < text_.size()) {
      const auto c = code_at(at_);
      if (c == '"' || c == 0x201C || c == 0x201D) {
        const auto end = at_;
        at_ += length_;
        push(TokenKind::text, begin, std::string(text_.substr(content, end - content)));
        return;
      }
      at_ += length_;
    }
    throw base::Error(base::Code::syntax, span(begin, begin + 1), "the text that begins here has no end",
                      "close it with \"");
  }

  // ² is "^" "2", ⁻¹ is "^" "-" "1"; all with the place of the superscript.
  void power() {
    const auto begin = at_;
    std::string exponent;
    while (at_ < text_.size()) {
      const char c = superscript(code_at(at_));
      if (c == 0) break;
      exponent += c;
      at_ += length_;
    }
    std::size_t digits = exponent.find_first_not_of("+-");
    if (digits == std::string::npos || digits > 1 || exponent.find_first_of("+-", digits) != std::string::npos ||
        (exponent.find('n') != std::string::npos && exponent.size() > digits + 1)) {
      throw base::Error(base::Code::syntax, span(begin, at_), "this exponent cannot be read", "write x^(…)");
    }
    push(TokenKind::sign, begin, "^");
    if (digits == 1) push(TokenKind::sign, begin, exponent.substr(0, 1));
    const auto rest = exponent.substr(digits);
    push(rest == "n" ? TokenKind::name : TokenKind::number, begin, rest);
  }

  void sign(std::int32_t c) {
    const auto begin = at_;
    at_ += length_;
    if (const auto* operation = operation_name(c)) return push(TokenKind::name, begin, operation);
    if (c == 0x221E) return push(TokenKind::name, begin, "inf");
    if (c >= 0x80) {
      for (const auto& [code, canonical] : kSigns) {
        if (code != c) continue;
        if (c != 0x2033) return push(TokenKind::sign, begin, canonical);
        push(TokenKind::sign, begin, "'");
        return push(TokenKind::sign, begin, "'");
      }
      return push(TokenKind::sign, begin, std::string(text_.substr(begin, at_ - begin)));
    }
    static constexpr std::string_view kSecond = "*=&|.<>";
    if (at_ < text_.size() && kSecond.find(text_[at_]) != std::string_view::npos) {
      static constexpr std::array<std::string_view, 10> kDouble{
          "**", "<=", ">=", "==", "!=", "&&", "||", "..", "=<", "=>"};
      const auto two = text_.substr(begin, 2);
      for (const auto pair : kDouble) {
        if (two != pair) continue;
        at_ = begin + 2;
        return push(TokenKind::sign, begin, pair == "**" ? "^" : std::string(pair));
      }
    }
    push(TokenKind::sign, begin, std::string(1, static_cast<char>(c)));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t length_ = 1;
  bool blank_ = false;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view statement) { return Tokenizer(statement).run(); }

}  // namespace nabla::parse
