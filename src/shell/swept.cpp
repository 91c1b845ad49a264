#include "shell/swept.h"

#include <algorithm>
#include <array>

#include "algebra/pointwise.h"
#include "base/stopwatch.h"
#include "eval/places.h"
#include "eval/sweep.h"

namespace nabla::shell {

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

struct Swept::Column {
  eval::Tape tape;
  eval::Sweep sweep;
  std::optional<int> places;
  bool truth;

  Column(eval::Evaluator& in, Expr e, std::span<const Expr> symbols, std::span<const eval::Ending> endings)
      : tape(in, std::array{algebra::fast_form(in.graph(), e, in.budget())}, symbols),
        sweep(tape),
        places(eval::decimal_places(in.graph(), e, endings)),
        truth(in.graph().is(e, expr::kTruth)) {}
};

Swept::Swept(eval::Evaluator& in, std::span<const Variable> variables, std::span<const Expr> columns) : in_(in) {
  std::vector<Expr> symbols;
  std::vector<eval::Ending> endings;
  for (const Variable& v : variables) {
    symbols.push_back(v.symbol);
    sizes_.push_back(v.points.size());
    ladders_.emplace_back(in, v.points);
    if (const std::optional<int> places = ladders_.back().places()) endings.push_back({v.symbol, *places});
  }
  values_.resize(symbols.size());
  errors_.resize(symbols.size());
  std::vector<Expr> all = symbols;
  all.insert(all.end(), columns.begin(), columns.end());
  for (const Expr e : all) {
    columns_.push_back(std::make_unique<Column>(in, e, symbols, endings));
    if (!eval::in_vectors(columns_.back()->tape)) columns_.back().reset();
  }
}

Swept::~Swept() = default;

void Swept::fill(std::size_t first, std::size_t count, int digits, std::span<Cell> cells,
                 std::span<std::uint8_t> known) {
  const base::Lap lap(in_.budget().watch, base::Phase::evaluate);
  std::vector<eval::Column> inputs;
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
  for (std::size_t v = 0; v < ladders_.size(); ++v) inputs.push_back(eval::Column::of(values_[v], errors_[v].data()));
  std::ranges::fill(known, std::uint8_t{0});
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (columns_[c] == nullptr) continue;
    const Column& column = *columns_[c];
    eval::Job job;
    job.points = count;
    job.inputs = inputs;
    job.bounded = true;
    job.consume = [&](std::size_t from, std::size_t n, std::span<const double* const> values,
                      std::span<const double* const> errors) {
      for (std::size_t i = 0; i < n; ++i) {
        const std::size_t at = (from + i) * columns_.size() + c;
        known[at] = settle(cells[at], values[0][i], errors[0][i], digits, column.places, column.truth);
      }
    };
    columns_[c]->sweep.run(job);
  }
}

}  // namespace nabla::shell
