#include <algorithm>

#include "algebra/derivative/gradient.h"
#include "algebra/rules/call.h"
#include "eval/batch/sweep.h"
#include "eval/tape/common_factors.h"
#include "expr/write/print.h"
#include "random.h"

using namespace nabla;
using namespace nabla::eval;
using expr::Expr;
using test::Random;

TEST_CASE("Common factors are shared without changing a product") {
  std::mt19937_64 random(5);
  for (int round = 0; round < 200; ++round) {
    FactorLists products;
    std::vector<std::vector<std::uint32_t>> before(20);
    for (std::vector<std::uint32_t>& p : before) {
      for (std::uint32_t f = 0; f < 9; ++f) {
        if (random() % 2 == 0) p.push_back(f);
      }
      products.add(p);
    }
    const auto pairs = products.share();
    std::vector<int> holders(pairs.size(), 0);
    for (std::size_t i = 0; i < products.size(); ++i) {
      std::vector<std::uint32_t> flat;
      std::vector<std::uint32_t> open(products[i].begin(), products[i].end());
      while (!open.empty()) {
        const std::uint32_t f = open.back();
        open.pop_back();
        if (f < FactorLists::kFirstPair) {
          flat.push_back(f);
        } else {
          REQUIRE(f - FactorLists::kFirstPair < pairs.size());
          ++holders[f - FactorLists::kFirstPair];
          open.push_back(pairs[f - FactorLists::kFirstPair].first);
          open.push_back(pairs[f - FactorLists::kFirstPair].second);
        }
      }
      std::ranges::sort(flat);
      CHECK(flat == before[i]);
    }
    CHECK(std::ranges::all_of(holders, [](int n) { return n > 1; }));
  }
}

TEST_CASE("Gradients over data rows agree with balls") {
  Random w(11);
  for (int round = 0; round < 60; ++round) {
    const Expr e = w.expression(3);
    std::vector<Expr> roots{e};
    try {
      for (Expr d : algebra::gradient(w.g, e, w.variables, w.budget)) roots.push_back(d);
    } catch (const base::Error&) {
      continue;
    }
    const Tape tape(w.in, roots, w.variables);
    constexpr std::size_t kPoints = 100;
    std::vector<std::vector<double>> inputs(2);
    for (std::size_t i = 0; i < kPoints; ++i) {
      for (auto& column : inputs) column.push_back(0.1 + std::abs(w.point()));
    }
    std::vector<std::vector<double>> values(3, std::vector<double>(kPoints));
    std::vector<std::vector<double>> errors = values;
    std::vector<double*> out;
    std::vector<double*> out_error;
    for (auto& v : values) out.push_back(v.data());
    for (auto& v : errors) out_error.push_back(v.data());
    const Column columns[] = {Column::of(inputs[0]), Column::of(inputs[1])};
    Job job;
    job.points = kPoints;
    job.inputs = columns;
    job.out = out;
    job.out_error = out_error;
    sweep(tape, job);
    for (std::size_t k = 0; k < kPoints; ++k) {
      for (std::size_t r = 0; r < 3; ++r) {
        if (!std::isfinite(errors[r][k])) continue;
        for (std::size_t i = 0; i < 2; ++i)
          w.in.bind(w.variables[i], Outcome::enclosed(number::Ball::from_double(inputs[i][k])));
        const Outcome o = w.in.evaluate(roots[r], 192);
        if (!o.has_value()) {
          CHECK(o.state == Outcome::State::undecided);
          continue;
        }
        const number::Ball off = number::sub(o.ball, number::Ball::from_double(values[r][k]), 192);
        CHECK(std::max(std::abs(off.lower()), std::abs(off.upper())) <= errors[r][k] * (1 + 1e-12) + 5e-324);
      }
    }
  }
}

