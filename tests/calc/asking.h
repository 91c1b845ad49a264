// Statements elaborated as a session would, for tests of the forms of calculus.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "algebra/derivative/derivative_node.h"
#include "algebra/rules/call.h"
#include "algebra/simplify/equality.h"
#include "algebra/simplify/simplify.h"
#include "calc/elaborate/elaborate.h"
#include "calc/graph_rules.h"
#include "expr/write/print.h"
#include "parse/statement.h"
#include "session/session.h"
#include "session/workspace.h"

namespace nabla::test {

class Asking {
 public:
  // The parsed question lives as long as this object or until the next one.
  parse::Term term(std::string_view text) {
    statement_.emplace(parse::parse_statement(std::string(text), session_, {}));
    return statement_->body;
  }
  expr::Value value(std::string_view text) { return work_.in.elaborate(term(text)); }
  // As it is shown, without its conditions.
  expr::Value simplified(std::string_view text) {
    expr::Value v = value(text);
    for (expr::Expr& e : v.elements) e = algebra::simplify(graph_, e, work_.budget).expression;
    return v;
  }
  std::string shown(std::string_view text) { return expr::print(graph_, simplified(text), expr::Style::plain); }
  // Whether the values of two questions are proven to be the same.
  bool same(std::string_view a, std::string_view b) {
    const expr::Value x = value(a);
    const expr::Value y = value(b);
    if (x.elements.size() != y.elements.size()) return false;
    for (std::size_t i = 0; i < x.elements.size(); ++i) {
      const expr::Expr p = algebra::written_out(graph_, x.elements[i], work_.budget);
      const expr::Expr q = algebra::written_out(graph_, y.elements[i], work_.budget);
      if (!algebra::proven_equal(graph_, p, q, work_.budget)) return false;
    }
    return true;
  }
  // The message of the error that a question ends in; empty if there is none.
  std::string error(std::string_view text) {
    try {
      value(text);
    } catch (const base::Error& e) {
      return e.message;
    }
    return "";
  }

  // The notes of all questions so far.
  std::string notes() const {
    std::string all;
    for (const base::Note& n : work_.notes) all += n.text + "\n";
    return all;
  }

  calc::Elaborator& in() { return work_.in; }
  expr::Graph& graph() { return graph_; }
  base::Budget& budget() { return work_.budget; }

 private:
  session::Session session_;
  expr::Graph graph_{&calc::kRules};
  session::Workspace work_{graph_, session_, std::nullopt};
  std::optional<parse::Statement> statement_;
};

}  // namespace nabla::test
