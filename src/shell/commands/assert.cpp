#include <fmt/format.h>

#include "algebra/algebra.h"
#include "base/error.h"
#include "expr/print.h"
#include "shell/command.h"
#include "shell/interpreter.h"

namespace nabla::shell {

namespace {

using base::Code;
using base::Error;
using expr::Expr;
using expr::Graph;
using expr::Kind;
using expr::Relation;

// Whether a condition with symbols in it is an equation that holds wherever both sides are defined.
bool is_identity(Workspace& work, Expr condition) {
  Graph& g = work.graph;
  if (g.kind(condition) != Kind::compare || g.relation(condition) != Relation::equal) {
    throw Error(Code::unknown_name, work.in.place_of(condition),
                fmt::format("{} has no value", expr::print(g, expr::symbols(g, condition).front(), expr::Style::plain)),
                "only an equation may be asserted with symbols in it");
  }
  return algebra::proven_equal(g, g.arg(condition, 0), g.arg(condition, 1), work.budget);
}

void run(Invocation& call) {
  const auto tokens = call.tokens();
  if (tokens.empty()) {
    throw Error(Code::argument, call.statement.name_span, "assert needs a condition", "assert 1/3 < 0.34");
  }
  Workspace& work = call.interpreter.new_workspace();
  const parse::Term term = call.expression(tokens, work);
  const Expr condition = work.in.scalar(term);
  call.interpreter.tell_notes(work);
  const bool constant = work.graph.is_constant(condition);
  bool holds = false;
  bool refuted = false;
  if (constant) {
    const eval::Number n = work.in.number(condition, call.session.settings.digits);
    const bool is_certain = n.exact && n.decimal.certainty != number::Certainty::estimated;
    holds = is_certain && !n.exact->is_zero();
    refuted = is_certain && n.exact->is_zero();
  } else {
    holds = is_identity(work, condition);
  }
  if (holds) return;
  throw Error(Code::assertion, term.span(),
              fmt::format("assertion failed: {} is {}", call.text(), refuted ? "false" : "not proven"));
}

}  // namespace

extern const Command assert_command{
    .name = "assert",
    .signature = "assert CONDITION",
    .help =
        "An error unless the condition is proven true. An equation with symbols in it must hold wherever both sides "
        "are defined.",
    .example = "assert 1/3 < 0.34",
    .run = run,
};

}  // namespace nabla::shell
