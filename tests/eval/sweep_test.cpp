#include "eval/batch/sweep.h"

#include "expr/write/print.h"
#include "random.h"

using namespace nabla;
using namespace nabla::eval;
using expr::Expr;
using test::Random;
using test::Workbench;

namespace {

struct Results {
  std::vector<double> value;
  std::vector<double> error;
};

Results run(const Tape& tape, const std::vector<std::vector<double>>& inputs, const KernelSet& set, int threads = 1) {
  Results r;
  const std::size_t n = inputs[0].size();
  r.value.resize(n);
  r.error.resize(n);
  std::vector<Column> columns;
  for (const auto& i : inputs) columns.push_back(Column::of(i));
  double* const out[] = {r.value.data()};
  double* const out_error[] = {r.error.data()};
  Job job;
  job.points = n;
  job.inputs = columns;
  job.out = out;
  job.out_error = out_error;
  job.threads = threads;
  sweep(tape, job, set);
  return r;
}

std::vector<double> plain(const Tape& tape, const std::vector<std::vector<double>>& inputs, const KernelSet& set,
                          int threads = 1) {
  const std::size_t n = inputs[0].size();
  std::vector<double> value(n);
  std::vector<Column> columns;
  for (const auto& i : inputs) columns.push_back(Column::of(i));
  double* const out[] = {value.data()};
  Job job;
  job.points = n;
  job.inputs = columns;
  job.out = out;
  job.threads = threads;
  sweep(tape, job, set);
  return value;
}

bool same_bits(double a, double b) { return (std::isnan(a) && std::isnan(b)) || a == b; }

// Whether value ± error holds the true value of e at this point, as balls have it.
bool holds(Random& w, Expr e, const std::vector<double>& point, double value, double error) {
  if (!std::isfinite(error)) return true;
  for (std::size_t i = 0; i < point.size(); ++i)
    w.in.bind(w.variables[i], Outcome::enclosed(number::Ball::from_double(point[i])));
  const Outcome o = w.in.evaluate(e, 192);
  if (o.state == Outcome::State::undecided) return true;
  if (!o.has_value()) return false;
  const number::Ball off = number::sub(o.ball, number::Ball::from_double(value), 192);
  // Of a condition that is not decided both branches are enclosed.
  if (o.ball.accuracy_bits() < 64) return off.lower() <= error && off.upper() >= -error;
  return std::max(std::abs(off.lower()), std::abs(off.upper())) <= error * (1 + 1e-12) + 5e-324;
}

}  // namespace

TEST_CASE("The error bound is never smaller than the true error, on every set of instructions") {
  Random w(1);
  long checked = 0;
  long settled = 0;
  for (int round = 0; round < 1000; ++round) {
    const Expr e = w.expression(1 + round % 5);
    const Tape tape(w.in, std::span(&e, 1), w.variables);
    std::vector<std::vector<double>> inputs(2);
    for (int i = 0; i < 700; ++i) {
      for (auto& column : inputs) column.push_back(w.point());
    }
    for (const KernelSet* set : available_kernels()) {
      if (set == nullptr) continue;
      const Results r = run(tape, inputs, *set);
      const std::vector<double> bare = plain(tape, inputs, *set);
      for (std::size_t k = 0; k < r.value.size(); ++k) {
        ++checked;
        if (std::isfinite(r.error[k])) {
          ++settled;
          // The value without bounds lies within them too.
          if (!(std::abs(bare[k] - r.value[k]) <= 2 * r.error[k])) {
            FAIL(round << " point " << k << ": " << bare[k] << " and " << r.value[k] << " ± " << r.error[k]);
          }
        }
        if (set != available_kernels()[0] && (k + static_cast<std::size_t>(round)) % 4 != 0) continue;
        if (!holds(w, e, {inputs[0][k], inputs[1][k]}, r.value[k], r.error[k])) {
          FAIL(expr::print(w.g, e, expr::Style::plain)
               << " at " << inputs[0][k] << ", " << inputs[1][k] << ": " << r.value[k] << " ± " << r.error[k]);
        }
      }
    }
  }
  CHECK(settled * 2 > checked);
}