TEST_CASE("Sums over data rows are those of the rows, whatever the way they are formed") {
  Random w(12);
  const Expr p = w.x("p");
  const Expr r = expr::subtract(w.g, expr::multiply(w.g, p, w.variables[0]), w.variables[1]);
  std::vector<Expr> roots{expr::power(w.g, r, 2)};
  roots.push_back(algebra::gradient(w.g, roots[0], std::span(&p, 1), w.budget)[0]);
  const Tape tape(w.in, roots, w.variables, std::span(&p, 1));
  Sweep both(tape);
  for (const std::size_t rows : {1u, 7u, 8u, 255u, 256u, 1000u, 5000u}) {
    std::vector<double> x;
    std::vector<double> y;
    for (std::size_t i = 0; i < rows; ++i) {
      x.push_back(static_cast<double>(w.below(100)));
      y.push_back(static_cast<double>(w.below(100)));
    }
    const Column columns[] = {Column::of(x), Column::of(y)};
    const double parameter = 3;
    double sums[2] = {};
    Job job;
    job.points = rows;
    job.inputs = columns;
    job.parameters = std::span(&parameter, 1);
    job.sums = sums;
    both.run(job);
    double value = 0;
    double slope = 0;
    for (std::size_t i = 0; i < rows; ++i) {
      value += (3 * x[i] - y[i]) * (3 * x[i] - y[i]);
      slope += 2 * (3 * x[i] - y[i]) * x[i];
    }
    CHECK(sums[0] == value);
    CHECK(sums[1] == slope);
  }
}

TEST_CASE("Sums are those of the values stored, with whatever is taken out of them") {
  Random w(13);
  const std::vector<Expr> inputs{w.x("x")};
  const std::vector<Expr> parameters{w.x("y")};
  const double parameter = 0.75;
  constexpr std::size_t kRows = 203;
  std::vector<double> x;
  for (std::size_t i = 0; i < kRows; ++i) x.push_back(0.25 + static_cast<double>(w.below(64)) / 16);
  const Column columns[] = {Column::of(x)};
  int compared = 0;
  for (int round = 0; round < 300; ++round) {
    // Products of everything, signs and squares at the top.
    Expr e = w.expression(2);
    if (w.once_in(2)) e = expr::multiply(w.g, e, w.expression(2));
    if (w.once_in(2)) e = expr::multiply(w.g, e, expr::power(w.g, parameters[0], 1 + w.below(3)));
    if (w.once_in(2)) e = expr::power(w.g, e, 2);
    if (w.once_in(3)) e = expr::multiply(w.g, w.g.rational(w.rational()), e);
    std::vector<Expr> roots{e, expr::negate(w.g, e)};
    if (w.once_in(2)) roots.push_back(expr::multiply(w.g, e, inputs[0]));
    // What one root takes part in another needs.
    const Expr u = expr::multiply(w.g, inputs[0], w.call("sin", {e}));
    roots.push_back(expr::multiply(w.g, parameters[0], u));
    roots.push_back(w.call("atan", {u}));
    const Tape tape(w.in, roots, inputs, parameters);
    std::vector<std::vector<double>> values(roots.size(), std::vector<double>(kRows));
    std::vector<double*> out;
    for (auto& v : values) out.push_back(v.data());
    std::vector<double> sums(roots.size());
    Job job;
    job.points = kRows;
    job.inputs = columns;
    job.parameters = std::span(&parameter, 1);
    Job stored = job;
    stored.out = out;
    sweep(tape, stored);
    job.sums = sums;
    sweep(tape, job);
    for (std::size_t r = 0; r < roots.size(); ++r) {
      double sum = 0;
      double size = 0;
      for (double v : values[r]) {
        sum += v;
        size += std::abs(v);
      }
      if (!std::isfinite(size) || size > 1e300) continue;
      ++compared;
      if (!(std::abs(sums[r] - sum) <= 1e-12 * size)) {
        FAIL(expr::print(w.g, roots[r], expr::Style::plain) << ": " << sums[r] << " and " << sum);
      }
    }
  }
  CHECK(compared > 300);
}
