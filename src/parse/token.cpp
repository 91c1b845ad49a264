#include "parse/token.h"

#include <fmt/core.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <span>
#include <utility>

#include "parse/fold.h"
#include "parse/latex.h"

namespace nabla::parse {

namespace {

constexpr std::int32_t kPi = 0x3C0;
constexpr std::int32_t kTau = 0x3C4;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_octal(char c) { return c >= '0' && c <= '7'; }
bool is_binary(char c) { return c == '0' || c == '1'; }
bool is_latin(std::int32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_subscript(std::int32_t c) { return c >= 0x2080 && c <= 0x2089; }

bool starts_name(std::int32_t c) {
  if (c < 0x80) return is_latin(c) || c == '_';
  if (raised_character(c) != 0 || c == 0xAA || c == 0xBA) return false;
  const auto category = utf8proc_category(c);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool continues_name(std::int32_t c) {
  if (c < 0x80) return is_latin(c) || c == '_' || (c >= '0' && c <= '9');
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

constexpr auto kSigns = std::to_array<Spelling>({
    {0xD7, "*"},    {0xB7, "*"},    {0x22C5, "*"},  {0x2217, "*"},  {0x2022, "*"}, {0x2219, "*"},
    {0xF7, "/"},    {0x2215, "/"},  {0x2044, "/"},  {0x2212, "-"},  {0x2013, "-"}, {0x2264, "<="},
    {0x2265, ">="}, {0x2A7D, "<="}, {0x2A7E, ">="}, {0x2260, "!="}, {0x2032, "'"}, {0x2019, "'"},
    {0xB0, "°"},    {0xBA, "°"},    {0x2254, "="},  {0x221A, "√"},  {0x2202, "∂"}, {0x2207, "∇"},
});

// Signs that are names and words here.
constexpr auto kWords = std::to_array<Spelling>({
    {0x2211, "sum"},
    {0x220F, "prod"},
    {0x221E, "inf"},
    {0xAC, "not"},
    {0x2227, "and"},
    {0x2228, "or"},
    {0x2208, "in"},
});

const char* spelling(std::span<const Spelling> table, std::int32_t c) {
  const auto found = std::ranges::find(table, c, &Spelling::sign);
  return found == table.end() ? nullptr : found->canonical;
}

struct Pair {
  std::string_view written;
  std::string_view canonical;
};

constexpr auto kPairs = std::to_array<Pair>({
    {"**", "^"},
    {"<=", "<="},
    {">=", ">="},
    {"==", "=="},
    {"!=", "!="},
    {"<>", "!="},
    {"~=", "!="},
    {"&&", "&&"},
    {"||", "||"},
    {"..", ".."},
    {"=<", "=<"},
    {"=>", "=>"},
    {":=", "="},
    {"->", "→"},
});

// ½ is 1/2; "" if c is no such number.
std::string fraction(std::int32_t c) {
  if (c < 0x80 || utf8proc_get_property(c)->decomp_type != UTF8PROC_DECOMP_TYPE_FRACTION) return {};
  std::array<std::int32_t, 8> parts{};
  int boundary = 0;
  constexpr auto kCompatible = static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT);
  const auto n = utf8proc_decompose_char(c, parts.data(), parts.size(), kCompatible, &boundary);
  std::string out;
  for (const auto part : std::span(parts).first(static_cast<std::size_t>(std::max<utf8proc_ssize_t>(n, 0))))
    out += part == 0x2044 ? '/' : static_cast<char>(part);
  return out.ends_with('/') ? std::string() : out;
}

// Operations that may carry their bounds below and above: Σ_{k=1}^n.
bool takes_bounds(std::string_view name) {
  return name == "Σ" || name == "Π" || name == "sum" || name == "prod" || name == "lim" || name == "limit";
}

std::string utf8(std::int32_t c) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto n = utf8proc_encode_char(c, bytes.data());
  return {reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(n)};
}

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text) : text_(text) {
    for (auto i = text.find('\\'); i != std::string_view::npos && !is_latex_; i = text.find('\\', i + 1))
      is_latex_ = i + 1 < text.size() && is_latin(text[i + 1]);
  }

