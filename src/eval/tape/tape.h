// Straight-line code for several roots of a graph together, over doubles: common subexpressions are computed once, a·b
// + c is one instruction, polynomials use Horner's rule, slots are reused. Run over blocks of points by a Sweep, or one
// point at a time by a Point.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "eval/balls/evaluator.h"
#include "eval/tape/instruction.h"
#include "functions/vector_routine.h"

namespace nabla::eval {

// A slot is named by its number: constants first, then parameters, inputs, results computed once, results of a point.
using SlotId = std::uint32_t;
inline constexpr SlotId kNoSlot = 0xffffffff;

struct Instruction {
  Code code = Code::copy;
  number::Slope slope = number::Slope::unknown;
  SlotId out = kNoSlot;
  SlotId second = kNoSlot;  // of sine_cosine
  SlotId a = kNoSlot;
  SlotId b = kNoSlot;
  SlotId c = kNoSlot;
  std::uint32_t coefficients = 0;  // first of n
  long n = 0;
  const number::VectorForm* function = nullptr;
  const expr::Function* row = nullptr;  // of lanes
  Expr node;                            // of external
};

class Tape {
 public:
  // `inputs` vary from point to point, `parameters` have one value for all points of a sweep; both are symbols or bound
  // variables. Constants are computed in balls. Bodies of operations and recursive calls stay external.
  Tape(Evaluator& in, std::span<const Expr> roots, std::span<const Expr> inputs, std::span<const Expr> parameters = {});

  std::size_t root_count() const { return roots_.size(); }
  std::size_t input_count() const { return inputs_.size(); }
  std::size_t parameter_count() const { return parameters_.size(); }

  // The rest is for Sweep and Point, which run it.
  SlotId first_parameter() const { return static_cast<SlotId>(constants_.size()); }
  SlotId first_input() const { return first_parameter() + static_cast<SlotId>(parameters_.size()); }
  SlotId first_single() const { return first_input() + static_cast<SlotId>(inputs_.size()); }
  SlotId first_varying() const { return first_single() + singles_; }
  SlotId slot_count() const { return first_varying() + varyings_; }
  bool is_varying(SlotId s) const { return s >= first_varying() || (s >= first_input() && s < first_single()); }

  std::span<const double> constants() const { return constants_; }
  std::span<const double> constant_errors() const { return constant_errors_; }
  std::span<const double> coefficients() const { return coefficients_; }
  std::span<const double> coefficient_errors() const { return coefficient_errors_; }
  std::span<const Instruction> once() const { return once_; }
  std::span<const Instruction> each() const { return each_; }
  std::span<const SlotId> roots() const { return roots_; }
  std::span<const Expr> inputs() const { return inputs_; }
  std::span<const Expr> parameters() const { return parameters_; }
  bool has_externals() const { return has_externals_; }
  Evaluator& evaluator() const { return in_; }

 private:
  friend class TapeCompiler;

  Evaluator& in_;
  std::vector<Expr> inputs_;
  std::vector<Expr> parameters_;
  std::vector<double> constants_;
  std::vector<double> constant_errors_;
  std::vector<double> coefficients_;
  std::vector<double> coefficient_errors_;
  std::vector<Instruction> once_;
  std::vector<Instruction> each_;
  std::vector<SlotId> roots_;
  std::uint32_t singles_ = 0;
  std::uint32_t varyings_ = 0;
  bool has_externals_ = false;
};

// A tape evaluated at one point at a time, without allocation.
class Point {
 public:
  explicit Point(const Tape& tape);
  Point(const Point&) = delete;
  Point& operator=(const Point&) = delete;

  std::span<double> parameters() { return parameters_; }               // set before renew()
  std::span<double> inputs() { return inputs_; }                       // set before run()
  void renew() { point_(once_.data(), once_.size(), slots_.data()); }  // computes what depends on parameters only
  void run() { point_(each_.data(), each_.size(), slots_.data()); }
  double result(std::size_t root) const { return *results_[root]; }
  std::span<double> slots() { return slots_; }
  void run_step(std::size_t i) { point_(&each_[i], 1, slots_.data()); }  // one instruction of each()

 private:
  PointStep step(const Instruction& i);
  static double run_lane(const PointCall& call, const double* slots, const PointStep& step);
  static double run_external_step(const PointCall& call, const double* slots, const PointStep& step);

  std::vector<double> slots_;
  std::span<double> parameters_;
  std::span<double> inputs_;
  std::vector<PointStep> once_;
  std::vector<PointStep> each_;
  std::vector<std::unique_ptr<PointCall>> calls_;
  std::vector<const double*> results_;
  const Tape& tape_;
  void (*point_)(const PointStep* steps, std::size_t count, double* slots);
};

// Binds inputs and parameters of the tape to their values in `slots` and evaluates a node in balls; NaN if it has no
// value. Writes a bound of the error to `error` if it is not null.
double run_external(const Tape& tape, Expr node, const double* slots, double* error);

}  // namespace nabla::eval
