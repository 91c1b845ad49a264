// Instructions of a tape: what is done to which slots.
#pragma once

#include <cstddef>
#include <cstdint>

namespace nabla::eval {

// The rows of instructions.inc, in their order.
#define NABLA_INSTRUCTION(name, ...) name,
enum class Code : std::uint8_t {
#include "eval/tape/instructions.inc"
};
#undef NABLA_INSTRUCTION

// The number of operands it has at most.
constexpr int arity_of(Code c) {
#define NABLA_INSTRUCTION(name, arity, ...) arity,
  constexpr int kArities[] = {
#include "eval/tape/instructions.inc"
  };
#undef NABLA_INSTRUCTION
  return kArities[static_cast<int>(c)];
}

// What a kernel works on: arrays of doubles (best aligned to 64 bytes), or single doubles where a mode says so. The
// second row holds bounds of the error.
struct Operands {
  double* out = nullptr;
  const double* a = nullptr;
  const double* b = nullptr;
  const double* c = nullptr;
  double* second = nullptr;
  double* out_error = nullptr;
  const double* a_error = nullptr;
  const double* b_error = nullptr;
  const double* c_error = nullptr;
  double* second_error = nullptr;
  const void* routine = nullptr;    // of a vector
  const void* logarithm = nullptr;  // the routine for ln, for bounds of powers
  const double* coefficients = nullptr;
  const double* coefficient_errors = nullptr;
  long n = 0;      // exponent; number of coefficients
  double ulp = 0;  // of the routine
};

// An instruction over single doubles: short, because long tapes are read from memory. Operands are places in one array
// of slots; those it does not have are place 0.
struct PointCall;
struct PointStep {
  Code code = Code::copy;
  std::uint16_t n = 0;  // exponent, number of coefficients or arguments
  std::uint32_t out = 0;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t c = 0;  // of sine_cosine: the place of the cosine
  union {
    double (*one)(double) = nullptr;
    double (*two)(double, double);
    const double* coefficients;
    const PointCall* call;
  };
};

// How lanes and externals are done.
struct PointCall {
  double (*run)(const PointCall& call, const double* slots, const PointStep& step) = nullptr;
  const void* tape = nullptr;
  const void* instruction = nullptr;
};

// Works through this many points, a multiple of 8.
using Kernel = void (*)(const Operands& o, std::size_t points);

}  // namespace nabla::eval