TEST_CASE("Results do not depend on the number of threads or the place in a block") {
  Random w(2);
  std::vector<std::vector<double>> points(2);
  for (int i = 0; i < 400'003; ++i) {
    for (auto& column : points) column.push_back(w.point());
  }
  for (int round = 0; round < 12; ++round) {
    const Expr e = w.expression(4);
    const Tape tape(w.in, std::span(&e, 1), w.variables);
    std::vector<std::vector<double>> inputs = points;
    const std::vector<double> one = plain(tape, inputs, kernels(), 1);
    const std::vector<double> three = plain(tape, inputs, kernels(), 3);
    CHECK(std::ranges::equal(one, three, same_bits));
    for (auto& column : inputs) column.erase(column.begin(), column.begin() + 5);
    const std::vector<double> shifted = plain(tape, inputs, kernels(), 2);
    CHECK(std::ranges::equal(std::span(one).subspan(5), shifted, same_bits));
  }
}

TEST_CASE("One point at a time gives what the sweep gives") {
  Random w(3);
  for (int round = 0; round < 200; ++round) {
    const Expr e = w.expression(4);
    const Tape tape(w.in, std::span(&e, 1), w.variables);
    std::vector<std::vector<double>> inputs(2);
    for (int i = 0; i < 64; ++i) {
      for (auto& column : inputs) column.push_back(w.point());
    }
    const Results r = run(tape, inputs, kernels());
    Point p(tape);
    p.renew();
    for (std::size_t k = 0; k < 64; ++k) {
      p.inputs()[0] = inputs[0][k];
      p.inputs()[1] = inputs[1][k];
      p.run();
      if (std::isfinite(r.error[k]))
        CHECK(std::abs(p.result(0) - r.value[k]) <= 2 * r.error[k] + 1e-14 * std::abs(r.value[k]));
    }
  }
}

TEST_CASE("Several roots share a tape, parameters are single, sums are formed") {
  Workbench w;
  const Expr x = w.x();
  const Expr a = w.x("a");
  const Expr roots[] = {expr::multiply(w.g, a, expr::multiply(w.g, x, x)), expr::add(w.g, x, expr::power(w.g, a, 2)),
                        w.q(3)};
  const Tape tape(w.in, roots, std::span(&x, 1), std::span(&a, 1));
  const double parameter = 2;
  const Column column = Column::range(1, 1);
  double sums[3] = {};
  Job job;
  job.points = 1000;
  job.inputs = std::span(&column, 1);
  job.parameters = std::span(&parameter, 1);
  job.sums = sums;
  job.threads = 2;
  sweep(tape, job);
  CHECK(sums[0] == 2 * 333833500.0);
  CHECK(sums[1] == 500500.0 + 4000);
  CHECK(sums[2] == 3000.0);
}

TEST_CASE("Operations and recursive calls inside a branch run only for the points that take it") {
  Workbench w;
  const Expr x = w.x();
  const Expr n = w.g.parameter(0);
  expr::Recursive& f = w.g.make_recursive();
  f.name = "f";
  f.arity = 1;
  const Expr less_one = expr::subtract(w.g, n, w.q(1));
  // Does not end for negative arguments.
  f.body = expr::select(w.g, w.equal(n, w.q(0)), w.q(1),
                        expr::multiply(w.g, n, expr::apply(w.g, f, std::span(&less_one, 1))));
  const Expr e = expr::select(w.g, w.less(x, w.q(0)), w.q(-1), expr::apply(w.g, f, std::span(&x, 1)));
  const Tape tape(w.in, std::span(&e, 1), std::span(&x, 1));
  const Results r = run(tape, {{-3, -2, -1, 0, 1, 2, 3, 4, 5}}, kernels());
  CHECK(r.value == std::vector<double>{-1, -1, -1, 1, 1, 2, 6, 24, 120});
  CHECK(r.error == std::vector<double>(9, 0));
}

TEST_CASE("Constants carry their own rounding") {
  Workbench w;
  const Expr x = w.x();
  const Expr e = expr::subtract(w.g, x, w.q(3, 10));
  const Tape tape(w.in, std::span(&e, 1), std::span(&x, 1));
  const Results r = run(tape, {{0.3, 0.75}}, kernels());
  CHECK(r.value[0] == 0);
  CHECK(r.error[0] > 0);
  CHECK(r.error[0] < 1e-16);
}
