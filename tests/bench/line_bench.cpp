// One line of a session from text to its printed answer, without the program's start.
#include <benchmark/benchmark.h>

#include "algebra/rules/call.h"
#include "calc/graph_rules.h"
#include "parse/statement.h"
#include "session/answering.h"
#include "session/session.h"
#include "session/workspace.h"
#include "view/answers/answer.h"

namespace {

using namespace nabla;

void answer(benchmark::State& state, const char* text) {
  session::Session session;
  expr::Graph graph{&calc::kRules};
  for (auto _ : state) {
    const parse::Statement statement = parse::parse_statement(text, session, {});
    session::Workspace work(graph, session, std::nullopt);
    const view::Answer found = session::answer_of(work, work.in.elaborate(statement.body), session.settings);
    benchmark::DoNotOptimize(view::render(found, session.settings.look));
  }
}

void parse_only(benchmark::State& state, const char* text) {
  session::Session session;
  for (auto _ : state) benchmark::DoNotOptimize(parse::parse_statement(text, session, {}));
}

BENCHMARK_CAPTURE(parse_only, typical, "x^2*sin(y)+exp(-x*y)/(1+x^2)");
BENCHMARK_CAPTURE(answer, exact, "1/3 + 1/6");
BENCHMARK_CAPTURE(answer, twelve_digits, "exp(-0.3)*sin(2.5)/(1+0.7^2)");
BENCHMARK_CAPTURE(answer, typical_at_a_point, "x^2*sin(y)+exp(-x*y)/(1+x^2) at x = 0.5, y = 1.5");
BENCHMARK_CAPTURE(answer, special_function, "besselj(1, 2.5) + gamma(3.3)");
BENCHMARK_CAPTURE(answer, derivative_formula, "diff(x^2*sin(x)*exp(-x), x)");

}  // namespace
