// What the tests of this folder share: a set of known names, and terms as s-expressions.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "parse/statement.h"

namespace nabla::parse {

// f, g, fact are functions of a user, u, a, y values; the rest is built in.
class KnownNames : public Names {
 public:
  NameClass classify(std::string_view name) const override {
    if (has(kFunctions, name)) return NameClass::function;
    if (has(kOperations, name)) return NameClass::operation;
    if (has(kValues, name)) return NameClass::value;
    return NameClass::unknown;
  }
  std::vector<std::string> all() const override {
    std::vector<std::string> names;
    for (const auto n : kFunctions) names.emplace_back(n);
    for (const auto n : kOperations) names.emplace_back(n);
    for (const auto n : kValues) names.emplace_back(n);
    return names;
  }

 private:
  static constexpr std::array<std::string_view, 22> kFunctions{
      "sin", "cos", "tan",   "csc",   "asin", "sinh", "exp", "ln",   "log", "abs",  "sqrt",
      "max", "det", "floor", "gamma", "norm", "f",    "g",   "fact", "r",   "ceil", "cbrt"};
  static constexpr std::array<std::string_view, 13> kOperations{"diff",     "integrate", "sum",    "prod",     "limit",
                                                                "solve",    "ode",       "grad",   "minimize", "same",
                                                                "implicit", "taylor",    "defined"};
  static constexpr std::array<std::string_view, 9> kValues{"pi", "e", "tau", "inf", "phi", "u", "a", "y", "true"};
  template <class List>
  static bool has(const List& list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
  }
};

inline constexpr std::array<std::string_view, 10> kCommands{"table", "plot", "show", "help",   "clear",
                                                            "print", "read", "time", "assert", "set"};

inline std::string_view word(Head head) {
  static constexpr std::string_view kWords[] = {
      "number", "name", "call", "-",   "+",  "-",     "*",       "/",  "^",       "!",
      "<",      "<=",   ">",    ">=",  "==", "!=",    "and",     "or", "not",     "if",
      "bars",   "vec",  "idx",  "for", "at", "prime", "partial", "=",  "previous"};
  return kWords[static_cast<std::size_t>(head)];
}

// "(+ x (* 2 y))"; calls are (sin x), primes (f'' x) or f', previous answers %3.
inline std::string shape(Term t) {
  switch (t.head()) {
    case Head::number: return t.number().text();
    case Head::name: return t.text();
    case Head::previous: return "%" + t.number().text();
    default: break;
  }
  std::string out;
  if (t.head() == Head::call) {
    out = t.text();
  } else if (t.head() == Head::prime) {
    out = t.text() + std::string(static_cast<std::size_t>(t.number().to_long().value_or(0)), '\'');
    if (t.size() == 0) return out;
  } else {
    out = word(t.head());
  }
  for (std::size_t i = 0; i < t.size(); ++i) out += " " + shape(t[i]);
  return "(" + out + ")";
}

inline Statement read(std::string_view text) {
  static const KnownNames names;
  return parse_statement(text, names, kCommands);
}

// The shape of a question or the body of a definition.
inline std::string shape_of(std::string_view text) { return shape(read(text).body); }

// The part of the text that a term covers.
inline std::string_view source(std::string_view text, base::Span span) { return text.substr(span.begin, span.size()); }

// Column (from 1) and message of the error, "" if there is none.
inline std::pair<int, std::string> error_of(std::string_view text) {
  try {
    read(text);
  } catch (const base::Error& e) {
    auto message = e.message;
    if (!e.suggestion.empty()) message += "; did you mean '" + e.suggestion + "'?";
    if (!e.hint.empty()) message += "; " + e.hint;
    return {static_cast<int>(e.span.begin) + 1, message};
  }
  return {0, ""};
}

inline std::string notes_of(std::string_view text) {
  std::string out;
  for (const auto& note : read(text).notes) out += note.text + "\n";
  return out;
}

}  // namespace nabla::parse
