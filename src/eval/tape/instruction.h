// Instructions of a tape: what is done to which slots.
#pragma once

#include <cstddef>
#include <cstdint>

namespace nabla::eval {

// Truth values are 1 and 0; NaN stands for what has no value, and passes through comparisons and conditions.
enum class Code : std::uint8_t {
  copy,               // a
  negate,             // -a
  square_root,        // √a
  absolute,           // |a|
  sign,               // -1, 0, 1
  floor,              //
  ceiling,            //
  truncate,           //
  round,              // halves away from zero
  unit_step,          // 0, 1/2, 1
  opposite,           // 1 if a is 0, else 0
  truth,              // 0 if a is 0, else 1
  power,              // a^n, n >= 2
  polynomial,         // coefficients, ascending, at a
  routine,            // f(a)
  sine_cosine,        // sin(a) to out, cos(a) to second
  add,                // a + b
  subtract,           // a - b
  multiply,           // a b
  divide,             // a / b
  minimum,            //
  maximum,            //
  less,               // a < b
  less_equal,         //
  equal,              //
  not_equal,          //
  both,               // a and b; b need not have a value if a is false
  either,             // a or b
  routine_of_two,     // f(a, b)
  multiply_add,       // a b + c
  multiply_subtract,  // a b - c
  subtract_product,   // c - a b
  choose,             // c ? a : b
  lanes,              // a function without vector routine, point by point
  external,           // a node that only an evaluator can compute, point by point where c (if any) is true
};
inline constexpr std::size_t kKernelCodes = static_cast<std::size_t>(Code::lanes);

constexpr int arity_of(Code c) {
  if (c < Code::add) return 1;
  return c < Code::multiply_add ? 2 : 3;
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
