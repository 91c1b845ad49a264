// extrema E for RANGE: a table of maxima, minima and points of inflection.
#include "algebra/simplify/closed_form.h"
#include "base/error.h"
#include "calc/landmarks/turning_points.h"
#include "expr/write/print.h"
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

// A number, by its short exact form too if it has one.
Cell cell(Workspace& work, const eval::Number& n, std::optional<expr::Expr> exactly) {
  Cell c;
  if (exactly && n.decimal.certainty == number::Certainty::proven) {
    if (const auto form = algebra::closed_form(work.graph, *exactly, work.budget)) {
      c.unicode = expr::print(work.graph, *form, expr::Style::unicode);
      c.plain = expr::print(work.graph, *form, expr::Style::plain);
      c.latex = expr::latex(work.graph, *form);
    }
  }
  c.decimal = n.decimal.text;
  c.certainty = n.decimal.certainty;
  return c;
}

// Of each row whether its value is the least or the greatest of all, where that is proven.
std::vector<std::string> marks(eval::Evaluator& in, expr::Expr f, expr::Expr x, const calc::Turns& turns) {
  constexpr base::Bits kBits = 128;
  std::vector<std::string> out(turns.found.size());
  if (!turns.complete || !turns.continuous) return out;
  std::vector<number::Ball> values;
  for (const calc::Turn& turn : turns.found) {
    in.budget().check();
    eval::Evaluator::Scope variable(in, x);
    variable.bind(eval::Outcome::enclosed(calc::enclosure(in, x, turn.place, kBits)));
    const eval::Outcome o = in.evaluate(f, kBits);
    values.push_back(o.exact ? number::Ball(*o.exact, kBits) : o.has_value() ? o.ball : number::Ball::nan());
  }
  // The only candidate is the one whose upper (lower) end is the least (greatest); it must be below (above) all others.
  const auto mark = [&](auto before, const char* name) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < values.size(); ++i) {
      if (before(values[i], values[best])) best = i;
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i != best && !before(values[best], values[i])) return;
    }
    out[best] = name;
  };
  if (values.empty()) return out;
  const auto less = [](const number::Ball& a, const number::Ball& b) {
    return number::less(a, b) == number::Truth::yes;
  };
  mark(less, "least");
  mark([&](const number::Ball& a, const number::Ball& b) { return less(b, a); }, "greatest");
  return out;
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
  const auto lo = calc::place_of(in, range.lo);
  const auto hi = calc::place_of(in, range.hi);
  if (!lo || !hi) throw Error(Code::range, range.span, "the ends of the range have no value");
  const calc::Turns found = calc::turns(in, value.scalar(), form.symbol(0), *lo, *hi);
  const std::vector<std::string> of_all = marks(in, value.scalar(), form.symbol(0), found);
  call.interpreter.tell_notes(work);
  Output& output = call.interpreter.output();
  const Screen screen = output.screen();
  const Settings& settings = call.session.settings;
  const view::TableLook look{settings.look, screen_width(settings, screen), uses_color(settings, screen)};
  const auto writer =
      output.table(look, call.interpreter.table_head({"", range.name, typed(call, body, look.look.style), "of all"}));
  number::Certainty certainty = found.complete ? number::Certainty::exact : number::Certainty::estimated;
  std::vector<std::vector<Cell>> rows;
  for (std::size_t i = 0; i < found.found.size(); ++i) {
    const calc::Turn& turn = found.found[i];
    const auto exactly = turn.place.at;
    const auto there = exactly ? std::optional(calc::put(in, value.scalar(), form.symbol(0), *exactly)) : std::nullopt;
    std::vector<Cell> row = {
        word(calc::name_of(turn.kind)),
        cell(work, calc::number_at(in, form.symbol(0), form.symbol(0), turn.place, digits), exactly),
        cell(work, calc::number_at(in, value.scalar(), form.symbol(0), turn.place, digits), there), word(of_all[i])};
    if (turn.plateau) {
      row[1] =
          word(number::decimal(turn.plateau->lo, digits).text + ".." + number::decimal(turn.plateau->hi, digits).text);
    }
    for (const Cell& c : row) certainty = std::max(certainty, c.certainty);
    rows.push_back(std::move(row));
  }
  for (const std::vector<Cell>& row : rows) writer->row(row);
  writer->finish(certainty);
  if (!found.complete) call.interpreter.note({}, "it is not proven that these are all");
}

}  // namespace

extern const Command extrema_command{
    .name = "extrema",
    .signature = "extrema E for RANGE",
    .help =
        "A table of the maxima, minima and points of inflection inside a range, and of its ends, with the values "
        "there.",
    .example = "extrema x^3 - 3x for x = -2..2",
    .run = run,
    .example_shown = true,
};

}  // namespace nabla::session
