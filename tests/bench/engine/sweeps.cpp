// Tables of values: against hand-written code, muParser's bulk mode and numpy.
#include <fmt/format.h>
#include <muParser.h>

#include <array>
#include <cmath>

#include "common.h"
#include "eval/batch/sweep.h"
#include "hand.h"
#include "numpy.h"
#include "quiet.h"

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

// The points of all sweeps, and where results go.
struct Points {
  static constexpr std::size_t kCount = 1'000'000;
  const std::vector<double> x = ramp(0.01, 1.99, kCount);
  const std::vector<double> y = ramp(0.5, 3, kCount);
  std::vector<double> out = std::vector<double>(kCount);
  std::vector<double> error = std::vector<double>(kCount);
  const std::array<eval::Column, 2> columns{eval::Column::of(x), eval::Column::of(y)};
  const std::array<double*, 1> results{out.data()};
  const std::array<double*, 1> errors{error.data()};

  eval::Job job(int threads) const {
    eval::Job job;
    job.points = kCount;
    job.inputs = columns;
    job.out = results;
    job.threads = threads;
    return job;
  }
};

struct Compiled {
  Nabla nabla;
  Expr e;
  std::array<Expr, 2> inputs;
  eval::Tape tape;
  explicit Compiled(const Classroom& c)
      : e(nabla.parse(c.nabla)),
        inputs{nabla.symbol("x"), nabla.symbol("y")},
        tape(nabla.work.in.evaluator(), std::span(&e, 1), inputs) {}
};

// The geometric mean of what is put in.
class Mean {
 public:
  void add(double x) { sum_ += std::log(x), ++count_; }
  double value() const { return std::exp(sum_ / count_); }

 private:
  double sum_ = 0;
  int count_ = 0;
};

}  // namespace

// Sweeps over 10^6 points in one thread.
void classroom_sweeps() {
  Points p;
  std::vector<double> reference(Points::kCount);
  Mean by_hand;
  Mean by_muparser;
  Mean by_numpy;
  Mean bounded;
  Numpy numpy(0.01, 1.99, 0.5, 3, Points::kCount);
  for (const Classroom& c : classroom()) {
    const Compiled compiled(c);
    const eval::Job job = p.job(1);
    eval::Job bounded_job = job;
    bounded_job.out_error = p.errors;
    const Runner nabla{"nabla", [&] { eval::sweep(compiled.tape, job); }, {}};
    std::vector<Runner> hand{nabla,
                             {"hand", [&] { c.hand(p.x.data(), p.y.data(), reference.data(), Points::kCount); }, {}},
                             {"bounded", [&] { eval::sweep(compiled.tape, bounded_job); }, {}}};
    race(hand, kRounds, 1);
    const auto demand_agreement = [&] {
      for (std::size_t i = 0; i < Points::kCount; i += kStride) demand_equal(c.nabla, p.out[i], reference[i]);
    };
    demand_agreement();
    mu::Parser parser;
    std::vector<double> mx = p.x;
    std::vector<double> my = p.y;
    parser.DefineVar("x", mx.data());
    parser.DefineVar("y", my.data());
    parser.SetExpr(std::string(c.muparser));
    std::vector<Runner> bulk{
        nabla, {"muparser", [&] { parser.Eval(reference.data(), static_cast<int>(Points::kCount)); }, {}}};
    race(bulk, 5, 1);
    demand_agreement();
    std::vector<Runner> arrays{nabla, {"numpy", {}, {}, [&] { return numpy.seconds(c.numpy).value_or(0); }}};
    race(arrays, kRounds, 1);
    const std::vector<double> theirs = numpy.values(kStride);
    for (std::size_t i = 0; i < theirs.size(); ++i) demand_equal(c.numpy, p.out[i * kStride], theirs[i]);
    by_hand.add(ratio(hand[0], hand[1]));
    bounded.add(ratio(hand[2], hand[0]));
    by_muparser.add(ratio(bulk[1], bulk[0]));
    by_numpy.add(ratio(arrays[1], arrays[0]));
    fmt::print(
        "  {:<28} {:6.3f} ns a point, {:5.2f} of the hand-written, bounded {:5.2f}, muParser {:6.1f}, numpy {:5.1f}\n",
        c.nabla, hand[0].median() / Points::kCount * 1e9, ratio(hand[0], hand[1]), ratio(hand[2], hand[0]),
        ratio(bulk[1], bulk[0]), ratio(arrays[1], arrays[0]));
  }
  report("12 expressions, 10^6 points: time against hand-written code", by_hand.value(), "at most 1.25");
  report("  with error bounds against without", bounded.value(), "at most 2.5");
  report("  times faster than muParser's bulk mode", by_muparser.value(), "at least 8");
  if (numpy.works()) report("  times faster than numpy", by_numpy.value(), "at least 1.8");
}

// Ten times as many points in two threads, by the clock on the wall. Only pairs of runs during which no other program
// took a noticeable part of the two cores count.
void two_threads() {
  constexpr std::size_t kMany = 10 * Points::kCount;
  constexpr int kPairs = 9;
  constexpr int kAttempts = 15;
  constexpr int kRuns = 4;
  constexpr double kDisturbed = 0.025;  // seconds
  std::vector<double> out(kMany);
  double* const results[] = {out.data()};
  const eval::Column columns[] = {eval::Column::range(0.01, 1.98 / kMany), eval::Column::range(0.5, 2.5 / kMany)};
  Mean gain;
  std::size_t told = 0;
  for (const Classroom& c : classroom()) {
    const Compiled compiled(c);
    eval::Job one;
    one.points = kMany;
    one.inputs = columns;
    one.out = results;
    one.threads = 1;
    eval::Job two = one;
    two.threads = 2;
    std::vector<Runner> all{{"one", [&] { eval::sweep(compiled.tape, one); }, {}},
                            {"two", [&] { eval::sweep(compiled.tape, two); }, {}}};
    std::vector<Runner> quiet = all;
    for (int k = 0; k < kAttempts && quiet[0].seconds.size() < kPairs; ++k) {
      std::vector<Runner> pair = all;
      for (Runner& r : pair) r.seconds.clear();
      const double before = busy_elsewhere();
      race(pair, 1, kRuns, false);
      const bool disturbed = busy_elsewhere() - before > kDisturbed;
      for (std::size_t i = 0; i < 2; ++i) {
        all[i].seconds.push_back(pair[i].seconds[0]);
        if (!disturbed) quiet[i].seconds.push_back(pair[i].seconds[0]);
      }
    }
    const bool is_quiet = quiet[0].seconds.size() >= 3;
    const double times = is_quiet ? ratio(quiet[0], quiet[1]) : ratio(all[0], all[1]);
    if (is_quiet) gain.add(times), ++told;
    fmt::print("  {:<28} two threads are {:4.2f} times as fast ({} of {} pairs undisturbed)\n", c.nabla, times,
               quiet[0].seconds.size(), all[0].seconds.size());
  }
  if (told == 0) {
    fmt::print("two threads: the machine is too busy to tell\n");
    return;
  }
  const std::string others =
      told < classroom().size() ? fmt::format(" (of {}; the others were disturbed)", classroom().size()) : "";
  report(fmt::format("{} expressions{}, 10^7 points: two threads against one, times faster", told, others),
         gain.value(), "at least 1.8");
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
