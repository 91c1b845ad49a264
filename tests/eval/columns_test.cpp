#include "eval/batch/columns.h"

#include <algorithm>
#include <array>

#include "eval/batch/grid.h"
#include "number/decimal.h"
#include "random.h"

using namespace nabla;
using namespace nabla::eval;
using expr::Expr;
using test::Random;

namespace {

// How many values the rule took.
std::size_t settled(const Columns& columns, std::size_t expressions, std::size_t points) {
  std::size_t found = 0;
  for (std::size_t e = 0; e < expressions; ++e) {
    for (std::size_t i = 0; i < points; ++i) found += columns.is_settled(e, i) ? 1 : 0;
  }
  return found;
}

Columns::Rule twelve_digits(std::optional<int> places) {
  return [places](const Columns::Block& block, std::span<std::uint8_t> marks) {
    for (std::size_t i = 0; i < marks.size(); ++i) {
      marks[i] = number::proven_decimal(block.values[i], block.errors[i], 12, places).has_value();
    }
  };
}

}  // namespace

TEST_CASE("Bounds fix most digits of smooth functions, at the same points for any number of threads") {
  Random w(14);
  const Expr x = w.variables[0];
  Grid grid({{x, Points(w.g, w.q(0), w.q(1, 99'999), 100'000)}});
  const std::vector<Expr> all{x, w.call("sin", {x}), expr::multiply(w.g, x, w.call("exp", {x}))};
  std::vector<std::vector<bool>> marks;
  for (const int threads : {1, 3}) {
    w.budget.threads = threads;
    Columns columns(w.in, all, {x});
    columns.sweep(grid.columns(w.in, 0, grid.size()), grid.size(), twelve_digits(std::nullopt));
    CHECK(settled(columns, all.size(), grid.size()) > 298'000);
    std::vector<bool> now;
    for (std::size_t i = 0; i < grid.size(); ++i) now.push_back(columns.is_settled(2, i));
    marks.push_back(now);
  }
  CHECK(marks[0] == marks[1]);
}

TEST_CASE("Functions without vector routine are left to balls, beside others that are swept") {
  Random w(15);
  const Expr x = w.variables[0];
  Columns columns(w.in, {w.call("sin", {x}), w.call("zeta", {x}), x}, {x});
  CHECK(columns.is_swept(0));
  CHECK_FALSE(columns.is_swept(1));
  CHECK(columns.is_swept(2));
  const Column at = Column::range(2, 1);
  columns.sweep(std::span(&at, 1), 100, [](const Columns::Block&, std::span<std::uint8_t> marks) {
    std::ranges::fill(marks, std::uint8_t{1});
  });
  CHECK(columns.open_run(0, 0).empty());
  CHECK(columns.open_run(1, 0).end == 100);
  columns.settle(1, 40);
  CHECK(columns.open_run(1, 3).first == 3);
  CHECK(columns.open_run(1, 3).end == 40);
  CHECK(columns.open_run(1, 40).first == 41);
}

TEST_CASE("A range of integers is exact, wherever it starts; one of fractions is not") {
  Random w(16);
  const Expr x = w.variables[0];
  Columns columns(w.in, {expr::multiply(w.g, x, x)}, {x});
  const auto errors_at = [&](const Column& at) {
    double greatest = 0;
    columns.sweep(std::span(&at, 1), 50, [&](const Columns::Block& block, std::span<std::uint8_t>) {
      for (std::size_t i = 0; i < block.values.size(); ++i) {
        const double t = at.first + at.step * static_cast<double>(at.start + block.first + i);
        CHECK(std::abs(block.values[i] - t * t) <= block.errors[i] + std::abs(t * t) * 0x1p-52);
        greatest = std::max(greatest, block.errors[i] / std::max(1.0, std::abs(block.values[i])));
      }
    });
    return greatest;
  };
  CHECK(errors_at(Column::range(-20, 3)) < 0x1p-51);
  CHECK(errors_at(Column::range(1, 1).after(1 << 20)) < 0x1p-51);
  CHECK(errors_at(Column::range(0.1, 0.1)) > 0x1p-51);
  CHECK(Column::range(1, 1).is_exact_range(1000));
  CHECK_FALSE(Column::range(0.5, 1).is_exact_range(1000));
  CHECK_FALSE(Column::range(0x1p53, 1).is_exact_range(1000));
}

TEST_CASE("Values found at many points enclose those of balls, and have none where those have none") {
  Random w(17);
  constexpr std::size_t kPoints = 120;
  constexpr Columns::Tolerance kGood{.relative = 1e-9, .estimated = 1e-3, .near_zero = 1e-12};
  for (int round = 0; round < 60; ++round) {
    const std::vector<Expr> all{w.expression(1 + round % 4), w.expression(1 + round % 3)};
    Columns columns(w.in, all, w.variables);
    std::vector<std::vector<double>> at(w.variables.size());
    for (std::vector<double>& column : at) {
      while (column.size() < kPoints) {
        if (const double t = w.point(); std::isfinite(t)) column.push_back(t);
      }
    }
    std::vector<Column> inputs;
    for (const std::vector<double>& column : at) inputs.push_back(Column::of(column));
    std::vector<std::vector<double>> values(2, std::vector<double>(kPoints));
    std::vector<std::vector<double>> errors = values;
    const std::array targets{Columns::Target{values[0], errors[0]}, Columns::Target{values[1], errors[1]}};
    columns.evaluate(inputs, kPoints, kGood, targets);
    for (std::size_t e = 0; e < 2; ++e) {
      for (std::size_t i = 0; i < kPoints; ++i) {
        for (std::size_t v = 0; v < at.size(); ++v) {
          w.in.bind(w.variables[v], Outcome::enclosed(Ball::from_double(at[v][i])));
        }
        const Outcome o = w.in.evaluate(all[e], 512);
        const double value = values[e][i];
        const double error = errors[e][i];
        if (o.state == Outcome::State::undefined) CHECK((std::isnan(value) && error == 0));
        if (o.state != Outcome::State::enclosed || !std::isfinite(value) || !o.ball.is_finite()) continue;
        const Ball off = number::sub(o.ball, Ball::from_double(value), 512);
        CHECK(std::max(off.lower(), -off.upper()) <= error);
        CHECK(error <= 1e-9 * std::abs(value) * (1 + 1e-6) + 1.001e-12);
      }
    }
  }
}

TEST_CASE("A running sum holds the sum of the values, and names the points it left out") {
  Random w(18);
  const Expr x = w.variables[0];
  const Expr y = w.variables[1];
  // No value at x = 7 for the engine, which divides by 0 there.
  Columns columns(w.in, {x, expr::divide(w.g, y, expr::subtract(w.g, x, w.q(7)))}, {x, y});
  constexpr std::size_t kPoints = 200'000;
  std::vector<double> weights(kPoints, 0.5);
  const std::vector<Column> inputs{Column::range(1, 1), Column::of(weights)};
  Ball total;
  CHECK(columns.add_up(0, inputs, kPoints, total, 96).empty());
  CHECK(total.contains(number::Rational(static_cast<long>(kPoints * (kPoints + 1) / 2))));
  Ball others;
  const std::vector<Columns::Run> open = columns.add_up(1, inputs, kPoints, others, 96);
  REQUIRE(open.size() == 1);
  CHECK(open[0].first <= 6);
  CHECK(open[0].end > 6);
}
