#include "parse/statement.h"

#include <fmt/core.h>

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "parse/fold.h"
#include "parse/notation/items.h"
#include "parse/notation/notation.h"
#include "parse/phrase_book.h"
#include "parse/planned.h"
#include "parse/suggest.h"

namespace nabla::parse {

namespace {

using base::Code;
using base::Error;
using base::Span;

bool is_sign(const Token& token, std::string_view sign) { return token.kind == TokenKind::sign && token.text == sign; }

class StatementParser {
 public:
  StatementParser(std::string_view text, const Names& names, std::span<const std::string_view> commands)
      : text_(text), names_(names), commands_(commands), tokens_(tokenize(text, &s_.notes)) {}

  Statement run() {
    note_twins();
    const auto last = tokens_.size() > 1 ? tokens_[tokens_.size() - 2].span.end : 0;
    tokens_.back().span = {last, last};
    s_.text = text_.substr(0, last);
    s_.terms = std::make_shared<Terms>();
    s_.terms->reserve(tokens_.size());
    if (tokens_.front().kind == TokenKind::end) return std::move(s_);
    if (is_sign(tokens_[0], "?")) {
      command("help");
    } else if (const auto leave = way_out(); !leave.empty()) {
      command(std::string(leave));
      s_.rest.assign(1, tokens_.back());
    } else if (is_command(tokens_[0]) && !is_sign(tokens_[1], "=")) {
      command(tokens_[0].text);
    } else if (const auto equals = defining_sign(); equals != 0) {
      definition(equals);
    } else if (is_sign(tokens_[0], "=")) {
      throw Error(Code::syntax, tokens_[0].span, "a name is missing before '='", "write a = 2 or f(x) = x^2");
    } else {
      question();
    }
    return std::move(s_);
  }

 private:
  // A name in Cyrillic letters beside the Latin one that looks the same.
  void note_twins() {
    std::unordered_set<std::string_view> seen;
    for (const auto& t : tokens_) {
      if (t.kind != TokenKind::name || t.text[0] >= 0) continue;
      const auto twin = latin_twin(t.text);
      if (twin.empty() || !seen.insert(t.text).second) continue;
      const bool beside = std::ranges::any_of(tokens_, [&](const Token& other) { return other.text == twin; });
      if (beside || names_.classify(twin) != NameClass::unknown)
        s_.notes.push_back(
            {t.span,
             fmt::format("'{}' here is written with Cyrillic letters: it is another name than '{}'", t.text, twin)});
    }
  }

  bool is_command(const Token& token) const {
    return token.kind == TokenKind::name &&
           std::find(commands_.begin(), commands_.end(), token.text) != commands_.end();
  }

  void command(std::string name) {
    s_.kind = StatementKind::command;
    s_.name = std::move(name);
    s_.name_span = tokens_[0].span;
    s_.rest.assign(tokens_.begin() + 1, tokens_.end());
  }

  // The token of the first "=" outside brackets and before any "at"; 0 if there is none.
  std::size_t defining_sign() const {
    long depth = 0;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const auto& t = tokens_[i];
      if (t.kind == TokenKind::name && t.text == "at" && depth == 0 && i > 0) return 0;
      if (t.kind != TokenKind::sign) continue;
      if (t.text == "(" || t.text == "[") ++depth;
      if (t.text == ")" || t.text == "]") --depth;
      if (t.text == "=" && depth == 0) return i;
    }
    return 0;
  }

