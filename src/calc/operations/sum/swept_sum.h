// Long sums by the batch engine: doubles with bounds of their errors, added up rigorously.
#pragma once

#include <utility>
#include <vector>

#include "eval/batch/sweep.h"

namespace nabla::calc {

class SweptSum {
 public:
  // The terms are the values of `body`, which depends on nothing but `index`.
  SweptSum(eval::Evaluator& in, expr::Expr body, expr::Expr index);

  // Whether the engine knows all that the body is made of.
  bool suits() const { return eval::in_vectors(tape_); }

  // Adds the terms for index = first … last to the total, with their errors and that of adding. Runs of terms of which
  // the engine knows nothing are left out and given back. Throws Error (timeout, interrupted).
  using Runs = std::vector<std::pair<long, long>>;
  Runs add(long first, long last, number::Ball& total, number::Bits bits);

 private:
  eval::Tape tape_;
  eval::Sweep sweep_;
};

}  // namespace nabla::calc
