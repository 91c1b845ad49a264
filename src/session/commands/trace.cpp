#include <fmt/format.h>

#include <cmath>

#include "base/error.h"
#include "calc/elaborate/forms.h"
#include "calc/operations/numdiff.h"
#include "session/command.h"
#include "session/interpreter.h"
#include "view/answers/format.h"

namespace nabla::session {

namespace {

using base::Code;
using base::Error;
using parse::Head;

using Tokens = std::span<const parse::Token>;

// 4.3e-2, 1.1e3 and 1.1 rather than 4.3e-02, 1.1e+03 and 1.1e+00; 0 alone.
std::string short_number(double x, int digits) {
  if (x == 0) return "0";
  const std::string text = fmt::format("{:.{}e}", x, digits);
  const std::size_t e = text.find('e');
  const std::size_t digit = text.find_first_not_of("+-0", e + 1);
  if (digit == std::string::npos) return text.substr(0, e);
  return text.substr(0, e + 1) + (text[e + 1] == '-' ? "-" : "") + text.substr(digit);
}

view::Cell number_cell(std::string text) {
  view::Cell c;
  c.decimal = std::move(text);
  return c;
}

// A cell with the size of an error; the least of a method is marked, except in data formats.
view::Cell error_cell(double error, bool best, view::Format format) {
  if (std::isnan(error)) {
    view::Cell none;
    none.content = view::Cell::Content::nothing;
    return none;
  }
  const std::string text = short_number(std::abs(error), 1);
  if (!best || view::row_of(format).is_data) return number_cell(text);
  view::Cell cell = number_cell(text + "*");
  const std::size_t e = text.find('e');
  cell.latex = e == std::string::npos
                   ? fmt::format("\\mathbf{{{}}}", text)
                   : fmt::format("\\mathbf{{{} \\cdot 10^{{{}}}}}", text.substr(0, e), text.substr(e + 1));
  return cell;
}

// trace numdiff E at x = a: the error of each method for each step size.
void numdiff(Invocation& call, Tokens tokens) {
  constexpr std::string_view kExample = "trace numdiff sin(x) at x = 1";
  Workspace& work = call.interpreter.new_workspace();
  if (tokens.empty()) {
    throw Error(Code::argument, call.statement.name_span, "trace numdiff needs an expression and a point",
                fmt::format("for example {}", kExample));
  }
  const parse::Term t = call.expression(tokens, work);
  if (t.head() != Head::at || t.size() != 3) {
    throw Error(Code::argument, t.span(), "trace numdiff needs one point", fmt::format("for example {}", kExample));
  }
  const calc::Expr a = work.in.scalar(t[2]);
  if (!work.graph.is_constant(a)) {
    throw Error(Code::argument, t[2].span(), "trace numdiff needs a number as its point",
                fmt::format("for example {}", kExample));
  }
  calc::FormVariables variables(work.in, {work.in.variable(t[1], "trace numdiff")}, t[1].span());
  const calc::Expr body = variables.read_number(t[0], "trace numdiff");
  for (const calc::Expr s : expr::symbols(work.graph, body)) {
    if (s != variables.symbol()) {
      throw Error(Code::unknown_name, t[0].span(), fmt::format("{} has no value", work.graph.name(s)),
                  fmt::format("give it one: {} = 2", work.graph.name(s)));
    }
  }
  const calc::DifferenceTrace trace = calc::trace_differences(work.in, body, variables.symbol(), a);
  const std::string exact = work.in.number(trace.exact, call.session.settings.digits).decimal.text;
  const view::Format format = call.session.settings.look.format;

  view::Answer table;
  table.kind = view::AnswerKind::table;
  table.header = {"h"};
  for (const calc::DifferenceMethod& m : calc::difference_methods()) table.header.emplace_back(m.name);
  table.columns = static_cast<std::uint32_t>(table.header.size());
  table.rows = static_cast<std::uint32_t>(trace.rows.size());
  table.certainty = view::Certainty::estimated;
  for (std::size_t i = 0; i < trace.rows.size(); ++i) {
    table.cells.push_back(number_cell(short_number(trace.rows[i].h, 0)));
    for (std::size_t m = 0; m < trace.best.size(); ++m) {
      table.cells.push_back(error_cell(trace.rows[i].errors[m], trace.best[m] == i, format));
    }
  }
  call.interpreter.tell_notes(work);
  call.interpreter.say(std::move(table));
  if (format != view::Format::text) return;
  view::Answer reason;
  reason.kind = view::AnswerKind::text;
  reason.content = fmt::format("exact: {}; above, how far each method is off, * where it comes nearest\n", exact);
  for (const std::string& line : trace.reasons) reason.content += line + "\n";
  call.interpreter.say(std::move(reason));
}

struct Method {
  std::string_view name;
  void (*run)(Invocation& call, Tokens rest);
};
constexpr Method kMethods[] = {{"numdiff", numdiff}};

void run(Invocation& call) {
  const Tokens tokens = call.tokens();
  if (!tokens.empty()) {
    for (const Method& m : kMethods) {
      if (m.name == tokens[0].text) return m.run(call, tokens.subspan(1));
    }
  }
  throw Error(Code::argument, tokens.empty() ? call.statement.name_span : tokens[0].span,
              "trace needs the name of a method", "for example trace numdiff sin(x) at x = 1");
}

}  // namespace

extern const Command trace_command{
    .name = "trace",
    .signature = "trace numdiff E at x = a",
    .help = "Shows a numerical method step by step, a row a step, with its error.",
    .example = "trace numdiff sin(x) at x = 1",
    .run = run,
    .example_shown = true,
};

}  // namespace nabla::session