  void definition(std::size_t equals) {
    const auto& name = tokens_[0];
    const bool function = equals > 3 && is_sign(tokens_[1], "(") && is_sign(tokens_[equals - 1], ")");
    if (name.kind != TokenKind::name || !(equals == 1 || (function && read_parameters(equals))))
      not_a_definition(equals);
    if (equals == 3 && is_sign(tokens_[1], "(") && is_sign(tokens_[2], ")")) not_a_definition(equals);
    refuse_reserved(name);
    std::unordered_set<std::string_view> seen;
    for (const auto& p : s_.parameters)
      if (!seen.insert(p.name).second)
        throw Error(Code::syntax, p.span, fmt::format("{} is a parameter already", p.name), "give each its own name");
    s_.kind = function ? StatementKind::function : StatementKind::value;
    s_.name = name.text;
    s_.name_span = name.span;
    std::vector<std::string> bound;
    for (const auto& p : s_.parameters) bound.push_back(p.name);
    Reading reading{names_, bound};
    if (function) reading.defined = s_.name;
    const std::span<const Token> body(tokens_.data() + equals + 1, tokens_.size() - equals - 1);
    if (body.front().kind == TokenKind::end)
      throw Error(Code::syntax, body.front().span, "something is missing after '='", "write a = 2 or f(x) = x^2");
    if (!function && body.size() > 2 && body[0].kind == TokenKind::name && is_sign(body[1], "→"))
      throw Error(Code::syntax, body[1].span, "an arrow makes no function here",
                  fmt::format("write {}({}) = {}", s_.name, body[0].text, source(body.subspan(2))));
    s_.body = read_expression(*s_.terms, body, text_, reading, s_.notes);
  }

  // What these tokens say, without the end.
  std::string_view source(std::span<const Token> tokens) const {
    if (tokens.back().kind == TokenKind::end) tokens = tokens.first(tokens.size() - 1);
    if (tokens.empty()) return {};
    return text_.substr(tokens.front().span.begin, tokens.back().span.end - tokens.front().span.begin);
  }

  bool reads(std::span<const Token> tokens) const {
    Terms terms;
    std::vector<base::Note> notes;
    try {
      read_expression(terms, tokens, text_, {names_}, notes);
    } catch (const Error&) {
      return false;
    }
    return true;
  }

  // Reads NAME ( a, b ) =; false if the statement does not begin so.
  bool read_parameters(std::size_t equals) {
    for (std::size_t i = 2; i + 1 < equals; ++i) {
      const auto& t = tokens_[i];
      if (i % 2 == 1) {
        if (!is_sign(t, ",")) return false;
      } else {
        if (t.kind != TokenKind::name) return false;
        s_.parameters.push_back({t.text, t.span});
      }
    }
    if (equals % 2 != 0) return false;
    for (const auto& p : s_.parameters)
      if (is_reserved(p.name) || is_command_word(p.name))
        throw Error(Code::syntax, p.span, fmt::format("'{}' is a reserved word and can be no parameter", p.name),
                    "choose another name");
    return true;
  }

  bool is_command_word(std::string_view name) const {
    return std::find(commands_.begin(), commands_.end(), name) != commands_.end();
  }

  void refuse_reserved(const Token& name) const {
    const auto& word = name.text;
    if (word == "pi" || word == "e" || word == "inf" || word == "true" || word == "false" || word == "ans")
      throw Error(Code::protected_name, name.span, fmt::format("{} is built in", word), "choose another name");
    if (is_reserved(word))
      throw Error(Code::syntax, name.span, fmt::format("'{}' is a word of the language", word), "choose another name");
    if (is_command_word(word))
      throw Error(Code::syntax, name.span, fmt::format("'{}' is a command", word), "choose another name");
  }

  [[noreturn]] void not_a_definition(std::size_t equals) const {
    suggest_command();
    const Span all{tokens_[0].span.begin, tokens_[equals].span.end};
    const auto left = text_.substr(all.begin, tokens_[equals - 1].span.end - all.begin);
    const bool quotient = equals == 3 && is_sign(tokens_[1], "/") && tokens_[0].text.starts_with('d') &&
                          tokens_[2].text.starts_with('d') && tokens_[2].text.size() > 1;
    if (quotient || is_sign(tokens_[equals - 1], "'")) {
      throw Error(Code::syntax, all, "a derivative cannot be defined",
                  recommend(names_, "to solve a differential equation",
                            fmt::format("ode({}, [{}, 0, 1], [{}, 1])", question_text(),
                                        quotient ? tokens_[2].text.substr(1) : "x",
                                        quotient ? tokens_[0].text.substr(1) : tokens_[0].text)));
    }
    if (equals == 3 && is_sign(tokens_[1], "(") && is_sign(tokens_[2], ")")) {
      throw Error(Code::syntax, all, "a function needs a parameter",
                  fmt::format("for a value write {} = …", tokens_[0].text));
    }
    refuse_equation(equals, left);
  }

