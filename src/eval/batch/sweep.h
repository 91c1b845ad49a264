// A tape over many points, a block at a time, in SIMD and in several threads.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "eval/batch/kernel.h"
#include "eval/tape/tape.h"

namespace nabla::eval {

// The values of one input of a tape: an array, or first + i·step made inside the block.
struct Column {
  const double* data = nullptr;   // of as many points as the sweep has
  const double* error = nullptr;  // bounds of their errors; nullptr: they are exact
  double first = 0;               // without data
  double step = 0;
  std::size_t start = 0;  // the index i of the first point
  static Column of(std::span<const double> values, const double* error = nullptr) {
    return {values.data(), error, 0, 0, 0};
  }
  static Column range(double first, double step) { return {nullptr, nullptr, first, step, 0}; }
  // Without its first points.
  Column after(std::size_t skipped) const;
  // Whether as many points of a range are integers that doubles hold.
  bool is_exact_range(std::size_t points) const;
};

// What a sweep is to do. Results of the roots go to `out` (and bounds of their errors to `out_error`), one array a
// root; or, if those are empty, only sums over all points are formed. The results have the same bits for any number of
// threads.
struct Job {
  std::size_t points = 0;
  std::span<const Column> inputs;
  std::span<const double> parameters;  // exact
  std::span<double* const> out;
  std::span<double* const> out_error;
  std::span<double> sums;  // one a root, if wanted
  int threads = 0;         // at most; 0: as the budget says
  // Given the results of every block in turn, in any order of blocks and from several threads at once.
  std::function<void(std::size_t first, std::size_t count, std::span<const double* const> values,
                     std::span<const double* const> errors)>
      consume;
  bool bounded = false;  // for consume; set by out_error
};

struct Purpose;
class Worker;

// Keeps buffers from run to run.
class Sweep {
 public:
  explicit Sweep(const Tape& tape, const KernelSet& set = kernels());
  ~Sweep();
  Sweep(const Sweep&) = delete;
  Sweep& operator=(const Sweep&) = delete;

  // Throws Error (timeout, interrupted).
  void run(const Job& job);

 private:
  void prepare(const Job& job, bool bounded);

  const Tape& tape_;
  const KernelSet& set_;
  std::unique_ptr<Point> start_;
  std::vector<double> singles_;
  std::vector<double> single_errors_;
  std::unique_ptr<Purpose> purpose_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<double> totals_;
};

void sweep(const Tape& tape, const Job& job, const KernelSet& set = kernels());

// Whether all of the tape is done in vectors. What is done point by point costs no less than balls.
bool in_vectors(const Tape& tape);

}  // namespace nabla::eval
