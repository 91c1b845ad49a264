// Differentiation: a typical formula from text to printed derivative, a large gradient, a high order at a point.
#include <benchmark/benchmark.h>

#include <random>

#include "algebra/derivative/derivative.h"
#include "algebra/derivative/gradient.h"
#include "algebra/rules/call.h"
#include "algebra/rules/rules.h"
#include "calc/graph_rules.h"
#include "eval/jets/jet.h"
#include "expr/write/print.h"
#include "functions/table.h"
#include "parse/statement.h"

namespace {

using namespace nabla;
using expr::Expr;
using expr::Graph;

class BenchNames : public parse::Names {
 public:
  parse::NameClass classify(std::string_view name) const override {
    const expr::Function* f = functions::find(name);
    if (f == nullptr) return parse::NameClass::unknown;
    return f->parameters.empty() ? parse::NameClass::value : parse::NameClass::function;
  }
  std::vector<std::string> all() const override { return {}; }
};

Expr read(Graph& g, std::string_view text) {
  const std::vector<std::string> names{"x"};
  const std::vector<Expr> symbols{g.symbol("x")};
  parse::Terms terms;
  std::vector<base::Note> notes;
  const std::vector<parse::Token> tokens = parse::tokenize(text);
  return algebra::from_rule_term(g, parse::parse_expression(terms, tokens, text, BenchNames(), names, false, notes),
                                 names, symbols);
}

void typical_formula(benchmark::State& state) {
  Graph g(&calc::kRules);
  base::Budget budget;
  for (auto _ : state) {
    g.clear();
    const Expr d = algebra::derivative(g, read(g, "x^2 sin(x)/(1 + x^2)"), g.symbol("x"), budget);
    benchmark::DoNotOptimize(expr::print(g, algebra::simplify(g, d, budget).expression, expr::Style::unicode));
  }
}
BENCHMARK(typical_formula)->Unit(benchmark::kMicrosecond);

void large_gradient(benchmark::State& state) {
  constexpr int kVariables = 100;
  base::Budget budget;
  for (auto _ : state) {
    state.PauseTiming();
    Graph g(&calc::kRules);
    std::vector<Expr> xs;
    for (int i = 0; i < kVariables; ++i) xs.push_back(g.symbol("x" + std::to_string(i)));
    std::minstd_rand random(1);
    std::vector<Expr> terms;
    for (int i = 0; i < 10'000; ++i) {
      const auto pick = [&] { return xs[static_cast<std::size_t>(random() % kVariables)]; };
      const Expr factors[] = {expr::integer(g, i % 9 + 1), pick(), pick(), pick()};
      terms.push_back(expr::product(g, factors));
    }
    const Expr f = expr::sum(g, terms);
    state.ResumeTiming();
    benchmark::DoNotOptimize(algebra::gradient(g, f, xs, budget));
  }
}
BENCHMARK(large_gradient)->Unit(benchmark::kMillisecond);

void high_order_at_a_point(benchmark::State& state) {
  Graph g(&calc::kRules);
  base::Budget budget;
  const Expr e = read(g, "exp(sin(x^2))");
  for (auto _ : state) {
    eval::Evaluator in(g, budget);
    benchmark::DoNotOptimize(eval::derivative_at(in, e, g.symbol("x"), expr::integer(g, 1), state.range(0), 128));
  }
}
BENCHMARK(high_order_at_a_point)->Arg(1)->Arg(12)->Arg(40)->Unit(benchmark::kMicrosecond);

}  // namespace
