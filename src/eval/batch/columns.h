// Expressions at many points: by the batch engine where its error bounds show that it is good enough, else by balls.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "eval/batch/sweep.h"

namespace nabla::eval {

class Columns {
 public:
  // The expressions depend on nothing but the variables. The tape is made when it is first needed.
  Columns(Evaluator& in, std::vector<Expr> expressions, std::vector<Expr> variables);
  ~Columns();

  // Whether the engine computes expression e. It leaves alone integrals, recursive functions and functions without
  // vector routine, which cost no less than balls.
  bool is_swept(std::size_t e);

  // Values of one expression at points first, first + 1, … and bounds of their errors; both may be inf or NaN.
  struct Block {
    std::size_t expression = 0;
    std::size_t first = 0;
    std::span<const double> values;
    std::span<const double> errors;
  };
  // Decides which values of a block are good enough, and keeps what is wanted of them. `settled` holds a mark a value,
  // all 0 at first.
  using Rule = std::function<void(const Block& block, std::span<std::uint8_t> settled)>;

  // Computes the swept expressions at so many points of the inputs, a column a variable. The rule is called once for
  // each value, with blocks in any order and from several threads at once. Throws Error (timeout, interrupted).
  void sweep(std::span<const Column> inputs, std::size_t points, const Rule& rule);

  // Of the last sweep: whether the rule took the value of expression e at point i.
  bool is_settled(std::size_t e, std::size_t i) const { return settled_[e * points_ + i] != 0; }
  // Marks it as known by other means.
  void settle(std::size_t e, std::size_t i) { settled_[e * points_ + i] = 1; }
  // The first run of points from `from` on that are left to balls; empty if there is none.
  struct Run {
    std::size_t first = 0;
    std::size_t end = 0;
    bool empty() const { return first == end; }
  };
  Run open_run(std::size_t e, std::size_t from) const;

  // Adds the values of expression e to the total, with their errors and that of adding. Runs of points of which the
  // engine knows nothing are left out and given back in order. Throws Error (timeout, interrupted).
  std::vector<Run> add_up(std::size_t e, std::span<const Column> inputs, std::size_t points, Ball& total, Bits bits);

  // What a value must be good to: its relative error, or the error of what balls find close to 0.
  struct Tolerance {
    double relative = 0;
    double estimated = 0;  // relative, of what balls only estimate
    double near_zero = 0;  // absolute
  };
  // Where the values of an expression go, and bounds of their errors; a value is NaN where the expression is undefined
  // (then its bound is 0) or not decided (inf). The bound of an estimate is its estimated error.
  struct Target {
    std::span<double> values;
    std::span<double> errors;
  };
  // Fills a target an expression. The inputs are arrays of exact doubles (no ranges, no errors). Throws Error (timeout,
  // interrupted).
  void evaluate(std::span<const Column> inputs, std::size_t points, const Tolerance& good,
                std::span<const Target> targets);

 private:
  struct Engine;
  Engine& engine();
  void clear_marks(std::size_t points);

  Evaluator& in_;
  std::vector<Expr> expressions_;
  std::vector<Expr> variables_;
  std::unique_ptr<Engine> engine_;
  std::size_t points_ = 0;
  std::vector<std::uint8_t> settled_;  // by expression, then point
  std::vector<Bits> bits_;             // what was too little for one value of an expression mostly is for the next
};

}  // namespace nabla::eval
