// Points of one or several variables as columns of doubles with bounds of their errors.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "eval/balls/evaluator.h"
#include "eval/batch/points.h"
#include "eval/batch/sweep.h"

namespace nabla::eval {

// A variable and the points it runs through.
struct Variable {
  Expr symbol;
  Points points;
};

// The points of one variable, each made when it is asked for.
class RoundedPoints {
 public:
  RoundedPoints(Evaluator& in, const Points& points);

  struct Rounded {
    double value = 0;
    double error = 0;  // 0: the point is this double; inf: nothing is known
  };
  Rounded operator[](std::size_t i) const;

  // The decimal places after which all points end, if they do.
  std::optional<int> places() const { return places_; }

 private:
  // A number as the sum of two doubles.
  struct Pair {
    double high = 0;
    double low = 0;
    double error = 0;  // of the sum
  };
  static Pair pair_of(const Ball& b);

  Pair first_;
  Pair step_;
  std::vector<Rounded> list_;  // instead of first_ and step_
  std::optional<int> places_;
};

// All combinations of the points of several variables; the last one runs fastest.
class Grid {
 public:
  explicit Grid(std::vector<Variable> variables);

  const std::vector<Variable>& variables() const { return variables_; }
  std::size_t size() const { return size_; }
  // Which of its points each variable has at point i of the grid. Valid until the next call.
  std::span<const std::size_t> split(std::size_t i);
  // A column a variable, for points first … first + count - 1. Valid until the next call.
  std::span<const Column> columns(Evaluator& in, std::size_t first, std::size_t count);
  // The places after which a variable's points end, if they do. After columns().
  std::optional<int> places(std::size_t variable) const { return rounded_[variable].places(); }

 private:
  std::vector<Variable> variables_;
  std::size_t size_ = 1;
  std::vector<std::size_t> at_;
  std::vector<RoundedPoints> rounded_;  // made by columns()
  std::vector<std::vector<double>> values_;
  std::vector<std::vector<double>> errors_;
  std::vector<Column> columns_;
};

}  // namespace nabla::eval
