#include "eval/batch/columns.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <limits>

#include "algebra/derivative/derivative_node.h"
#include "base/stopwatch.h"

namespace nabla::eval {
namespace {

constexpr Bits kBits = 64;
constexpr Bits kUsualBits = 256;                // tried first, where 64 have been too few
constexpr Bits kMostBits = 1024;                // of a value that loses many of them
constexpr std::size_t kFewPoints = 16;          // are not worth a sweep
constexpr std::size_t kLongestRun = 64;         // of points without value that are looked at together
constexpr std::size_t kSummedAtOnce = 1 << 16;  // points
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

Ball between(double lo, double hi) {
  return lo == hi ? Ball::from_double(lo) : Ball::hull(Ball::from_double(lo), Ball::from_double(hi), kBits);
}

// The sum of a block in two doubles, a bound of its error, its number of points.
struct Part {
  double high = 0;
  double low = 0;
  double error = 0;
  std::size_t count = 0;
  bool is_known() const { return std::isfinite(high) && std::isfinite(error); }
};

// Long doubles carry 64 bits: each addition rounds by less than 2^-63 of all magnitudes together.
Part part_of(std::span<const double> values, std::span<const double> errors) {
  long double sum = 0;
  long double size = 0;
  long double error = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    sum += values[i];
    size += std::abs(values[i]);
    error += errors[i];
  }
  Part p;
  p.count = values.size();
  p.high = static_cast<double>(sum);
  p.low = static_cast<double>(sum - p.high);
  p.error = static_cast<double>((error + size * static_cast<long double>(p.count + 2) * 0x1p-63L) * (1 + 0x1p-40L));
  return p;
}

// Points that the engine leaves open, by balls.
class ByBalls {
 public:
  ByBalls(Evaluator& in, Expr e, std::span<const Expr> variables, std::span<const Column> inputs,
          const Columns::Tolerance& good, const Columns::Target& target, Bits& bits)
      : in_(in), e_(e), inputs_(inputs), good_(good), target_(target), bits_(bits) {
    for (const Expr v : variables) scopes_.emplace_back(in, v);
  }

  // Points together, if there is no value anywhere between them.
  void settle(Columns::Run run) {
    in_.budget().check();
    for (std::size_t v = 0; v < scopes_.size(); ++v) {
      const auto [least, greatest] = std::minmax_element(inputs_[v].data + run.first, inputs_[v].data + run.end);
      scopes_[v].bind(Outcome::enclosed(between(*least, *greatest)));
    }
    if (run.end - run.first == 1) {
      settle_one(run.first);
    } else if (in_.evaluate(e_, kBits).state == Outcome::State::undefined) {
      for (std::size_t i = run.first; i < run.end; ++i) put(i, kNan, 0);
    } else {
      const std::size_t middle = run.first + (run.end - run.first) / 2;
      settle({run.first, middle});
      settle({middle, run.end});
    }
  }

 private:
  void put(std::size_t i, double value, double error) {
    target_.values[i] = value;
    target_.errors[i] = error;
  }

  void settle_one(std::size_t i) {
    for (Bits bits = bits_; bits <= kMostBits; bits *= 4) {
      const Outcome o = in_.evaluate(e_, bits);
      if (o.state == Outcome::State::undefined) return put(i, kNan, 0);
      if (!o.has_value()) continue;
      if (o.exact) {
        const double value = o.exact->to_double();
        return put(i, value, std::abs(value) * 0x1p-52 + 0x1p-1074);
      }
      const bool is_estimate = o.state == Outcome::State::estimated;
      const double middle = o.ball.mid();
      const double radius = o.ball.radius();
      if (radius <= (is_estimate ? good_.estimated : good_.relative) * std::abs(middle) + good_.near_zero) {
        bits_ = std::min(bits, kUsualBits);
        return put(i, middle, radius + std::abs(middle) * 0x1p-52 + 0x1p-1074);
      }
      if (is_estimate) break;
    }
    put(i, kNan, kInfinity);
  }

  Evaluator& in_;
  Expr e_;
  std::span<const Column> inputs_;
  const Columns::Tolerance& good_;
  const Columns::Target& target_;
  Bits& bits_;
  std::deque<Evaluator::Scope> scopes_;
};

}  // namespace

// One tape for all expressions that it does in vectors.
struct Columns::Engine {
  std::vector<std::size_t> swept;  // by root: the expression
  std::unique_ptr<Tape> tape;
  std::unique_ptr<Sweep> sweep;
};

Columns::Columns(Evaluator& in, std::vector<Expr> expressions, std::vector<Expr> variables)
    : in_(in),
      expressions_(std::move(expressions)),
      variables_(std::move(variables)),
      bits_(expressions_.size(), kBits) {}

Columns::~Columns() = default;

