// Tables of values: against hand-written code, muParser's bulk mode and numpy.
#include <fmt/format.h>
#include <muParser.h>

#include <cmath>

#include "common.h"
#include "eval/sweep.h"
#include "hand.h"
#include "numpy.h"

namespace bench {

using namespace nabla;
using expr::Expr;

namespace {

constexpr std::size_t kStride = 997;  // between values that are compared

std::vector<double> ramp(double lo, double hi, std::size_t n) {
  std::vector<double> v(n);
  for (std::size_t i = 0; i < n; ++i) v[i] = lo + (hi - lo) * static_cast<double>(i) / static_cast<double>(n);
  return v;
}

}  // namespace

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
  double by_numpy = 0;
  Numpy numpy(0.01, 1.99, 0.5, 3, n);
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
    const auto demand_agreement = [&] {
      for (std::size_t i = 0; i < n; i += kStride) demand_equal(c.nabla, out[i], reference[i]);
    };
    demand_agreement();
    mu::Parser parser;
    std::vector<double> mx = x;
    std::vector<double> my = y;
    parser.DefineVar("x", mx.data());
    parser.DefineVar("y", my.data());
    parser.SetExpr(std::string(c.muparser));
    std::vector<Runner> bulk{{"nabla", [&] { eval::sweep(tape, job); }, {}},
                             {"muparser", [&] { parser.Eval(reference.data(), static_cast<int>(n)); }, {}}};
    race(bulk, 5, 1);
    demand_agreement();
    std::vector<Runner> arrays{{"nabla", [&] { eval::sweep(tape, job); }, {}},
                               {"numpy", {}, {}, [&] { return numpy.seconds(c.numpy).value_or(0); }}};
    race(arrays, kRounds, 1);
    const std::vector<double> theirs = numpy.values(kStride);
    for (std::size_t i = 0; i < theirs.size(); ++i) demand_equal(c.numpy, out[i * kStride], theirs[i]);
    by_hand += std::log(ratio(runners[0], runners[1]));
    bounded += std::log(ratio(runners[2], runners[0]));
    two += std::log(ratio(threads[0], threads[1]));
    by_muparser += std::log(ratio(bulk[1], bulk[0]));
    by_numpy += std::log(ratio(arrays[1], arrays[0]));
    fmt::print(
        "  {:<28} {:6.3f} ns a point, {:5.2f} of the hand-written, bounded {:5.2f}, muParser {:6.1f}, numpy {:5.1f}, "
        "two threads {:4.2f}\n",
        c.nabla, runners[0].median() / n * 1e9, ratio(runners[0], runners[1]), ratio(runners[2], runners[0]),
        ratio(bulk[1], bulk[0]), ratio(arrays[1], arrays[0]), ratio(threads[0], threads[1]));
  }
  const auto count = static_cast<double>(bench::classroom().size());
  report("12 expressions, 10^6 points: time against hand-written code", std::exp(by_hand / count), "at most 1.25");
  report("  with error bounds against without", std::exp(bounded / count), "at most 2.5");
  report("  two threads against one: times faster", std::exp(two / count), "at least 1.8");
  report("  times faster than muParser's bulk mode", std::exp(by_muparser / count), "at least 8");
  if (numpy.works()) report("  times faster than numpy", std::exp(by_numpy / count), "at least 1.8");
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

}  // namespace bench
