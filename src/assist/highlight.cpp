#include "assist/highlight.h"

#include <algorithm>
#include <set>
#include <string>

#include "assist/loose_tokens.h"
#include "parse/names.h"
#include "parse/phrase_book.h"
#include "session/help/words.h"

namespace nabla::assist {

namespace {

using parse::NameClass;
using parse::Token;
using parse::TokenKind;

const session::Command* find(std::span<const session::Command* const> commands, std::string_view name) {
  const auto at = std::ranges::find(commands, name, [](const session::Command* c) { return c->name; });
  return at == commands.end() ? nullptr : *at;
}

// Whether a command is followed by expressions, by its signature: E, E1, CONDITION, STATEMENT; else by words.
bool takes_expressions(const session::Command& c) {
  return c.signature.find("CONDITION") != std::string_view::npos ||
         c.signature.find("STATEMENT") != std::string_view::npos ||
         std::ranges::any_of(c.signature, [&](const char& letter) {
           const auto at = static_cast<std::size_t>(&letter - c.signature.data());
           const auto is_letter = [&](std::size_t i) {
             return i < c.signature.size() &&
                    ((c.signature[i] >= 'A' && c.signature[i] <= 'Z') ||
                     (c.signature[i] >= 'a' && c.signature[i] <= 'z') || c.signature[i] == '_');
           };
           return letter == 'E' && !is_letter(at + 1) && (at == 0 || !is_letter(at - 1));
         });
}

class Highlighter {
 public:
  Highlighter(std::string_view text, std::size_t cursor, const parse::Names& names,
              std::span<const session::Command* const> commands)
      : text_(text), cursor_(cursor), names_(names), commands_(commands), loose_(loose_tokens(text)) {}

  std::vector<Stroke> run() {
    inks_.assign(loose_.tokens.size(), Ink::plain);
    for (std::size_t begin = 0; begin < size();) {
      const std::size_t end = end_of_statement(begin);
      statement(begin, end);
      begin = end;
    }
    mark_brackets();
    return strokes();
  }

 private:
  std::size_t size() const { return loose_.tokens.size(); }
  const Token& token(std::size_t i) const { return loose_.tokens[i]; }
  bool is_sign(std::size_t i, std::string_view sign) const {
    return i < size() && token(i).kind == TokenKind::sign && token(i).text == sign;
  }
  bool is_name(std::size_t i) const { return i < size() && token(i).kind == TokenKind::name; }
  bool opens(std::size_t i) const { return is_sign(i, "(") || is_sign(i, "["); }
  bool closes(std::size_t i) const { return is_sign(i, ")") || is_sign(i, "]"); }

  // After its ";", or at a line end outside all brackets.
  std::size_t end_of_statement(std::size_t begin) const {
    int depth = 0;
    for (std::size_t i = begin; i < size(); ++i) {
      if (i > begin && depth <= 0) {
        const auto gap = text_.substr(token(i - 1).span.end, token(i).span.begin - token(i - 1).span.end);
        const std::size_t line_end = gap.find('\n');
        const bool goes_on = line_end != std::string_view::npos && gap.substr(0, line_end).find('\\') != gap.npos;
        if (token(i).span.begin > token(i - 1).span.end && line_end != gap.npos && !goes_on) return i;
      }
      if (opens(i)) ++depth;
      if (closes(i)) --depth;
      if (is_sign(i, ";") && depth <= 0) return i + 1;
    }
    return size();
  }

  void statement(std::size_t begin, std::size_t end) {
    bound_.clear();
    std::size_t at = begin;
    bool words_only = false;
    if (is_sign(at, "?")) {
      words_only = true;
    } else if (is_name(at)) {
      if (const session::Command* c = find(commands_, token(at).text)) {
        inks_[at] = Ink::keyword;
        words_only = !takes_expressions(*c);
        ++at;
      }
    }
    collect_bound(begin, end);
    for (; at < end; ++at) inks_[at] = words_only ? word_ink(at) : ink(at);
  }

  // Collects parameters, names that are given a value (x = …, k in …), and lone names among the further arguments of a
  // call.
  void collect_bound(std::size_t begin, std::size_t end) {
    std::vector<bool> comma_seen;  // by depth
    int further = 0;               // how many of them
    for (std::size_t i = begin; i < end; ++i) {
      if (opens(i)) comma_seen.push_back(false);
      if (closes(i) && !comma_seen.empty()) {
        further -= comma_seen.back() ? 1 : 0;
        comma_seen.pop_back();
      }
      if (is_sign(i, ",") && !comma_seen.empty() && !comma_seen.back()) {
        ++further;
        comma_seen.back() = true;
      }
      if (!is_name(i)) continue;
      std::size_t next = i + 1;
      while (is_sign(next, "'")) ++next;
      const bool has_range = is_sign(next, "=") || (is_name(next) && token(next).text == "in");
      const bool alone = i > begin && (is_sign(i - 1, ",") || is_sign(i - 1, "[")) &&
                         (is_sign(next, ",") || closes(next) || next == end);
      if (has_range || (alone && further > 0)) bound_.insert(token(i).text);
    }
    // f(x, y) =
    if (!is_name(begin) || !is_sign(begin + 1, "(")) return;
    std::size_t close = begin + 2;
    while (close < end && (is_name(close) || is_sign(close, ","))) ++close;
    if (!is_sign(close, ")") || !is_sign(close + 1, "=")) return;
    for (std::size_t i = begin + 2; i < close; ++i) {
      if (is_name(i)) bound_.insert(token(i).text);
    }
    defined_ = token(begin).span;
    bound_.insert(token(begin).text);
  }

