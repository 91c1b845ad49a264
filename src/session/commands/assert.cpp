#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "calc/operations/same.h"
#include "session/command.h"
#include "session/interpreter.h"

namespace nabla::session {

namespace {

using base::Code;
using base::Error;
using expr::Expr;
using expr::Graph;

enum class Verdict { proven, refuted, open };

bool is_free_of_symbols(const Graph& g, const expr::Value& v) {
  return std::ranges::all_of(v.elements, [&](Expr e) { return g.is_constant(e); });
}

Verdict verdict_on(Workspace& work, const parse::Term& term, int digits) {
  Graph& g = work.graph;
  if (term.head() == parse::Head::equal) {
    const expr::Value left = work.in.elaborate(term[0]);
    const expr::Value right = work.in.elaborate(term[1]);
    if (!is_free_of_symbols(g, left) || !is_free_of_symbols(g, right)) {
      const Expr same = calc::same(work.in, left, right, term.span());
      if (g.kind(same) != expr::Kind::boolean) return Verdict::open;
      return g.truth(same) ? Verdict::proven : Verdict::refuted;
    }
  }
  const Expr condition = work.in.scalar(term);
  if (!g.is_constant(condition)) {
    const Expr symbol = expr::symbols(g, condition).front();
    throw Error(Code::unknown_name, term.span(), fmt::format("{} has no value", g.name(symbol)),
                "only an equation may be asserted with symbols in it");
  }
  const eval::Number n = work.in.number(condition, digits);
  if (!n.exact || n.decimal.certainty == number::Certainty::estimated) return Verdict::open;
  return n.exact->is_zero() ? Verdict::refuted : Verdict::proven;
}

void run(Invocation& call) {
  const auto tokens = call.tokens();
  if (tokens.empty()) {
    throw Error(Code::argument, call.statement.name_span, "assert needs a condition", "assert 1/3 < 0.34");
  }
  Workspace& work = call.interpreter.new_workspace();
  const parse::Term term = call.expression(tokens, work);
  const Verdict verdict = verdict_on(work, term, call.session.settings.digits);
  call.interpreter.tell_notes(work);
  if (verdict == Verdict::proven) return;
  throw Error(Code::assertion, term.span(),
              fmt::format("assertion failed: {} is {}", call.text(),
                          verdict == Verdict::refuted ? "false" : "neither proven nor refuted"));
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

}  // namespace nabla::session
