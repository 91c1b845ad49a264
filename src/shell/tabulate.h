// The cells of a table: expressions at the points of ranges, proven to the last digit.
#pragma once

#include <memory>
#include <vector>

#include "calc/range.h"
#include "eval/evaluator.h"
#include "view/answer.h"

namespace nabla::shell {

// A variable and the points it runs through.
struct Variable {
  expr::Expr symbol;
  calc::Points points;
};

class Tabulator {
 public:
  Tabulator(eval::Evaluator& in, std::vector<Variable> variables, std::vector<expr::Expr> columns);
  ~Tabulator();

  // The number of points: the product of the variables' numbers.
  std::size_t size() const { return size_; }
  // The values of the variables at point i (the last variable runs fastest), then those of the columns, to `digits`
  // digits; what has no value is an empty cell. Valid until the next row. Throws Error (timeout, interrupted).
  std::vector<view::Cell>& row(std::size_t i, int digits);

 private:
  struct Scratch;
  void split(std::size_t i);
  void bound_row(int digits);
  void substituted_row(int digits);

  eval::Evaluator& in_;
  std::vector<Variable> variables_;
  std::vector<expr::Expr> columns_;
  std::size_t size_ = 1;
  std::unique_ptr<Scratch> scratch_;
  std::vector<std::size_t> at_;  // of each variable: the index of its point
  std::vector<view::Cell> row_;
};

}  // namespace nabla::shell
