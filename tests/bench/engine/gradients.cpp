// Values and gradients together: against the value alone, hand-written code and ADOL-C.
#include <fmt/format.h>

#include <cmath>
#include <functional>
#include <random>

#include "common.h"
#include "eval/batch/sweep.h"
#include "hand.h"
#if __has_include(<adolc/adolc.h>)
#include <adolc/adolc.h>
#define HAS_ADOLC 1
#endif

namespace bench {

using namespace nabla;
using expr::Expr;

namespace {

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
  std::vector<Expr> direction;
  for (int i = 0; i < n; ++i) direction.push_back(g.symbol(fmt::format("v{}", i)));
  std::vector<Expr> second_roots = roots;
  for (Expr d : algebra::hessian_product(g, roots[0], x, direction, nabla.work.budget)) second_roots.push_back(d);
  std::vector<Expr> second_inputs = x;
  second_inputs.insert(second_inputs.end(), direction.begin(), direction.end());
  const eval::Tape second_tape(nabla.work.in.evaluator(), second_roots, second_inputs);
  eval::Point second(second_tape);
  second.renew();
  std::vector<double> at(x.size());
  std::vector<double> v(x.size());
  for (std::size_t i = 0; i < at.size(); ++i) {
    at[i] = std::sin(static_cast<double>(i));
    v[i] = std::cos(static_cast<double>(i));
  }
  std::vector<Runner> runners{{"nabla",
                               [&] {
                                 std::ranges::copy(at, point.inputs().begin());
                                 point.run();
                               },
                               {}},
                              {"product",
                               [&] {
                                 std::ranges::copy(at, second.inputs().begin());
                                 std::ranges::copy(v, second.inputs().begin() + static_cast<std::ptrdiff_t>(x.size()));
                                 second.run();
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
  std::vector<double> adolc_product(at.size());
  runners.push_back({"adolc", [&] { gradient(tag, n, at.data(), adolc.data()); }, {}});
  runners.push_back({"adolc product", [&] { hess_vec(tag, n, at.data(), v.data(), adolc_product.data()); }, {}});
#endif
  race(runners, kRounds, std::max(1, 20000 / n));
#ifdef HAS_ADOLC
  for (std::size_t i = 0; i < at.size(); ++i) demand_equal("Rosenbrock", point.result(i + 1), adolc[i]);
  for (std::size_t i = 0; i < at.size(); ++i) {
    demand_equal("Hessian times vector", second.result(x.size() + i + 1), adolc_product[i]);
  }
  report(fmt::format("Rosenbrock, {} variables: times faster than ADOL-C", n), ratio(runners[2], runners[0]),
         "at least 3");
  report("  value, gradient and Hessian times a vector: times faster", ratio(runners[3], runners[1]), "");
#endif
  report("  against value and gradient", ratio(runners[1], runners[0]), "a small multiple");
  fmt::print("  {:.3f} µs for value and gradient\n", runners[0].median() * 1e6);
}

}  // namespace

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

void rosenbrock() {
  for (const int n : {10, 100, 1000}) rosenbrock(n);
}

}  // namespace bench
