// The engine against its peers: prints a table of ratios. Run by scripts/bench.
#include <fmt/format.h>
#include <muParser.h>

#include <cmath>
#include <cstdio>
#include <random>

#include "algebra/algebra.h"
#include "algebra/call.h"
#include "eval/sweep.h"
#include "hand.h"
#include "parse/statement.h"
#include "race.h"
#include "shell/session.h"
#include "shell/workspace.h"
#if __has_include(<adolc/adolc.h>)
#include <adolc/adolc.h>
#define HAS_ADOLC 1
#endif

namespace {

using namespace nabla;
using bench::race;
using bench::ratio;
using bench::Runner;
using expr::Expr;

constexpr int kRounds = 21;

struct Nabla {
  shell::Session session;
  expr::Graph graph{&algebra::kRules};
  shell::Workspace work{graph, session, std::nullopt};

  Expr parse(std::string_view text) {
    const parse::Statement s = parse::parse_statement(text, session, {});
    return work.in.scalar(s.body);
  }
  Expr symbol(std::string_view name) { return graph.symbol(name); }
};

void report(std::string_view work, double value, std::string_view demand) {
  fmt::print("{:<64} {:>8.2f}   {}\n", work, value, demand);
  std::fflush(stdout);
}

void demand_equal(std::string_view what, double a, double b) {
  if (std::abs(a - b) > 1e-12 * std::max({1.0, std::abs(a), std::abs(b)})) {
    fmt::print("DISAGREEMENT in {}: {:.17g} and {:.17g}\n", what, a, b);
  }
}

std::vector<double> ramp(double lo, double hi, std::size_t n) {
  std::vector<double> v(n);
  for (std::size_t i = 0; i < n; ++i) v[i] = lo + (hi - lo) * static_cast<double>(i) / static_cast<double>(n);
  return v;
}

// One-threaded sweeps over 10^6 points.
void classroom_sweeps() {
  constexpr std::size_t n = 1'000'000;
  const std::vector<double> x = ramp(0.01, 1.99, n);
  const std::vector<double> y = ramp(0.5, 3, n);
  std::vector<double> out(n);
  std::vector<double> error(n);
  std::vector<double> reference(n);
  double by_hand = 0;
  double by_muparser = 0;
  double bounded = 0;
  double two = 0;
  std::string script =
      "import numpy as "
      "np,time,sys\nx=np.linspace(0.01,1.99,1000000,endpoint=False)\ny=np.linspace(0.5,3,1000000,endpoint=False)\n";
  std::vector<double> own;
  for (const bench::Classroom& c : bench::classroom()) {
    Nabla nabla;
    const Expr e = nabla.parse(c.nabla);
    const Expr inputs[] = {nabla.symbol("x"), nabla.symbol("y")};
    const eval::Tape tape(nabla.work.in.evaluator(), std::span(&e, 1), inputs);
    const eval::Column columns[] = {eval::Column::of(x), eval::Column::of(y)};
    double* const results[] = {out.data()};
    double* const errors[] = {error.data()};
    eval::Job job;
    job.points = n;
    job.inputs = columns;
    job.out = results;
    job.threads = 1;
    eval::Job bounded_job = job;
    bounded_job.out_error = errors;
    eval::Job threaded_job = job;
    threaded_job.threads = 2;
    std::vector<Runner> runners{{"nabla", [&] { eval::sweep(tape, job); }, {}},
                                {"hand", [&] { c.hand(x.data(), y.data(), reference.data(), n); }, {}},
                                {"bounded", [&] { eval::sweep(tape, bounded_job); }, {}}};
    race(runners, kRounds, 1);
    std::vector<Runner> threads{{"one", [&] { eval::sweep(tape, job); }, {}},
                                {"two", [&] { eval::sweep(tape, threaded_job); }, {}}};
    race(threads, kRounds, 1, false);
    for (std::size_t i = 0; i < n; i += 997) demand_equal(c.nabla, out[i], reference[i]);
    mu::Parser parser;
    std::vector<double> mx = x;
    std::vector<double> my = y;
    parser.DefineVar("x", mx.data());
    parser.DefineVar("y", my.data());
    parser.SetExpr(std::string(c.muparser));
    std::vector<Runner> bulk{{"nabla", [&] { eval::sweep(tape, job); }, {}},
                             {"muparser", [&] { parser.Eval(reference.data(), static_cast<int>(n)); }, {}}};
    race(bulk, 3, 1);
    by_hand += std::log(ratio(runners[0], runners[1]));
    bounded += std::log(ratio(runners[2], runners[0]));
    two += std::log(ratio(threads[0], threads[1]));
    by_muparser += std::log(ratio(bulk[1], bulk[0]));
    own.push_back(runners[0].median());
    fmt::print("  {:<28} {:6.3f} ns a point, {:5.2f} of the hand-written, bounded {:5.2f}\n", c.nabla,
               runners[0].median() / n * 1e9, ratio(runners[0], runners[1]), ratio(runners[2], runners[0]));
    script += fmt::format(
        "t=[]\nfor i in range(7):\n  s=time.perf_counter(); r={}; "
        "t.append(time.perf_counter()-s)\nprint(sorted(t)[3])\n",
        c.numpy);
  }
  const auto count = static_cast<double>(own.size());
  report("12 expressions, 10^6 points: time against hand-written code", std::exp(by_hand / count), "at most 1.25");
  report("  with error bounds against without", std::exp(bounded / count), "at most 2.5");
  report("  two threads against one: times faster", std::exp(two / count), "at least 1.8");
  report("  times faster than muParser's bulk mode", std::exp(by_muparser / count), "at least 8");
  if (FILE* python = popen(fmt::format("python3 -c '{}' 2>/dev/null", script).c_str(), "r")) {
    double sum = 0;
    std::size_t k = 0;
    for (double seconds = 0; k < own.size() && std::fscanf(python, "%lf", &seconds) == 1; ++k)
      sum += std::log(seconds / own[k]);
    pclose(python);
    if (k == own.size()) report("  times faster than numpy", std::exp(sum / count), "at least 1.8");
  }
}

void one_point_at_a_time() {
  double sum = 0;
  for (const bench::Classroom& c : bench::classroom()) {
    Nabla nabla;
    const Expr e = nabla.parse(c.nabla);
    const Expr inputs[] = {nabla.symbol("x"), nabla.symbol("y")};
    const eval::Tape tape(nabla.work.in.evaluator(), std::span(&e, 1), inputs);
    eval::Point point(tape);
    point.renew();
    double mx = 0;
    double my = 0;
    mu::Parser parser;
    parser.DefineVar("x", &mx);
    parser.DefineVar("y", &my);
    parser.SetExpr(std::string(c.muparser));
    double total = 0;
    double mu_total = 0;
    std::vector<Runner> runners{{"nabla",
                                 [&] {
                                   total = 0;
                                   for (int i = 1; i <= 10000; ++i) {
                                     point.inputs()[0] = 1.9e-4 * i;
                                     point.inputs()[1] = 0.5;
                                     point.run();
                                     total += point.result(0);
                                   }
                                 },
                                 {}},
                                {"muparser",
                                 [&] {
                                   mu_total = 0;
                                   for (int i = 1; i <= 10000; ++i) {
                                     mx = 1.9e-4 * i;
                                     my = 0.5;
                                     mu_total += parser.Eval();
                                   }
                                 },
                                 {}}};
    race(runners, kRounds, 1);
    demand_equal(c.nabla, total, mu_total);
    fmt::print("  {:<28} {:6.2f} ns, {:5.2f} times faster\n", c.nabla, runners[0].median() * 1e5,
               ratio(runners[1], runners[0]));
    sum += std::log(ratio(runners[1], runners[0]));
  }
  report("one point at a time: times faster than muParser's Eval",
         std::exp(sum / static_cast<double>(bench::classroom().size())), "at least 2");
}

struct Regression {
  std::string_view name;
  std::string_view residual;  // over the columns and parameters
  std::vector<std::string> columns;
  std::vector<std::string> parameters;
  std::function<double(const std::vector<std::vector<double>>&, const double*, double*)> hand;
};

#ifdef HAS_ADOLC
adouble network_loss(const std::vector<std::vector<double>>& d, const adouble* p) {
  adouble loss = 0;
  for (std::size_t i = 0; i < d[0].size(); ++i) {
    adouble out = p[32];
    for (int j = 0; j < 8; ++j) out += p[24 + j] * tanh(p[j] * d[0][i] + p[8 + j] * d[1][i] + p[16 + j]);
    const adouble r = out - d[2][i];
    loss += r * r;
  }
  return loss / static_cast<double>(d[0].size());
}
adouble fit_loss(const std::vector<std::vector<double>>& d, const adouble* p) {
  adouble loss = 0;
  for (std::size_t i = 0; i < d[0].size(); ++i) {
    const double t = d[0][i];
    const adouble t1 = t - p[4];
    const adouble t2 = t - p[7];
    const adouble r =
        p[0] + p[1] * t + p[2] * exp(-p[3] * t1 * t1) + p[5] * exp(-p[6] * t2 * t2) + p[8] * sin(p[9] * t) - d[1][i];
    loss += r * r;
  }
  return loss / static_cast<double>(d[0].size());
}
#endif

void regression(const Regression& task, int tag) {
  constexpr std::size_t rows = 1000;
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> uniform(-1, 1);
  std::vector<std::vector<double>> data(task.columns.size());
  for (auto& column : data) {
    for (std::size_t i = 0; i < rows; ++i) column.push_back(uniform(random));
  }
  std::vector<double> p;
  for (std::size_t k = 0; k < task.parameters.size(); ++k) p.push_back(uniform(random));

  Nabla nabla;
  const Expr r = nabla.parse(task.residual);
  std::vector<Expr> roots{expr::power(nabla.graph, r, 2)};
  std::vector<Expr> columns;
  for (const auto& c : task.columns) columns.push_back(nabla.symbol(c));
  std::vector<Expr> parameters;
  for (const auto& c : task.parameters) parameters.push_back(nabla.symbol(c));
  eval::Evaluator& in = nabla.work.in.evaluator();
  const eval::Tape value(in, roots, columns, parameters);
  for (Expr g : algebra::gradient(nabla.graph, roots[0], parameters, nabla.work.budget)) roots.push_back(g);
  const eval::Tape both(in, roots, columns, parameters);
  std::vector<eval::Column> inputs;
  for (const auto& column : data) inputs.push_back(eval::Column::of(column));
  std::vector<double> sums(roots.size());
  std::vector<double> by_hand(p.size());
  eval::Job job;
  job.points = rows;
  job.inputs = inputs;
  job.parameters = p;
  job.sums = sums;
  job.threads = 1;
  eval::Job value_job = job;
  value_job.sums = std::span(sums).first(1);
  eval::Sweep both_sweep(both);
  eval::Sweep value_sweep(value);
  std::vector<Runner> runners{{"both", [&] { both_sweep.run(job); }, {}},
                              {"value", [&] { value_sweep.run(value_job); }, {}},
                              {"hand", [&] { task.hand(data, p.data(), by_hand.data()); }, {}}};
#ifdef HAS_ADOLC
  std::vector<double> adolc(p.size());
  {
    trace_on(static_cast<short>(tag));
    std::vector<adouble> ap(p.size());
    for (std::size_t k = 0; k < p.size(); ++k) ap[k] <<= p[k];
    adouble loss = tag == 1 ? network_loss(data, ap.data()) : fit_loss(data, ap.data());
    double result = 0;
    loss >>= result;
    trace_off();
  }
  runners.push_back(
      {"adolc", [&] { gradient(static_cast<short>(tag), static_cast<int>(p.size()), p.data(), adolc.data()); }, {}});
#endif
  race(runners, kRounds, 20);
  eval::sweep(both, job);
  for (std::size_t k = 0; k < p.size(); ++k) {
    demand_equal(task.name, sums[k + 1] / rows, by_hand[k]);
#ifdef HAS_ADOLC
    demand_equal(task.name, sums[k + 1] / rows, adolc[k]);
#endif
  }
  fmt::print("  {} and {} instructions\n", value.each().size(), both.each().size());
  fmt::print("  {}: value {:.2f} µs, value and gradient {:.2f} µs, by hand {:.2f} µs\n", task.name,
             runners[1].median() * 1e6, runners[0].median() * 1e6, runners[2].median() * 1e6);
  report(fmt::format("{}: value and gradient against the value", task.name), ratio(runners[0], runners[1]),
         "at most 1.4");
  report("  against hand-vectorised code", ratio(runners[0], runners[2]), "at most 1.25");
#ifdef HAS_ADOLC
  report("  times faster than ADOL-C", ratio(runners[3], runners[0]), "at least 10");
#endif
}

void regressions() {
  Regression net{"network, 1000 rows, 33 parameters", "", {"x", "y", "z"}, {}, nullptr};
  std::string text = "c";
  for (int j = 0; j < 8; ++j) text += fmt::format(" + v{0}*tanh(a{0}*x + b{0}*y + d{0})", j);
  text += " - z";
  for (const char* name : {"a", "b", "d", "v"}) {
    for (int j = 0; j < 8; ++j) net.parameters.push_back(fmt::format("{}{}", name, j));
  }
  net.parameters.push_back("c");
  net.residual = text;
  net.hand = [](const auto& d, const double* p, double* g) {
    return bench::network(d[0].data(), d[1].data(), d[2].data(), d[0].size(), p, g);
  };
  regression(net, 1);
  Regression fit{"fit, 1000 rows, 10 parameters",
                 "p0 + p1 x + p2*exp(-p3*(x - p4)^2) + p5*exp(-p6*(x - p7)^2) + p8*sin(p9*x) - y",
                 {"x", "y"},
                 {"p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9"},
                 [](const auto& d, const double* p, double* g) {
                   return bench::fit(d[0].data(), d[1].data(), d[0].size(), p, g);
                 }};
  regression(fit, 2);
}

void rosenbrock(int n) {
  Nabla nabla;
  expr::Graph& g = nabla.graph;
  std::vector<Expr> x;
  for (int i = 0; i < n; ++i) x.push_back(g.symbol(fmt::format("x{}", i)));
  std::vector<Expr> terms;
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    const Expr a = expr::subtract(g, x[i + 1], expr::power(g, x[i], 2));
    const Expr b = expr::subtract(g, expr::integer(g, 1), x[i]);
    terms.push_back(expr::multiply(g, expr::integer(g, 100), expr::power(g, a, 2)));
    terms.push_back(expr::power(g, b, 2));
  }
  std::vector<Expr> roots{expr::sum(g, terms)};
  for (Expr d : algebra::gradient(g, roots[0], x, nabla.work.budget)) roots.push_back(d);
  const eval::Tape tape(nabla.work.in.evaluator(), roots, x);
  eval::Point point(tape);
  point.renew();
  std::vector<double> at(x.size());
  for (std::size_t i = 0; i < at.size(); ++i) at[i] = std::sin(static_cast<double>(i));
  std::vector<Runner> runners{{"nabla",
                               [&] {
                                 std::ranges::copy(at, point.inputs().begin());
                                 point.run();
                               },
                               {}}};
#ifdef HAS_ADOLC
  const short tag = 3;
  {
    trace_on(tag);
    std::vector<adouble> ax(at.size());
    for (std::size_t i = 0; i < at.size(); ++i) ax[i] <<= at[i];
    adouble f = 0;
    for (std::size_t i = 0; i + 1 < at.size(); ++i) {
      const adouble a = ax[i + 1] - ax[i] * ax[i];
      const adouble b = 1 - ax[i];
      f += 100 * a * a + b * b;
    }
    double result = 0;
    f >>= result;
    trace_off();
  }
  std::vector<double> adolc(at.size());
  runners.push_back({"adolc", [&] { gradient(tag, n, at.data(), adolc.data()); }, {}});
#endif
  race(runners, kRounds, std::max(1, 20000 / n));
#ifdef HAS_ADOLC
  for (std::size_t i = 0; i < at.size(); ++i) demand_equal("Rosenbrock", point.result(i + 1), adolc[i]);
  report(fmt::format("Rosenbrock, {} variables: times faster than ADOL-C", n), ratio(runners[1], runners[0]),
         "at least 3");
#endif
  fmt::print("  {:.3f} µs for value and gradient\n", runners[0].median() * 1e6);
}

void compile_times() {
  const std::string typical = "x^2*sin(y)+exp(-x*y)/(1+x^2)";
  mu::Parser parser;
  double mx = 1;
  double my = 1;
  parser.DefineVar("x", &mx);
  parser.DefineVar("y", &my);
  shell::Session session;
  expr::Graph graph{&algebra::kRules};
  const auto whole = [&](const std::string& text) {
    const parse::Statement s = parse::parse_statement(text, session, {});
    shell::Workspace work(graph, session, std::nullopt);
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

}  // namespace

int main(int argc, char**) {
  if (argc > 1) {
    regressions();
    return 0;
  }
  fmt::print("instructions: {} doubles in a vector\n", 2 << static_cast<int>(eval::kernels().isa));
  classroom_sweeps();
  one_point_at_a_time();
  regressions();
  for (const int n : {10, 100, 1000}) rosenbrock(n);
  compile_times();
}
