// The cells of a table: expressions at the points of ranges, proven to the last digit.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "eval/batch/columns.h"
#include "eval/batch/grid.h"
#include "view/answers/answer.h"

namespace nabla::session {

// Rows read one after the other are made many at a time by the batch engine; what it does not settle is proven in
// balls.
class Tabulator {
 public:
  Tabulator(eval::Evaluator& in, std::vector<eval::Variable> variables, std::vector<expr::Expr> columns);
  ~Tabulator();

  // The number of points: the product of the variables' numbers.
  std::size_t size() const { return grid_.size(); }
  // The values of the variables at point i (the last variable runs fastest), then those of the columns, to `digits`
  // digits; what has no value is an empty cell. Valid until the next row. Throws Error (timeout, interrupted).
  std::span<const view::Cell> row(std::size_t i, int digits);

 private:
  struct Scratch;
  std::size_t width() const { return grid_.variables().size() + columns_.size(); }
  bool reach(std::size_t i, int digits);
  void sweep();
  void complete(std::size_t i, int digits, std::span<view::Cell> cells);
  void complete_bound(std::span<const std::size_t> at, int digits, std::span<view::Cell> cells);
  void complete_substituted(std::span<const std::size_t> at, int digits, std::span<view::Cell> cells);

  eval::Evaluator& in_;
  eval::Grid grid_;
  std::vector<expr::Expr> columns_;
  std::unique_ptr<Scratch> scratch_;

  // A run of rows, cells of which the engine settles.
  std::unique_ptr<eval::Columns> engine_;   // of variables and columns
  std::vector<std::optional<int>> places_;  // after which all values of a variable or column end
  std::vector<bool> truths_;                // whether they are truth values
  std::size_t first_ = 0;
  std::size_t count_ = 0;
  int digits_ = 0;
  std::vector<view::Cell> cells_;

  std::vector<view::Cell> single_;   // a row by itself
  std::vector<std::uint8_t> known_;  // cells of the row that is completed
};

}  // namespace nabla::session