  // What is wrong with L = R: a side that cannot be read, or that no command stands before it.
  [[noreturn]] void refuse_equation(std::size_t equals, std::string_view left) const {
    const std::span<const Token> all(tokens_);
    refuse_range_or_place(equals);
    Terms terms;
    std::vector<base::Note> notes;
    read_expression(terms, all.first(equals), text_, {names_}, notes);
    if (all[equals + 1].kind == TokenKind::end)
      throw Error(Code::syntax, all[equals].span, "nothing stands behind this '='",
                  fmt::format("for the value leave it out: {}", left));
    read_expression(terms, all.subspan(equals + 1), text_, {names_}, notes);
    const auto is_variable = [](std::string_view name) {
      return [name](const Token& t) { return t.kind == TokenKind::name && t.text == name; };
    };
    const bool curve = std::ranges::any_of(all, is_variable("x")) && std::ranges::any_of(all, is_variable("y")) &&
                       names_.classify("x") == NameClass::unknown && names_.classify("y") == NameClass::unknown;
    if (curve)
      throw Error(Code::syntax, all[equals].span, "an equation is no statement alone",
                  fmt::format("for its curve write plot {}", question_text()));
    throw Error(Code::syntax, all[equals].span, fmt::format("{} cannot be defined", left.size() > 40 ? "this" : left),
                recommend(names_, "to solve an equation",
                          fmt::format("solve({}, {})", question_text(), unknown_of_equation())));
  }

  // E for x = a..b and E, x = a (or E | x = a), of which the equals sign is the first.
  void refuse_range_or_place(std::size_t equals) const {
    if (equals < 3 || tokens_[equals - 1].kind != TokenKind::name) return;
    const std::span<const Token> all(tokens_);
    const auto& sign = all[equals - 2];
    const auto body = all.first(equals - 2);
    const auto rest = source(all.subspan(equals - 1));
    if (sign.text == "for" && all[0].kind == TokenKind::name && (all[0].text == "sum" || all[0].text == "prod")) {
      const auto dots = find_top_level(all.subspan(equals), "..");
      if (dots.size() != 1 || !reads(body.subspan(1))) return;
      const auto range = all.subspan(equals + 1);
      throw Error(Code::syntax, sign.span, fmt::format("{} needs its arguments in brackets", all[0].text),
                  fmt::format("write {}({}, {}, {}, {})", all[0].text, source(body.subspan(1)), all[equals - 1].text,
                              source(range.first(dots[0] - 1)), source(range.subspan(dots[0]))));
    }
    if (!reads(body)) return;
    if (sign.text == "for")
      throw Error(Code::syntax, sign.span, "'for' stands in a vector and in commands",
                  fmt::format("write table {0} for {1}, or plot {0} for {1}", source(body), rest));
    if (is_sign(sign, ",") || is_sign(sign, "|"))
      throw Error(Code::syntax, sign.span, fmt::format("'{}' gives no value to {}", sign.text, all[equals - 1].text),
                  fmt::format("write {} at {}", source(body), rest));
  }

  std::string question_text() const { return s_.text.size() > 80 ? "L = R" : s_.text; }

  // The name for which an equation is likely to be solved.
  std::string unknown_of_equation() const {
    for (std::size_t i = 0; i + 1 < tokens_.size(); ++i) {
      const auto& t = tokens_[i];
      if (t.kind == TokenKind::name && !is_reserved(t.text) && !is_sign(tokens_[i + 1], "(") &&
          names_.classify(t.text) == NameClass::unknown)
        return t.text;
    }
    return "x";
  }

