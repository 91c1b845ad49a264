// Tables and plots: five curves as text (at most 10 ms), rows of three expressions with 12 proven digits (at most 2
// µs).
#include <benchmark/benchmark.h>

#include "algebra/rules/call.h"
#include "calc/graph_rules.h"
#include "parse/statement.h"
#include "session/command.h"
#include "session/interpreter.h"
#include "session/plot_reader.h"
#include "session/tables/tabulate.h"
#include "session/text_output.h"
#include "view/plots/text_plot.h"

namespace {

using namespace nabla;

void plot(benchmark::State& state, const char* text) {
  session::Session session;
  session::TextOutput output;
  session::Interpreter interpreter(session, output, {});
  expr::Graph graph{&calc::kRules};
  const view::TextStyle style;
  for (auto _ : state) {
    const parse::Statement statement = parse::parse_statement(text, session, session::command_words());
    session::Invocation call{interpreter, session, statement};
    session::Workspace work(graph, session, std::nullopt);
    const session::PlotRequest request = session::read_plot(call, work);
    benchmark::DoNotOptimize(view::text_plot(view::build(request.plot, view::text_resolution(style)), style));
  }
}
BENCHMARK_CAPTURE(plot, five_curves, "plot sin(x), cos(x), x^2/50, exp(-x^2), 1/x for x = -5..5")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(plot, fast_oscillation, "plot sin(1/x) for x = -1..1")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(plot, contours, "plot x^2 - y^2 for x = -3..3, y = -3..3")->Unit(benchmark::kMillisecond);

void table_row(benchmark::State& state) {
  session::Session session;
  expr::Graph graph{&calc::kRules};
  session::Workspace work(graph, session, std::nullopt);
  const expr::Expr x = graph.symbol("x");
  const calc::Elaborator::Binding binding(work.in, "x", x);
  std::vector<expr::Expr> columns;
  std::vector<parse::Statement> statements;
  for (const char* text : {"sin(x)", "exp(-x)", "x^2"}) {
    statements.push_back(parse::parse_statement(text, session, {}));
    columns.push_back(work.in.scalar(statements.back().body));
  }
  constexpr long kRows = 1'000'000;
  const eval::Points points(graph, graph.rational(0), graph.rational(number::Rational(100, kRows)), kRows + 1);
  session::Tabulator cells(work.in.evaluator(), {{x, points}}, columns);
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(cells.row(i++ % cells.size(), 12));
}
BENCHMARK(table_row);

}  // namespace
