// Expressions from text for tests: one-letter names are symbols, the rest is built in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "algebra/rules/call.h"
#include "algebra/rules/rules.h"
#include "functions/table.h"
#include "parse/statement.h"

namespace nabla {

class ReadingNames : public parse::Names {
 public:
  parse::NameClass classify(std::string_view name) const override {
    const expr::Function* f = functions::find(name);
    if (f == nullptr) return parse::NameClass::unknown;
    return f->parameters.empty() ? parse::NameClass::value : parse::NameClass::function;
  }
  std::vector<std::string> all() const override { return {}; }
};

inline expr::Expr read(expr::Graph& g, std::string_view text) {
  std::vector<std::string> names;
  std::vector<expr::Expr> symbols;
  for (const char* name : {"x", "y", "z", "u", "v", "w", "a", "b", "c", "n"}) {
    names.emplace_back(name);
    symbols.push_back(g.symbol(name));
  }
  parse::Terms terms;
  std::vector<base::Note> notes;
  const std::vector<parse::Token> tokens = parse::tokenize(text);
  const parse::Term t = parse::parse_expression(terms, tokens, text, ReadingNames(), names, false, notes);
  return algebra::from_rule_term(g, t, names, symbols);
}

}  // namespace nabla