  void question() {
    refuse_lone_word();
    s_.kind = StatementKind::question;
    try {
      s_.body = read_expression(*s_.terms, tokens_, text_, {names_}, s_.notes);
    } catch (const Error& e) {
      if (e.code == Code::syntax || e.code == Code::unknown_name) suggest_command();
      throw;
    }
  }

  // A statement of one word that other programs know as a command: NAME or NAME().
  void refuse_lone_word() const {
    const auto& word = tokens_[0];
    const bool called = tokens_.size() == 4 && is_sign(tokens_[1], "(") && is_sign(tokens_[2], ")");
    if (word.kind != TokenKind::name || !(called || tokens_.size() == 2)) return;
    const auto* phrase = find_phrase(word.text);
    if (phrase == nullptr || phrase->kind != Phrase::Kind::advice || word.text.size() < 2) return;
    if (names_.classify(word.text) != NameClass::unknown) return;
    throw Error(Code::unknown_name, word.span, fmt::format("unknown name '{}'", word.text), advice(*phrase, names_));
  }

  // exit, exit(), q and :q leave as `quit` does; "" if this is no such statement.
  std::string_view way_out() const {
    const auto first = is_sign(tokens_[0], ":") ? 1U : 0U;
    const auto& word = tokens_[first];
    const auto rest = tokens_.size() - first;
    const bool called = rest == 4 && is_sign(tokens_[first + 1], "(") && is_sign(tokens_[first + 2], ")");
    if (word.kind != TokenKind::name || !(called || rest == 2)) return {};
    if (called && is_command(word)) return word.text == "quit" ? std::string_view(word.text) : std::string_view();
    const auto* phrase = find_phrase(word.text);
    const bool leaves = phrase != nullptr && phrase->kind == Phrase::Kind::way_out;
    return leaves && names_.classify(word.text) == NameClass::unknown ? phrase->line : std::string_view();
  }

  // Of a statement that cannot be read: was its first word meant as a command?
  void suggest_command() const {
    const auto& word = tokens_[0];
    const auto& next = tokens_[1];
    const bool argument =
        next.kind == TokenKind::name || next.kind == TokenKind::number || next.kind == TokenKind::text;
    if (word.kind != TokenKind::name || !argument || names_.classify(word.text) != NameClass::unknown) return;
    if (const auto* planned = find_planned(word.text)) throw not_available(*planned, word.span);
    if (find_phrase(word.text) != nullptr) return;
    const std::vector<std::string> commands(commands_.begin(), commands_.end());
    auto meant = closest_name(word.text, commands);
    if (!meant.empty())
      throw Error(Code::unknown_name, word.span, fmt::format("unknown command '{}'", word.text), {}, std::move(meant));
  }

  std::string_view text_;
  const Names& names_;
  std::span<const std::string_view> commands_;
  Statement s_;
  std::vector<Token> tokens_;
};

}  // namespace

Statement parse_statement(std::string_view text, const Names& names, std::span<const std::string_view> commands) {
  return StatementParser(text, names, commands).run();
}

Term parse_expression(Terms& terms, std::span<const Token> tokens, std::string_view text, const Names& names,
                      std::span<const std::string> bound, bool allow_equation, std::vector<base::Note>& notes) {
  return read_expression(terms, tokens, text, {names, bound, {}, allow_equation}, notes);
}

std::vector<std::size_t> find_top_level(std::span<const Token> tokens, std::string_view word) {
  std::vector<std::size_t> found;
  long depth = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto& t = tokens[i];
    if (t.kind != TokenKind::sign && t.kind != TokenKind::name) continue;
    if (is_sign(t, ")") || is_sign(t, "]")) --depth;
    if (depth == 0 && t.text == word) found.push_back(i);
    if (is_sign(t, "(") || is_sign(t, "[")) ++depth;
  }
  return found;
}

}  // namespace nabla::parse
