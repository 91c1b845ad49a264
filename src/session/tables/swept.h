// Cells of a table by the batch engine, many rows at a time: those whose digits doubles and their error bounds prove.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "eval/batch/sweep.h"
#include "session/tables/ladder.h"
#include "session/tables/tabulate.h"

namespace nabla::session {

class Swept {
 public:
  // What the engine knows nothing of is left out: integrals, recursive functions, functions without vector routine.
  Swept(eval::Evaluator& in, std::span<const Variable> variables, std::span<const expr::Expr> columns);

  // Writes the cells of `count` rows from `first` on, row by row, that are settled to `digits` digits, and marks them
  // in `known`. In several threads; the same cells for any number of them. Throws Error (timeout, interrupted).
  void fill(std::size_t first, std::size_t count, int digits, std::span<view::Cell> cells,
            std::span<std::uint8_t> known);

 private:
  // A variable or an expression of the table that the engine knows.
  struct Column {
    std::size_t index = 0;  // in a row
    std::optional<int> places;
    bool truth = false;
  };
  void read_variables(std::size_t first, std::size_t count);

  eval::Evaluator& in_;
  std::vector<expr::Expr> symbols_;  // of the variables
  std::vector<Ladder> ladders_;
  std::vector<std::size_t> sizes_;
  std::vector<Column> columns_;
  std::size_t width_ = 0;  // of a row
  std::unique_ptr<eval::Tape> tape_;
  std::unique_ptr<eval::Sweep> sweep_;
  std::vector<std::vector<double>> values_;  // of the variables, and bounds of their errors
  std::vector<std::vector<double>> errors_;
};

}  // namespace nabla::session
