// One thread's part in a sweep: its buffers, and the instructions of the tape with their addresses in them.
#pragma once

#include <memory>
#include <new>
#include <span>
#include <vector>

#include "eval/batch/sweep.h"

namespace nabla::eval {

// Where the results of a sweep go.
struct Purpose {
  bool bounded = false;
  bool stores = false;    // results go to arrays
  bool sums = false;      // they are added up
  bool consumes = false;  // they are passed to a function, block by block
  friend bool operator==(Purpose, Purpose) = default;
};

// Doubles in a cache line: buffers are whole lines, and end with one, so that they do not collide.
inline constexpr std::size_t kLine = 8;

class Worker {
 public:
  // `singles` are the slots that hold one value for all points; their addresses are kept.
  Worker(const Tape& tape, Purpose purpose, const KernelSet& set, std::span<const double> singles,
         std::span<const double> single_errors, std::size_t block);

  // Works through points first … first + count - 1 (a block or the rest). Sums of the roots are added to `totals`,
  // eight lanes a root.
  void run(const Job& job, std::size_t first, std::size_t count, double* totals);
  // The factor for the total of a root; NaN if it is not finite.
  double scale(std::size_t root) const;

 private:
  struct Call {
    Kernel kernel = nullptr;
    Operands operands;
    const Instruction* code = nullptr;
    // Whether the instruction of a root that is only added up is merged into adding.
    enum class Sum : std::uint8_t { no, here, later } sum = Sum::no;
    std::size_t root = 0;
    const double* Operands::*first = nullptr;  // added up: first, or first·second
    const double* Operands::*second = nullptr;
  };
  // An operand that is an input, whose address changes from block to block.
  struct Patch {
    std::size_t call;
    const double* Operands::*value;
    const double* Operands::*error;
    SlotId slot;
  };

  void bind();

  // Finds roots that the last instruction for their slot can write directly to the results.
  void find_direct_roots();

  // If only the sum of a root is wanted, its last instructions are merged into the sum: factors that are the same for
  // all points multiply the total, and products are added up directly.
  void find_summed_roots();
  void sum_root(std::size_t root, std::size_t call);
  // The call that writes slot s, if only this call reads it.
  std::size_t only_source(std::size_t call, SlotId s) const;

  void aim(std::size_t first, bool at_results);

  void load_inputs(std::size_t first, std::size_t count);

  void patch(const Patch& p);

  // Runs an instruction without kernel, point by point.
  void by_lanes(std::size_t call, const Operands& o, std::size_t count);

  bool inputs_move(std::size_t k) const;

  void deliver(std::size_t first, std::size_t count, double* totals, bool at_results);

  // Adds the lanes of a block to the totals of a root.
  void add_up(double* totals, const double* a, const double* b, std::size_t count) const;

  const Tape& tape_;
  const Job* job_ = nullptr;
  const KernelSet& set_;
  Purpose purpose_;
  bool bounded_;
  std::size_t block_;
  std::size_t stride_;
  std::size_t arrays_ = 0;
  std::span<const double> singles_;
  std::span<const double> single_errors_;
  struct Free {
    void operator()(double* p) const { ::operator delete[](p, std::align_val_t{64}); }
  };
  std::unique_ptr<double[], Free> buffer_;
  double* zeros_ = nullptr;
  std::vector<double*> place_;
  std::vector<double*> error_place_;
  std::vector<std::size_t> root_buffers_;
  std::vector<Call> calls_;
  std::vector<Patch> patches_;
  std::vector<bool> used_;           // inputs that are read
  std::vector<std::size_t> direct_;  // by root: the call that writes it to the results, or kNoCall
  std::vector<const double*> values_;
  std::vector<const double*> errors_;
  struct RootSum {
    bool by_call = false;  // a call adds it up
    double sign = 1;
    std::vector<const double*> factors;
  };
  std::vector<RootSum> sums_;     // by root
  std::unique_ptr<Point> point_;  // for instructions without a kernel
};

}  // namespace nabla::eval
