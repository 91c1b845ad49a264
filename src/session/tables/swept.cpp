#include "session/tables/swept.h"

#include <algorithm>
#include <array>

#include "algebra/derivative/derivative_node.h"
#include "base/stopwatch.h"
#include "eval/balls/decimal_places.h"

namespace nabla::session {

using expr::Expr;
using view::Cell;

namespace {

// Whether it could be said what the cell shows.
bool settle(Cell& cell, double value, double error, int digits, std::optional<int> places, bool truth) {
  if (truth) {
    if (error != 0 || (value != 0 && value != 1)) return false;
    cell.content = Cell::Content::boolean;
    cell.certainty = number::Certainty::exact;
    cell.decimal = value == 0 ? "false" : "true";
    return true;
  }
  std::optional<number::Decimal> found = number::proven_decimal(value, error, digits, places);
  if (!found) return false;
  cell.content = Cell::Content::number;
  cell.certainty = found->certainty;
  cell.decimal = std::move(found->text);
  return true;
}

}  // namespace

Swept::Swept(eval::Evaluator& in, std::span<const Variable> variables, std::span<const Expr> columns)
    : in_(in), width_(variables.size() + columns.size()) {
  std::vector<eval::Ending> endings;
  std::vector<Expr> all;
  for (const Variable& v : variables) {
    symbols_.push_back(v.symbol);
    sizes_.push_back(v.points.size());
    ladders_.emplace_back(in, v.points);
    if (const std::optional<int> places = ladders_.back().places()) endings.push_back({v.symbol, *places});
    all.push_back(v.symbol);
  }
  values_.resize(symbols_.size());
  errors_.resize(symbols_.size());
  all.insert(all.end(), columns.begin(), columns.end());
  std::vector<Expr> roots;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Expr form = algebra::fast_form(in.graph(), all[i], in.budget());
    if (!eval::in_vectors(eval::Tape(in, std::array{form}, symbols_))) continue;
    columns_.push_back({i, eval::decimal_places(in.graph(), all[i], endings), in.graph().is(all[i], expr::kTruth)});
    roots.push_back(form);
  }
  tape_ = std::make_unique<eval::Tape>(in, roots, symbols_);
  sweep_ = std::make_unique<eval::Sweep>(*tape_);
}

void Swept::read_variables(std::size_t first, std::size_t count) {
  std::size_t together = 1;  // points of the variables that run faster
  for (std::size_t v = ladders_.size(); v-- > 0;) {
    values_[v].resize(count);
    errors_[v].resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      const Ladder::Rung rung = ladders_[v][(first + i) / together % sizes_[v]];
      values_[v][i] = rung.value;
      errors_[v][i] = rung.error;
    }
    together *= sizes_[v];
  }
}

void Swept::fill(std::size_t first, std::size_t count, int digits, std::span<Cell> cells,
                 std::span<std::uint8_t> known) {
  const base::Lap lap(in_.budget().watch, base::Phase::evaluate);
  read_variables(first, count);
  std::vector<eval::Column> inputs;
  for (std::size_t v = 0; v < ladders_.size(); ++v) inputs.push_back(eval::Column::of(values_[v], errors_[v].data()));
  std::ranges::fill(known, std::uint8_t{0});
  eval::Job job;
  job.points = count;
  job.inputs = inputs;
  job.bounded = true;
  job.consume = [&](std::size_t from, std::size_t n, std::span<const double* const> values,
                    std::span<const double* const> errors) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t c = 0; c < columns_.size(); ++c) {
        const Column& column = columns_[c];
        const std::size_t at = (from + i) * width_ + column.index;
        known[at] = settle(cells[at], values[c][i], errors[c][i], digits, column.places, column.truth);
      }
    }
  };
  sweep_->run(job);
}

}  // namespace nabla::session
