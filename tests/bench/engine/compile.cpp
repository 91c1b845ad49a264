// From text to a tape of the value and its gradient: against muParser's own parse, and how it grows with the length.
#include <fmt/format.h>
#include <muParser.h>

#include "calc/graph_rules.h"
#include "common.h"
#include "eval/tape/tape.h"

namespace bench {

using namespace nabla;
using expr::Expr;

void compile_times() {
  const std::string typical = "x^2*sin(y)+exp(-x*y)/(1+x^2)";
  mu::Parser parser;
  double mx = 1;
  double my = 1;
  parser.DefineVar("x", &mx);
  parser.DefineVar("y", &my);
  session::Session session;
  expr::Graph graph{&calc::kRules};
  const auto whole = [&](const std::string& text) {
    const parse::Statement s = parse::parse_statement(text, session, {});
    session::Workspace work(graph, session, std::nullopt);
    const Expr e = work.in.scalar(s.body);
    const Expr inputs[] = {graph.symbol("x"), graph.symbol("y")};
    std::vector<Expr> roots{e};
    for (Expr d : algebra::gradient(graph, e, inputs, work.budget)) roots.push_back(d);
    const eval::Tape tape(work.in.evaluator(), roots, inputs);
  };
  std::vector<Runner> runners{{"nabla", [&] { whole(typical); }, {}},
                              {"muparser",
                               [&] {
                                 parser.SetExpr(typical);
                                 parser.Eval();
                               },
                               {}}};
  race(runners, kRounds, 200);
  fmt::print("  parse, differentiate, compile: {:.1f} µs, muParser's parse {:.1f} µs\n", runners[0].median() * 1e6,
             runners[1].median() * 1e6);
  report("parse + differentiate + compile against muParser's parse", ratio(runners[0], runners[1]), "at most 1.5");
  for (const int terms : {1000, 10000, 100000}) {
    std::string text;
    for (int i = 0; i < terms; ++i)
      text += fmt::format("{}{}*x^{}*sin({}*y)", i == 0 ? "" : "+", i % 97 + 1, i % 5 + 1, i + 1);
    std::vector<Runner> one{{"nabla", [&] { whole(text); }, {}}};
    race(one, terms > 20000 ? 1 : 3, 1);
    report(fmt::format("{} terms: milliseconds", terms), one[0].median() * 1e3,
           terms == 1000 ? "at most 12" : "linear");
  }
}

}  // namespace bench
