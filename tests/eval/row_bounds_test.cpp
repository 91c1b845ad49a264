// Every row over doubles, for every set of instructions: bounds hold for exact and inexact arguments, and are there.
#include <algorithm>

#include "eval/batch/sweep.h"
#include "functions/table.h"
#include "number/ball.h"
#include "random.h"

using namespace nabla;
using namespace nabla::eval;
using expr::Expr;
using test::Random;

namespace {

constexpr std::size_t kPoints = 240;

struct Columns {
  std::vector<std::vector<double>> values;
  std::vector<std::vector<double>> errors;
};

// Points of the row's samples and near them, and nasty ones; some exact, some with an error.
Columns points_for(Random& w, std::size_t arity) {
  Columns c{std::vector<std::vector<double>>(arity), std::vector<std::vector<double>>(arity)};
  for (std::size_t k = 0; k < kPoints; ++k) {
    const bool ordinary = k % 4 != 0;
    for (std::size_t i = 0; i < arity; ++i) {
      const double x = ordinary ? 4 * std::uniform_real_distribution<double>(-1, 1)(w.source) : w.point();
      const bool whole = arity > 1 && i == 0 && w.once_in(2);  // orders of Bessel functions and the like
      c.values[i].push_back(whole ? std::nearbyint(x) : x);
      const double scales[] = {0, 1e-15, 1e-9, 1e-3};
      const double scale = w.once_in(2) || whole ? 0 : scales[w.below(4)];
      c.errors[i].push_back(scale * std::min(1.0 + std::abs(x), 1e10));
    }
  }
  return c;
}

}  // namespace

TEST_CASE("Bounds of every row hold for arguments with errors, on every set of instructions") {
  Random w(31);
  struct Form {
    const expr::Function& f;
    std::size_t arity;
  };
  std::vector<Form> forms;
  for (const expr::Function& f : functions::table()) {
    if (f.parameters.empty()) continue;
    const auto all = static_cast<std::size_t>(std::ranges::count(f.parameters, ',')) + 1;
    forms.push_back({f, f.parameters.ends_with("...") ? 2 : all});
    if (f.parameters.find('?') != std::string_view::npos) forms.push_back({f, 1});
  }
  for (const auto& [f, arity] : forms) {
    const std::vector<Expr> all{w.x("x"), w.x("y"), w.x("z")};
    const std::vector<Expr> inputs(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(arity));
    const Expr e = expr::call(w.g, f, inputs);
    const Tape tape(w.in, std::span(&e, 1), inputs);
    const Columns c = points_for(w, arity);
    int known = 0;
    int defined = 0;
    for (const KernelSet* set : available_kernels()) {
      if (set == nullptr) continue;
      std::vector<double> value(kPoints);
      std::vector<double> error(kPoints);
      std::vector<Column> columns;
      for (std::size_t i = 0; i < arity; ++i) columns.push_back(Column::of(c.values[i], c.errors[i].data()));
      double* const out[] = {value.data()};
      double* const out_error[] = {error.data()};
      Job job;
      job.points = kPoints;
      job.inputs = columns;
      job.out = out;
      job.out_error = out_error;
      sweep(tape, job, *set);
      for (std::size_t k = 0; k < kPoints; ++k) {
        if (set == available_kernels()[0]) {
          for (std::size_t i = 0; i < arity; ++i) {
            w.in.bind(inputs[i], Outcome::enclosed(number::Ball::from_double(c.values[i][k])));
          }
          const bool has_value = w.in.evaluate(e, 128).has_value();
          const bool exact = std::ranges::all_of(c.errors, [k](const auto& column) { return column[k] == 0; });
          if (has_value && exact && k % 4 != 0) {
            ++defined;
            known += std::isfinite(error[k]) ? 1 : 0;
          }
        }
        if (!std::isfinite(error[k])) continue;
        // At the point itself and at both ends of what it may be.
        for (const double shift : {0.0, -1.0, 1.0, 0.37}) {
          for (std::size_t i = 0; i < arity; ++i) {
            const number::Ball by =
                number::mul(number::Ball::from_double(shift), number::Ball::from_double(c.errors[i][k]), 256);
            const number::Ball t = number::add(number::Ball::from_double(c.values[i][k]), by, 2200);
            const std::optional<number::Rational> exact_t = t.exact();
            exact_t ? w.in.bind(inputs[i], *exact_t) : w.in.bind(inputs[i], Outcome::enclosed(t));
          }
          const Outcome o = w.in.evaluate(e, 160);
          if (o.state == Outcome::State::undecided) continue;
          CAPTURE(f.name, c.values[0][k], c.errors[0][k], c.values[arity - 1][k], c.errors[arity - 1][k], shift,
                  value[k], error[k], static_cast<int>(set->isa));
          if (!o.has_value()) {
            FAIL("a bound where there is no value");
          }
          const number::Ball off = number::sub(o.ball, number::Ball::from_double(value[k]), 160);
          if (!(std::max(-off.upper(), off.lower()) <= error[k] * (1 + 1e-12) + 5e-324))
            FAIL("a bound that is too small");
        }
      }
    }
    CAPTURE(f.name, known, defined);
    CHECK(known * 10 >= defined * 9);
  }
}

TEST_CASE("Balls in several threads bound what they bound in one") {
  Random w(33);
  const std::vector<Expr> x{w.x("x")};
  const Expr e = expr::add(w.g, w.call("lgamma", x), w.call("zeta", x));
  const Tape tape(w.in, std::span(&e, 1), x);
  constexpr std::size_t kMany = 20'003;
  const Column column = Column::range(0.51, 1e-3);
  std::vector<std::vector<double>> results;
  for (const int threads : {1, 3}) {
    std::vector<double> value(kMany);
    std::vector<double> error(kMany);
    double* const out[] = {value.data()};
    double* const out_error[] = {error.data()};
    Job job;
    job.points = kMany;
    job.inputs = std::span(&column, 1);
    job.out = out;
    job.out_error = out_error;
    job.threads = threads;
    sweep(tape, job);
    results.push_back(std::move(value));
    results.push_back(std::move(error));
  }
  const auto same = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
  CHECK(std::ranges::equal(results[0], results[2], same));
  CHECK(results[1] == results[3]);
  CHECK(std::ranges::count_if(results[1], [](double bound) { return std::isfinite(bound); }) > 20'000);
}

TEST_CASE("Functions over doubles where their expansions overflow") {
  Random w(32);
  const Expr x = w.x("x");
  const std::vector<double> at{-800, -40, -1, 0, 1, 40, 800, 1e6};
  const auto values = [&](std::string_view name) {
    const Expr e = w.call(name, {x});
    const Tape tape(w.in, std::span(&e, 1), std::span(&x, 1));
    std::vector<double> out(at.size());
    double* const outs[] = {out.data()};
    const Column column = Column::of(at);
    Job job;
    job.points = at.size();
    job.inputs = std::span(&column, 1);
    job.out = outs;
    sweep(tape, job);
    return out;
  };
  const std::vector<double> softplus = values("softplus");
  for (std::size_t i = 0; i < at.size(); ++i) {
    const double expected = std::max(at[i], 0.0) + std::log1p(std::exp(-std::abs(at[i])));
    CHECK(softplus[i] == Approx(expected).epsilon(1e-14));
  }
  const std::vector<double> coth = values("coth");
  CHECK(coth[0] == -1);
  CHECK(coth[6] == 1);
  CHECK(values("lgamma")[7] == Approx(12815504.569147611));
}