  std::vector<Token> run() {
    tokens_.reserve(std::min(text_.size(), text_.size() / 2 + 50) + 1);
    while (at_ < text_.size()) {
      const auto c = code_at(at_);
      if (is_blank(c) || (c == '\\' && ends_line(at_ + 1))) {
        at_ += length_;
        blank_ = true;
      } else if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if ((c >= '0' && c <= '9') || (c == '.' && digit_at(at_ + 1))) {
        number();
      } else if (c == '"' || c == 0x201C || c == 0x201D) {
        quoted();
      } else if (starts_name(c)) {
        name(c);
      } else if (c == '\\') {
        latex();
      } else if (c == '{' || c == '}') {
        brace(c == '{');
      } else if (raised_character(c) != 0) {
        power();
      } else if (is_subscript(c) && ends_with_sign("∫")) {
        bound_below();
      } else {
        sign(c);
      }
    }
    push(TokenKind::end, at_, "");
    return is_arranged_ ? std::move(tokens_) : without_fractions(std::move(tokens_));
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
  bool is_at(std::size_t at, char c) const { return at < text_.size() && text_[at] == c; }
  bool letter_or_digit_at(std::size_t at) const {
    return at < text_.size() && (is_digit(text_[at]) || is_latin(text_[at]));
  }
  bool ends_with_sign(std::string_view sign) const {
    return !tokens_.empty() && tokens_.back().kind == TokenKind::sign && tokens_.back().text == sign;
  }

  // A run of `accept`, with single "_" between two of them.
  template <class Accept>
  void run_of(Accept accept) {
    const auto is = [&](std::size_t at) { return at < text_.size() && accept(text_[at]); };
    while (is(at_) || (at_ < text_.size() && text_[at_] == '_' && is(at_ - 1) && is(at_ + 1))) ++at_;
  }

  // What begins like a number and is none is one token that cannot be read: 0b2, 0x, 1__1, 1_.
  void number() {
    const auto begin = at_;
    const char mark = is_at(at_, '0') && at_ + 1 < text_.size() ? text_[at_ + 1] : ' ';
    const bool marked = std::string_view("xXbBoO").find(mark) != std::string_view::npos;
    if (marked) {
      at_ += 2;
      if (mark == 'x') run_of(is_hex);
      if (mark == 'b') run_of(is_binary);
      if (mark == 'o') run_of(is_octal);
    } else {
      decimal();
    }
    if (is_at(at_, '_') || (marked && letter_or_digit_at(at_)))
      while (is_at(at_, '_') || letter_or_digit_at(at_)) ++at_;
    push(TokenKind::number, begin, std::string(text_.substr(begin, at_ - begin)));
  }

  void decimal() {
    run_of(is_digit);
    if (is_at(at_, '.') && digit_at(at_ + 1)) {
      ++at_;
      run_of(is_digit);
    }
    if (is_at(at_, 'e') || is_at(at_, 'E')) {
      auto digits = at_ + 1;
      if (is_at(digits, '+') || is_at(digits, '-')) ++digits;
      if (digit_at(digits)) {
        at_ = digits;
        run_of(is_digit);
      }
    }
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
    if (at_ - begin > 1 && text_[at_ - 1] == '_' && (is_at(at_, '{') || is_at(at_, '('))) index_in_braces(begin);
    std::string text(text_.substr(begin, at_ - begin));
    if (text.find('{') != std::string::npos) std::erase_if(text, [](char x) { return x == '{' || x == '}'; });
    if (!plain) {
      text = composed(text);
      if ((text == "Σ" || text == "Π") && (opens_bracket() || is_at(at_, '_'))) text = text == "Σ" ? "sum" : "prod";
    }
    push(TokenKind::name, begin, std::move(text));
  }

  // x_{12} is x_12. The bounds of Σ_{k=1}^n are no part of its name.
  void index_in_braces(std::size_t begin) {
    if (takes_bounds(text_.substr(begin, at_ - begin - 1))) {
      --at_;
      return;
    }
    auto close = at_ + 1;
    while (letter_or_digit_at(close)) ++close;
    if (is_at(at_, '{') && close > at_ + 1 && is_at(close, '}')) at_ = close + 1;
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

  // ² is "^" "2", ⁻ˣ is "^" "-" "x", ⁿ⁺¹ is "^" "(" "n" "+" "1" ")": all with the place of the superscript.
  void power() {
    const auto begin = at_;
    std::vector<std::int32_t> plain;
    while (at_ < text_.size()) {
      const auto c = raised_character(code_at(at_));
      if (c == 0) break;
      plain.push_back(c);
      at_ += length_;
    }
    const auto is_plus_or_minus = [](std::int32_t c) { return c == '+' || c == '-'; };
    if (plain.size() > 1 && is_plus_or_minus(plain.back()))
      throw base::Error(base::Code::syntax, span(begin, at_), "this exponent cannot be read", "write x^(…)");
    push(TokenKind::sign, begin, "^");
    const auto first = is_plus_or_minus(plain.front()) ? plain.begin() + 1 : plain.begin();
    const bool one_number = std::all_of(first, plain.end(), [](std::int32_t c) { return c >= '0' && c <= '9'; });
    const bool in_brackets = !one_number && plain.end() - first > 1;
    if (in_brackets) push(TokenKind::sign, begin, "(");
    for (std::size_t i = 0; i < plain.size(); ++i) {
      std::string text = utf8(plain[i]);
      const bool digit = is_digit(text[0]);
      for (; digit && i + 1 < plain.size() && plain[i + 1] >= '0' && plain[i + 1] <= '9'; ++i)
        text += utf8(plain[i + 1]);
      const bool letter = !digit && starts_name(plain[i]);
      push(digit ? TokenKind::number : letter ? TokenKind::name : TokenKind::sign, begin, std::move(text));
    }
    if (in_brackets) push(TokenKind::sign, begin, ")");
  }

  // ∫₀¹: the ₀ is _0.
  void bound_below() {
    const auto begin = at_;
    std::string digits = "_";
    while (is_subscript(peek(at_))) {
      digits += static_cast<char>('0' + (code_at(at_) - 0x2080));
      at_ += length_;
    }
    push(TokenKind::name, begin, std::move(digits));
  }

  // Braces group where LaTeX has them: behind ^, _ and √, and in a text with its commands.
  void brace(bool opening) {
    const auto begin = at_++;
    if (opening) {
      const bool bound = !tokens_.empty() && tokens_.back().kind == TokenKind::name && tokens_.back().text == "_";
      groups_.push_back(is_latex_ || bound || ends_with_sign("^") || ends_with_sign("√"));
      return push(TokenKind::sign, begin, groups_.back() ? "(" : "{");
    }
    const bool group = !groups_.empty() && groups_.back();
    if (!groups_.empty()) groups_.pop_back();
    push(TokenKind::sign, begin, group ? ")" : "}");
  }

  void latex() {
    const auto begin = at_++;
    if (at_ < text_.size() && !is_latin(text_[at_])) {
      if (std::string_view(",;:! ").find(text_[at_]) == std::string_view::npos)
        return push(TokenKind::sign, begin, "\\");
      ++at_;
      blank_ = true;
      return;
    }
    while (at_ < text_.size() && is_latin(text_[at_])) ++at_;
    const auto command = text_.substr(begin + 1, at_ - begin - 1);
    if (command == "operatorname" || command.starts_with("math")) return upright(begin);
    const auto* known = find_latex(command);
    if (known == nullptr) return push(TokenKind::sign, begin, std::string(text_.substr(begin, at_ - begin)));
    if (known->text.empty()) {
      if (command == "left" || command == "right") at_ += is_at(at_, '.') ? 1 : 0;
      blank_ = blank_ || command != "limits";
    } else if (known->text == "√") {
      push(TokenKind::sign, begin, is_at(at_, '[') ? "\\root" : "√");
    } else if (known->kind == TokenKind::sign && call_of_bracket(known->text) != nullptr) {
      bracket(begin, call_of_bracket(known->text));
    } else {
      push(known->kind, begin, std::string(known->text));
      is_arranged_ = is_arranged_ && known->text != "\\frac" && known->text != "°" && known->text != "'";
      if (known->text == "\\frac") short_fraction();
    }
  }

  // \frac12
  void short_fraction() {
    for (int part = 0; part < 2; ++part) {
      const auto digit = text_.find_first_not_of(" \t", at_);
      if (digit == std::string_view::npos || !digit_at(digit)) return;
      at_ = digit + 1;
      push(TokenKind::number, digit, std::string(1, text_[digit]));
    }
  }

  // \operatorname{erf}, \mathrm{d}x: letters in another type are a name; an upright d belongs to what follows.
  void upright(std::size_t begin) {
    const bool braces = is_at(at_, '{');
    auto from = braces ? at_ + 1 : std::min(text_.find_first_not_of(' ', at_), text_.size());
    auto to = from;
    while (letter_or_digit_at(to) && (braces || to == from)) ++to;
    std::string word(text_.substr(from, to - from));
    if (word.empty() || (braces && !is_at(to, '}')))
      return push(TokenKind::sign, begin, std::string(text_.substr(begin, at_ - begin)));
    at_ = to + (braces ? 1 : 0);
    if (word == "d") {
      from = std::min(text_.find_first_not_of(' ', at_), text_.size());
      to = from;
      while (letter_or_digit_at(to)) ++to;
      word += text_.substr(from, to - from);
      at_ = to;
    }
    push(TokenKind::name, begin, std::move(word));
  }

  // The function that a pair of brackets calls, ")" for the one that closes; nullptr for other signs.
  static const char* call_of_bracket(std::string_view sign) {
    if (sign == "⌊") return "floor";
    if (sign == "⌈") return "ceil";
    return sign == "⌋" || sign == "⌉" ? ")" : nullptr;
  }

  void bracket(std::size_t begin, const char* call) {
    if (*call != ')') {
      push(TokenKind::name, begin, call);
      call = "(";
    }
    push(TokenKind::sign, begin, call);
  }

  void sign(std::int32_t c) {
    const auto begin = at_;
    at_ += length_;
    const auto written = text_.substr(begin, length_);
    if (c >= 0x80) {
      if (const auto* word = spelling(kWords, c)) return push(TokenKind::name, begin, word);
      if (const auto* canonical = spelling(kSigns, c)) return push(TokenKind::sign, begin, canonical);
      if (const auto* call = call_of_bracket(written)) return bracket(begin, call);
      if (auto number = fraction(c); !number.empty()) return push(TokenKind::number, begin, std::move(number));
      if (c == 0x2033 || c == 0x2034) {
        for (auto primes = c - 0x2032; primes >= 0; --primes) push(TokenKind::sign, begin, "'");
        return;
      }
      return push(TokenKind::sign, begin, std::string(written));
    }
    static constexpr std::string_view kSecond = "*=&|.<>";
    if (at_ < text_.size() && kSecond.find(text_[at_]) != std::string_view::npos) {
      const auto* const pair = std::ranges::find(kPairs, text_.substr(begin, 2), &Pair::written);
      if (pair != kPairs.end()) {
        at_ = begin + 2;
        return push(TokenKind::sign, begin, std::string(pair->canonical));
      }
    }
    push(TokenKind::sign, begin, std::string(written));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t length_ = 1;
  bool blank_ = false;
  bool is_latex_ = false;
  bool is_arranged_ = true;   // no fraction and no raised ° of LaTeX has come
  std::vector<bool> groups_;  // of the open braces: whether they group
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view statement, std::vector<base::Note>* notes) {
  if (!needs_folding(statement)) return Tokenizer(statement).run();
  const auto plain = folded(statement);
  const auto place = [&](base::Span span) { return base::Span{plain.places[span.begin], plain.places[span.end]}; };
  try {
    auto tokens = Tokenizer(plain.text).run();
    for (auto& t : tokens) t.span = place(t.span);
    if (notes != nullptr) notes->insert(notes->end(), plain.notes.begin(), plain.notes.end());
    return tokens;
  } catch (base::Error& e) {
    e.span = place(e.span);
    throw;
  }
}

}  // namespace nabla::parse
