// Kernels: one instruction over a block of points, for each set of vector instructions.
#pragma once

#include <array>

#include "eval/tape/instruction.h"
#include "functions/vector_routine.h"

namespace nabla::eval {

// Which operands are single doubles: bit 0 for a, bit 1 for b, bit 2 for c.
using Mode = unsigned;

struct KernelSet {
  functions::Isa isa;
  // The kernel of an instruction; nullptr where its operands are all single, or lanes are done elsewhere. Kernels of
  // routines depend on the rule for the slope.
  Kernel (*plain)(Code code, Mode mode, long n);
  Kernel (*bounded)(Code code, Mode mode, long n, number::Slope slope);
  // Add to the eight lanes of `totals` what stands in them of a, of a·b.
  void (*sum)(double* totals, const double* a, std::size_t points);
  void (*dot)(double* totals, const double* a, const double* b, std::size_t points);
  // One point: instructions over single doubles.
  void (*point)(const PointStep* steps, std::size_t count, double* slots);
  // first + (start + i) step, with bounds of the rounding unless `error` is null.
  void (*ramp)(double* out, double* error, double first, double step, double start, std::size_t points);
};

const KernelSet& baseline_kernels();
const KernelSet& avx2_kernels();
const KernelSet& avx512_kernels();

// The widest this machine has; the environment variable NABLA_ISA (baseline, avx2, avx512) asks for less.
const KernelSet& kernels();
// Those this machine can run.
std::array<const KernelSet*, 3> available_kernels();  // nullptr where it cannot

}  // namespace nabla::eval