Columns::Engine& Columns::engine() {
  if (engine_) return *engine_;
  engine_ = std::make_unique<Engine>();
  std::vector<Expr> roots;
  for (std::size_t e = 0; e < expressions_.size(); ++e) {
    const Expr form = algebra::fast_form(in_.graph(), expressions_[e], in_.budget());
    auto alone = std::make_unique<Tape>(in_, std::array{form}, variables_);
    if (!in_vectors(*alone)) continue;
    engine_->swept.push_back(e);
    roots.push_back(form);
    if (expressions_.size() == 1) engine_->tape = std::move(alone);
  }
  if (!engine_->tape) engine_->tape = std::make_unique<Tape>(in_, roots, variables_);
  engine_->sweep = std::make_unique<Sweep>(*engine_->tape);
  return *engine_;
}

bool Columns::is_swept(std::size_t e) { return std::ranges::binary_search(engine().swept, e); }

void Columns::clear_marks(std::size_t points) {
  points_ = points;
  settled_.assign(expressions_.size() * points, 0);
}

void Columns::sweep(std::span<const Column> inputs, std::size_t points, const Rule& rule) {
  const base::Lap lap(in_.budget().watch, base::Phase::evaluate);
  Engine& with = engine();
  clear_marks(points);
  if (with.swept.empty()) return;
  Job job;
  job.points = points;
  job.inputs = inputs;
  job.bounded = true;
  job.consume = [&](std::size_t first, std::size_t n, std::span<const double* const> values,
                    std::span<const double* const> errors) {
    for (std::size_t r = 0; r < with.swept.size(); ++r) {
      const std::size_t e = with.swept[r];
      rule({e, first, {values[r], n}, {errors[r], n}}, std::span(settled_).subspan(e * points + first, n));
    }
  };
  with.sweep->run(job);
}

Columns::Run Columns::open_run(std::size_t e, std::size_t from) const {
  Run run{from, from};
  while (run.first < points_ && is_settled(e, run.first)) ++run.first;
  run.end = run.first;
  while (run.end < points_ && !is_settled(e, run.end)) ++run.end;
  return run;
}

std::vector<Columns::Run> Columns::add_up(std::size_t e, std::span<const Column> inputs, std::size_t points,
                                          Ball& total, Bits bits) {
  std::vector<Run> open;
  std::vector<Column> rest(inputs.size());
  std::vector<Part> parts;  // each at the place of its first point
  for (std::size_t done = 0; done < points; done += parts.size()) {
    std::ranges::transform(inputs, rest.begin(), [done](const Column& c) { return c.after(done); });
    parts.assign(std::min(kSummedAtOnce, points - done), {});
    sweep(rest, parts.size(), [&](const Block& block, std::span<std::uint8_t> settled) {
      if (block.expression != e) return;
      const Part& p = parts[block.first] = part_of(block.values, block.errors);
      if (p.is_known()) std::ranges::fill(settled, std::uint8_t{1});
    });
    for (Run run = open_run(e, 0); !run.empty(); run = open_run(e, run.end)) {
      open.push_back({done + run.first, done + run.end});
    }
    for (std::size_t i = 0; i < parts.size(); i += std::max<std::size_t>(1, parts[i].count)) {
      const Part& p = parts[i];
      if (p.count == 0 || !p.is_known()) continue;
      number::add_to(total, Ball::from_double(p.high), bits);
      number::add_to(total, Ball::from_double(p.low), bits);
      number::add_to(total, Ball::hull(Ball::from_double(-p.error), Ball::from_double(p.error), bits), bits);
    }
  }
  return open;
}

void Columns::evaluate(std::span<const Column> inputs, std::size_t points, const Tolerance& good,
                       std::span<const Target> targets) {
  const base::Lap lap(in_.budget().watch, base::Phase::evaluate);
  if (points < kFewPoints) {
    clear_marks(points);
  } else {
    sweep(inputs, points, [&](const Block& block, std::span<std::uint8_t> settled) {
      const Target& target = targets[block.expression];
      for (std::size_t i = 0; i < settled.size(); ++i) {
        const double value = block.values[i];
        target.values[block.first + i] = value;
        target.errors[block.first + i] = block.errors[i];
        settled[i] = std::isfinite(value) && block.errors[i] <= good.relative * std::abs(value) ? 1 : 0;
      }
    });
  }
  for (std::size_t e = 0; e < expressions_.size(); ++e) {
    const std::span<const double> values = targets[e].values;
    const bool swept = points >= kFewPoints && is_swept(e);
    Run run = open_run(e, 0);
    if (run.empty()) continue;
    ByBalls balls(in_, expressions_[e], variables_, inputs, good, targets[e], bits_[e]);
    for (; !run.empty(); run = open_run(e, run.end)) {
      for (std::size_t i = run.first; i < run.end;) {
        std::size_t end = i + 1;
        if (swept) {
          while (end < run.end && end - i < kLongestRun && std::isnan(values[i]) && std::isnan(values[end])) ++end;
        }
        balls.settle({i, end});
        i = end;
      }
    }
  }
}

}  // namespace nabla::eval
