// One point: a tape over single doubles.
#pragma once

#include "eval/batch/kernel_vector.h"

namespace {

NABLA_INLINE double truth_of(bool holds, double a, double b) { return a != a || b != b ? kNotANumber : holds ? 1 : 0; }
NABLA_INLINE double truth_of(double x) { return x != x ? x : x != 0 ? 1 : 0; }
NABLA_INLINE double power_of_one(double x, long n) {
  double r = 1;
  for (; n != 0; n >>= 1, x *= x) {
    if ((n & 1) != 0) r *= x;
  }
  return r;
}
NABLA_INLINE double polynomial_of_one(const double* c, long n, double x) {
  double p = c[n - 1];
  for (long j = n - 2; j >= 0; --j) p = p * x + c[j];
  return p;
}
NABLA_INLINE double sine_and_cosine_of_one(double x, double& cosine) {
  cosine = __builtin_cos(x);
  return __builtin_sin(x);
}
// Every instruction jumps to the next one itself: a single place of jumps would be foreseen less well.
void point(const PointStep* steps, unsigned long count, double* slots) {
#define NABLA_INSTRUCTION(name, ...) &&name,
  static const void* const kPlaces[] = {
#include "eval/tape/instructions.inc"
  };
#undef NABLA_INSTRUCTION
  if (count == 0) return;
  const PointStep* const end = steps + count;
  const PointStep* s = steps;
  const auto a = [&] { return slots[s->a]; };
  const auto b = [&] { return slots[s->b]; };
  const auto c = [&] { return slots[s->c]; };
  goto* kPlaces[static_cast<int>(s->code)];
#define NABLA_INSTRUCTION(name, arity, form, ...) \
  name:                                           \
  slots[s->out] = (__VA_ARGS__);                  \
  if (++s == end) return;                         \
  goto* kPlaces[static_cast<int>(s->code)];
#include "eval/tape/instructions.inc"
#undef NABLA_INSTRUCTION
}

}  // namespace
