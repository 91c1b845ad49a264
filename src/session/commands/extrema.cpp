// extrema E for RANGE: a table of maxima, minima and points of inflection.
#include "base/error.h"
#include "calc/landmarks/turning_points.h"
#include "session/interpreter.h"
#include "session/ranged.h"
#include "session/style.h"
#include "view/answers/table.h"

namespace nabla::session {

namespace {

using base::Code;
using base::Error;
using number::Rational;
using view::Cell;

Cell word(std::string_view text) {
  Cell c;
  c.content = Cell::Content::expression;
  c.unicode = c.plain = text;
  c.latex = "\\text{" + std::string(text) + "}";
  return c;
}

Cell cell(const eval::Number& n) {
  Cell c;
  c.decimal = n.decimal.text;
  c.certainty = n.decimal.certainty;
  return c;
}

void run(Invocation& call) {
  constexpr std::string_view kExample = "write extrema x^3 - 3x for x = -2..2";
  const Tokens tokens = call.tokens();
  const auto at = parse::find_top_level(tokens, "for");
  if (at.empty() || at.front() == 0)
    throw Error(Code::syntax, call.statement.name_span, "extrema needs an expression and a range",
                std::string(kExample));
  const auto ranges = calc::split_ranges(tokens.subspan(at.front() + 1));
  Workspace& work = call.interpreter.new_workspace();
  Ranged form(call, work, ranges);
  const calc::Range& range = form.ranges().front();
  if (ranges.size() != 1 || range.discrete || range.low == range.high)
    throw Error(Code::range, range.span, "extrema needs one range with room in it", std::string(kExample));
  const Tokens body = tokens.first(at.front());
  const expr::Value value = form.value(body);
  const base::Span place = base::join(body.front().span, body.back().span);
  if (!value.is_scalar()) throw Error(Code::shape, place, "a number is needed here, not a vector");
  form.require_known(value.scalar(), place);

  eval::Evaluator& in = work.in.evaluator();
  const int digits = call.session.settings.digits;
  calc::Turns found = calc::turns(in, value.scalar(), form.symbol(0), Rational::from_double(range.low),
                                  Rational::from_double(range.high));
  call.interpreter.tell_notes(work);
  Output& output = call.interpreter.output();
  const Screen screen = output.screen();
  const Settings& settings = call.session.settings;
  const view::TableLook look{settings.look, screen_width(settings, screen), uses_color(settings, screen)};
  const auto writer =
      output.table(look, call.interpreter.table_head({"", range.name, typed(call, body, look.look.style)}));
  number::Certainty certainty = number::Certainty::exact;
  for (calc::Turn& turn : found.found) {
    const Cell row[] = {word(calc::name_of(turn.kind)),
                        cell(calc::number_at(in, form.symbol(0), form.symbol(0), turn.place, digits)),
                        cell(calc::number_at(in, value.scalar(), form.symbol(0), turn.place, digits))};
    for (const Cell& c : row) certainty = std::max(certainty, c.certainty);
    writer->row(row);
  }
  writer->finish(certainty);
  if (!found.complete) call.interpreter.note({}, "it is not proven that these are all");
}

}  // namespace

extern const Command extrema_command{
    .name = "extrema",
    .signature = "extrema E for RANGE",
    .help = "A table of the maxima, minima and points of inflection inside a range, with the values there.",
    .example = "extrema x^3 - 3x for x = -2..2",
    .run = run,
    .example_shown = true,
};

}  // namespace nabla::session
