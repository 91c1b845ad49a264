// The cells of a table: expressions at the points of ranges, proven to the last digit.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "calc/elaborate/range.h"
#include "eval/balls/evaluator.h"
#include "view/answers/answer.h"

namespace nabla::session {

// A variable and the points it runs through.
struct Variable {
  expr::Expr symbol;
  calc::Points points;
};

class Swept;

// Rows read one after the other are made many at a time by the batch engine; what it does not settle is proven in
// balls.
class Tabulator {
 public:
  Tabulator(eval::Evaluator& in, std::vector<Variable> variables, std::vector<expr::Expr> columns);
  ~Tabulator();

  // The number of points: the product of the variables' numbers.
  std::size_t size() const { return size_; }
  // The values of the variables at point i (the last variable runs fastest), then those of the columns, to `digits`
  // digits; what has no value is an empty cell. Valid until the next row. Throws Error (timeout, interrupted).
  std::span<const view::Cell> row(std::size_t i, int digits);

 private:
  struct Scratch;
  std::size_t width() const { return variables_.size() + columns_.size(); }
  bool reach(std::size_t i, int digits);
  void split(std::size_t i);
  void complete(std::size_t i, int digits, std::span<view::Cell> cells, std::span<std::uint8_t> known);
  void complete_bound(int digits, std::span<view::Cell> cells, std::span<const std::uint8_t> known);
  void complete_substituted(int digits, std::span<view::Cell> cells, std::span<const std::uint8_t> known);

  eval::Evaluator& in_;
  std::vector<Variable> variables_;
  std::vector<expr::Expr> columns_;
  std::size_t size_ = 1;
  std::unique_ptr<Scratch> scratch_;
  std::vector<std::size_t> at_;  // of each variable: the index of its point

  // A run of rows.
  std::unique_ptr<Swept> swept_;
  std::size_t first_ = 0;
  std::size_t count_ = 0;
  int digits_ = 0;
  std::vector<view::Cell> cells_;
  std::vector<std::uint8_t> known_;

  std::vector<view::Cell> single_;  // a row by itself
  std::vector<std::uint8_t> single_known_;
};

}  // namespace nabla::session
