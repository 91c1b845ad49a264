// Random expressions: what muparser and the notation pass make of them must be what a reading of the grammar by plain
// recursive descent makes of them, which shares nothing with it.
#include <cctype>
#include <random>
#include <stdexcept>

#include "reading.h"

namespace nabla::parse {
namespace {

using Random = std::mt19937_64;

// Writes random text of the grammar, with blanks and brackets here and there.
class Writer {
 public:
  explicit Writer(Random& random) : random_(random) {}

  std::string expression(int depth) {
    auto text = choice(depth);
    if (depth > 0 && one_in(12)) text += " at x = " + sum(depth - 1) + (one_in(2) ? ", z = " + sum(0) : "");
    return text;
  }

 private:
  bool one_in(int n) { return random_() % static_cast<unsigned>(n) == 0; }
  template <std::size_t N>
  std::string pick(const char* const (&list)[N]) {
    return list[random_() % N];
  }
  std::string blank() { return one_in(3) ? " " : ""; }

  std::string choice(int depth) {
    if (depth > 0 && one_in(8)) return logic(depth - 1) + blank() + "?" + choice(depth - 1) + " : " + choice(depth - 1);
    return logic(depth);
  }
  std::string logic(int depth) {
    std::string text = negation(depth);
    while (depth > 0 && one_in(6)) text += pick({" and ", " or ", " && ", " || "}) + negation(depth - 1);
    return text;
  }
  std::string negation(int depth) { return (one_in(12) ? "not " : "") + comparison(depth); }
  std::string comparison(int depth) {
    std::string text = sum(depth);
    while (depth > 0 && one_in(6)) text += pick({"<", " <= ", ">", ">=", " == ", "!="}) + sum(depth - 1);
    return text;
  }
  std::string sum(int depth) {
    std::string text = product(depth);
    while (one_in(2)) text += blank() + pick({"+", "-", "- ", " + "}) + product(depth - 1);
    return text;
  }
  std::string product(int depth) {
    std::string text = signs() + power(depth);
    while (one_in(2)) {
      if (one_in(2)) {
        text += blank() + pick({"*", "/"}) + blank() + signs() + power(depth - 1);
      } else {
        const auto factor = power(depth - 1, false);
        const bool call = factor[0] == '(' && std::isalnum(static_cast<unsigned char>(text.back()));
        text += (call || factor[0] == '[' ? "*" : " ") + factor;
      }
    }
    return text;
  }
  std::string signs() { return one_in(4) ? pick({"-", "+", "- -", "-"}) : ""; }
  std::string power(int depth, bool number = true) {
    std::string text = postfix(depth, number);
    if (one_in(4)) text += pick({"^", "**", " ^ "}) + signs() + power(depth - 1);
    return text;
  }
  std::string postfix(int depth, bool number) {
    auto text = primary(depth, number);
    if (one_in(10)) text += "!";
    return text;
  }
  std::string primary(int depth, bool number) {
    if (depth <= 0) return one_in(3) && number ? pick({"2", "30", "1.5", ".5"}) : pick({"x", "z", "u", "pi", "b1"});
    switch (random_() % 9) {
      case 0: return "(" + expression(depth - 1) + ")";
      case 1: return "((" + expression(depth - 1) + "))";
      case 2:
        return pick({"sin(", "f (", "max("}) + expression(depth - 1) + (one_in(2) ? ", " + expression(depth - 1) : "") +
               ")";
      case 3: return "[" + expression(depth - 1) + "," + expression(depth - 1) + "]";
      case 4: return "u[" + sum(depth - 1) + "]";
      case 5: return "|" + sum(0) + "|";
      case 6: return pick({"f'(", "sin''("}) + sum(depth - 1) + ")";
      case 7: return pick({"sin^2(", "f^-1.5 ("}) + sum(depth - 1) + ")";
      default: return primary(0, number);
    }
  }

  Random& random_;
};

// Recursive descent over the characters, straight to the shape.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::string run() {
    auto t = expression();
    if (!at_end()) throw std::runtime_error("left over: " + std::string(text_.substr(at_)));
    return t;
  }