  Ink word_ink(std::size_t i) const {
    switch (token(i).kind) {
      case TokenKind::number: return Ink::number;
      case TokenKind::text: return Ink::text;
      case TokenKind::name: return names_.classify(token(i).text) == NameClass::unknown ? Ink::plain : name_ink(i);
      case TokenKind::sign:
      case TokenKind::end: return Ink::plain;
    }
    return Ink::plain;
  }

  Ink ink(std::size_t i) const {
    switch (token(i).kind) {
      case TokenKind::number: return Ink::number;
      case TokenKind::text: return Ink::text;
      case TokenKind::name: return name_ink(i);
      case TokenKind::sign: {
        const std::string& sign = token(i).text;
        if (sign == "∂" || sign == "∇" || sign == "√" || sign == "∛" || sign == "∫") return Ink::function;
        return sign == "(" || sign == ")" || sign == "[" || sign == "]" || sign == "," || sign == ";" ? Ink::plain
                                                                                                      : Ink::op;
      }
      case TokenKind::end: return Ink::plain;
    }
    return Ink::plain;
  }

  Ink name_ink(std::size_t i) const {
    const std::string& name = token(i).text;
    if (token(i).span == defined_) return Ink::function;
    if (bound_.contains(name)) return Ink::bound;
    if (name == "ans") return Ink::bound;
    if (session::find_word(name) != nullptr) return Ink::keyword;
    switch (names_.classify(name)) {
      case NameClass::value: return Ink::bound;
      case NameClass::function:
      case NameClass::operation: return Ink::function;
      case NameClass::unknown: break;
    }
    if (parse::looks_like_symbol(name) && !is_sign(i + 1, "(")) return Ink::plain;
    if (const parse::Phrase* phrase = parse::find_phrase(name); phrase != nullptr) {
      if (phrase->kind == parse::Phrase::Kind::name) return Ink::function;
      if (phrase->kind == parse::Phrase::Kind::way_out && i == 0) return Ink::keyword;
    }
    if (is_part_of_bounds(name)) return Ink::plain;
    return may_become_known(i) ? Ink::plain : Ink::unknown;
  }

  // The _0 and dx of ∫_0^1 x dx, and lim.
  bool is_part_of_bounds(std::string_view name) const {
    if (name == "lim" || name.starts_with('_')) return true;
    if (name.size() < 2 || name[0] != 'd' || !parse::looks_like_symbol(name.substr(1))) return false;
    for (std::size_t i = 0; i < size(); ++i) {
      if (is_sign(i, "∫")) return true;
    }
    return false;
  }

  bool may_become_known(std::size_t i) const {
    if (token(i).span.end != cursor_) return false;
    const auto begins = [&](std::string_view known) { return known.starts_with(token(i).text); };
    return std::ranges::any_of(names_.all(), begins) ||
           std::ranges::any_of(session::words(), begins, &session::Word::name) ||
           std::ranges::any_of(commands_, [&](const session::Command* c) { return begins(c->name); });
  }

  void mark_brackets() {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < size(); ++i) {
      if (opens(i)) open.push_back(i);
      if (is_sign(i, ";")) open.clear();
      if (!closes(i)) continue;
      if (open.empty() || is_sign(open.back(), "(") != is_sign(i, ")")) {
        inks_[i] = Ink::unbalanced;
        continue;
      }
      const std::size_t partner = open.back();
      open.pop_back();
      if (at_cursor(i) || at_cursor(partner)) inks_[i] = inks_[partner] = Ink::match;
    }
  }

  // Whether bracket i is at the cursor, or just before it if there is none at it.
  bool at_cursor(std::size_t i) const {
    if (cursor_ == kNoCursor) return false;
    if (token(i).span.begin == cursor_) return true;
    if (token(i).span.end != cursor_) return false;
    return cursor_ >= text_.size() || std::string_view("()[]").find(text_[cursor_]) == std::string_view::npos;
  }

  std::vector<Stroke> strokes() const {
    std::vector<Stroke> out;
    const auto add = [&](base::Span span, Ink ink) {
      if (ink != Ink::plain) out.push_back({span, ink});
    };
    for (std::size_t i = 0; i < size(); ++i) add(token(i).span, inks_[i]);
    for (base::Span comment : loose_.comments) add(comment, Ink::comment);
    for (base::Span quoted : loose_.open_text) add(quoted, Ink::text);
    std::ranges::stable_sort(out, {}, [](const Stroke& s) { return s.span.begin; });
    // The two tokens of ² have the same place.
    std::uint32_t end = 0;
    std::erase_if(out, [&](const Stroke& s) {
      const bool overlaps = s.span.begin < end;
      if (!overlaps) end = s.span.end;
      return overlaps;
    });
    return out;
  }

  std::string_view text_;
  std::size_t cursor_;
  const parse::Names& names_;
  std::span<const session::Command* const> commands_;
  LooseTokens loose_;
  std::vector<Ink> inks_;
  std::set<std::string, std::less<>> bound_;  // in the current statement
  base::Span defined_{1, 0};                  // the name of the function being defined
};

}  // namespace

std::vector<Stroke> highlight(std::string_view text, std::size_t cursor, const parse::Names& names,
                              std::span<const session::Command* const> commands) {
  return Highlighter(text, cursor, names, commands).run();
}

}  // namespace nabla::assist
