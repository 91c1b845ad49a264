#include <fmt/format.h>

#include <cmath>

#include "base/error.h"
#include "calc/forms.h"
#include "calc/numdiff.h"
#include "shell/command.h"
#include "shell/interpreter.h"

namespace nabla::shell {

namespace {

using base::Code;
using base::Error;
using parse::Head;

using Tokens = std::span<const parse::Token>;

// 4.3e-2 rather than 4.3e-02.
std::string short_exponent(std::string text) {
  const std::size_t zero = text.find("e-0");
  return zero == std::string::npos ? text : text.erase(zero + 2, 1);
}

view::Cell number_cell(std::string text) {
  view::Cell c;
  c.decimal = short_exponent(std::move(text));
  return c;
}

view::Cell error_cell(double error, bool best, view::Format format) {
  if (std::isnan(error)) {
    view::Cell none;
    none.content = view::Cell::Content::nothing;
    return none;
  }
  const bool marked = best && format != view::Format::json && format != view::Format::csv;
  return number_cell(fmt::format("{:.1e}{}", error, marked ? "*" : ""));
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
  calc::FormVariables variables(work.in, {work.in.variable(t[1], "trace numdiff")}, t[1].span());
  const calc::Expr body = variables.read_number(t[0], "trace numdiff");
  const calc::DifferenceTrace trace = calc::trace_differences(work.in, body, variables.symbol(), a);
  const view::Format format = call.session.settings.look.format;

  view::Answer table;
  table.kind = view::AnswerKind::table;
  table.header = {"h"};
  for (const calc::DifferenceMethod& m : calc::difference_methods()) table.header.emplace_back(m.name);
  table.columns = static_cast<std::uint32_t>(table.header.size());
  table.rows = static_cast<std::uint32_t>(trace.rows.size());
  table.certainty = view::Certainty::estimated;
  for (std::size_t i = 0; i < trace.rows.size(); ++i) {
    table.cells.push_back(number_cell(fmt::format("{:.0e}", trace.rows[i].h)));
    for (std::size_t m = 0; m < trace.best.size(); ++m) {
      table.cells.push_back(error_cell(trace.rows[i].errors[m], trace.best[m] == i, format));
    }
  }
  call.interpreter.tell_notes(work);
  call.interpreter.say(std::move(table));
  if (format != view::Format::text) return;
  view::Answer reason;
  reason.kind = view::AnswerKind::text;
  reason.content =
      fmt::format("exact: {:.15g}; errors above, * the best of each method.\n{}\n", trace.exact, trace.reason);
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

}  // namespace nabla::shell