 private:
  using Strings = std::vector<std::string>;

  void skip() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool at_end() {
    skip();
    return at_ == text_.size();
  }
  bool sees(std::string_view s) {
    skip();
    return text_.substr(at_).starts_with(s);
  }
  bool takes(std::string_view s) {
    if (!sees(s)) return false;
    at_ += s.size();
    return true;
  }
  bool takes_word(std::string_view w) {
    if (!sees(w)) return false;
    const auto end = at_ + w.size();
    if (end < text_.size() && std::isalnum(static_cast<unsigned char>(text_[end]))) return false;
    at_ = end;
    return true;
  }
  void needs(std::string_view s) {
    if (!takes(s)) throw std::runtime_error("no " + std::string(s) + " at " + std::string(text_.substr(at_)));
  }
  static std::string node(const std::string& head, const Strings& parts) {
    std::string out = "(" + head;
    for (const auto& p : parts) out += " " + p;
    return out + ")";
  }

  std::string expression() {
    auto body = choice();
    if (!takes_word("at")) return body;
    Strings parts{body};
    do {
      parts.push_back(word());
      needs("=");
      parts.push_back(choice());
    } while (binding_follows() && takes(","));
    return node("at", parts);
  }
  bool binding_follows() {
    if (!sees(",")) return false;
    const auto saved = at_++;
    skip();
    const auto name = word();
    const bool yes = !name.empty() && sees("=") && !sees("==");
    at_ = saved;
    return yes;
  }
  std::string choice() {
    auto condition = disjunction();
    if (!takes("?")) return condition;
    auto then = choice();
    needs(":");
    return node("if", {condition, then, choice()});
  }
  std::string disjunction() {
    auto left = conjunction();
    while (takes_word("or") || takes("||")) left = node("or", {left, conjunction()});
    return left;
  }
  std::string conjunction() {
    auto left = negation();
    while (takes_word("and") || takes("&&")) left = node("and", {left, negation()});
    return left;
  }
  std::string negation() {
    if (takes_word("not")) return node("not", {negation()});
    return comparison();
  }
  std::string comparison() {
    auto left = sum();
    std::string all;
    for (;;) {
      std::string sign;
      for (const auto* s : {"<=", ">=", "==", "!=", "<", ">"})
        if (sign.empty() && takes(s)) sign = s;
      if (sign.empty()) return all.empty() ? left : all;
      auto right = sum();
      const auto one = node(sign, {left, right});
      all = all.empty() ? one : node("and", {all, one});
      left = right;
    }
  }
  std::string sum() {
    Strings parts{product()};
    bool difference = false;  // a - b, and nothing more so far
    for (;;) {
      const bool minus = takes("-");
      if (!minus && !takes("+")) break;
      auto right = product();
      if (difference) parts[1] = node("-", {parts[1]});
      difference = minus && parts.size() == 1;
      parts.push_back(minus && !difference ? node("-", {right}) : right);
    }
    if (parts.size() == 1) return parts[0];
    return node(difference ? "-" : "+", parts);
  }
  std::string product() {
    Strings factors{unary()};
    const auto all = [&] { return factors.size() == 1 ? factors[0] : node("*", factors); };
    for (;;) {
      if (sees("**")) throw std::runtime_error("power after power");
      if (takes("*")) {
        factors.push_back(unary());
      } else if (takes("/")) {
        const auto left = all();
        factors = {node("/", {left, unary()})};
      } else if (operand_follows()) {
        factors.push_back(power());
      } else {
        return all();
      }
    }
  }
  bool operand_follows() {
    skip();
    if (at_ == text_.size()) return false;
    const char c = text_[at_];
    if (c == '(' || c == '[') return true;
    if (c == '|') return !in_bars_ && !sees("||");
    if (!std::isalpha(static_cast<unsigned char>(c))) return false;
    const auto saved = at_;
    const bool reserved = takes_word("and") || takes_word("or") || takes_word("at") || takes_word("not");
    at_ = saved;
    return !reserved;
  }
  bool minus_signs() {
    bool negative = false;
    for (;;) {
      if (takes("-")) {
        negative = !negative;
      } else if (!takes("+")) {
        return negative;
      }
    }
  }
  std::string unary() {
    const bool negative = minus_signs();
    auto t = power();
    return negative ? node("-", {t}) : t;
  }
  std::string power() {
    auto base = postfix();
    if (takes("**") || takes("^")) return node("^", {base, unary()});
    return base;
  }
  std::string postfix() {
    auto t = primary();
    if (sees("!") && !sees("!=")) {
      takes("!");
      t = node("!", {t});
    }
    return t;
  }
  std::string word() {
    skip();
    const auto begin = at_;
    while (at_ < text_.size() && std::isalnum(static_cast<unsigned char>(text_[at_]))) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }
  Strings arguments(std::string_view close) {
    const auto outer = std::exchange(in_bars_, false);
    Strings parts;
    do parts.push_back(expression());
    while (takes(","));
    needs(close);
    in_bars_ = outer;
    return parts;
  }
  std::string primary() {
    if (takes("(")) return arguments(")").front();
    if (takes("[")) return node("vec", arguments("]"));
    if (takes("|")) {
      const auto outer = std::exchange(in_bars_, true);
      const auto inside = sum();
      needs("|");
      in_bars_ = outer;
      return node("bars", {inside});
    }
    skip();
    if (at_ < text_.size() && (std::isdigit(static_cast<unsigned char>(text_[at_])) || text_[at_] == '.'))
      return number();
    auto name = word();
    if (name.empty()) throw std::runtime_error("no operand at " + std::string(text_.substr(at_)));
    if (name == "sin" || name == "f" || name == "max") {
      std::string exponent;
      while (takes("'")) name += "'";
      if (takes("^")) {
        const bool negative = takes("-");
        exponent = number();
        if (negative) exponent = node("-", {exponent});
      }
      needs("(");
      const auto call = node(name, arguments(")"));
      return exponent.empty() ? call : node("^", {call, exponent});
    }
    if (sees("[")) {
      takes("[");
      return node("idx", {name, arguments("]").front()});
    }
    return name;
  }
  std::string number() {
    skip();
    const auto begin = at_;
    while (at_ < text_.size() && (std::isdigit(static_cast<unsigned char>(text_[at_])) || text_[at_] == '.')) ++at_;
    const auto digits = text_.substr(begin, at_ - begin);
    if (digits == "1.5") return "3/2";
    if (digits == ".5") return "1/2";
    return std::string(digits);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool in_bars_ = false;
};

void compare(const std::string& text) {
  std::string expected;
  try {
    expected = Reader(text).run();
  } catch (const std::runtime_error& e) {
    FAIL("the writer wrote what the reader cannot read: " << text << ": " << e.what());
  }
  try {
    if (shape_of(text) != expected) {
      CAPTURE(text);
      CHECK(shape_of(text) == expected);
    }
  } catch (const base::Error& e) {
    FAIL(text << ": " << e.message << " at " << e.span.begin);
  }
}

TEST_CASE("random expressions are read as the grammar says") {
  Random random(20240607);
  for (int i = 0; i < 4000; ++i) compare(Writer(random).expression(i % 5));
}

TEST_CASE("long random expressions, which go through muparser in pieces, are read as the grammar says") {
  Random random(7);
  for (int i = 0; i < 4; ++i) {
    std::string text = "0";
    while (text.size() < 12'000) text += (random() % 2 != 0 ? " + (" : " * (") + Writer(random).expression(3) + ")";
    compare(text);
    compare("[" + text + "," + text + "]");
    compare("sin(" + text + ")^2 == " + text + " and " + text + " < 1 < " + text);
    compare(text + " < 1 ? " + text + " : " + text + " at x = " + text);
    compare("(" + text + ")! + u[" + text + "]");
  }
}

}  // namespace
}  // namespace nabla::parse
