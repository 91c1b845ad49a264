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
// Every instruction jumps to the next one itself: a single place of jumps would be foreseen less well.
void point(const PointStep* steps, unsigned long count, double* slots) {
  // clang-format off
  static const void* const kPlaces[] = {  // in the order of Code
      &&copy, &&negate, &&square_root, &&absolute, &&sign, &&floor, &&ceiling, &&truncate, &&round, &&unit_step,
      &&opposite, &&truth, &&power, &&polynomial, &&routine, &&sine_cosine, &&add, &&subtract, &&multiply, &&divide,
      &&minimum, &&maximum, &&less, &&less_equal, &&equal, &&not_equal, &&both, &&either, &&routine_of_two,
      &&multiply_add, &&multiply_subtract, &&subtract_product, &&choose, &&lanes, &&lanes};
  // clang-format on
  if (count == 0) return;
  const PointStep* const end = steps + count;
  const PointStep* s = steps;
  const auto a = [&] { return slots[s->a]; };
  const auto b = [&] { return slots[s->b]; };
  const auto c = [&] { return slots[s->c]; };
#define NABLA_NEXT        \
  if (++s == end) return; \
  goto* kPlaces[static_cast<int>(s->code)]
#define NABLA_POINT(name, value) \
  name:                          \
  slots[s->out] = (value);       \
  NABLA_NEXT;
  goto* kPlaces[static_cast<int>(s->code)];
  NABLA_POINT(copy, a())
  NABLA_POINT(negate, -a())
  NABLA_POINT(square_root, __builtin_sqrt(a()))
  NABLA_POINT(absolute, __builtin_fabs(a()))
  NABLA_POINT(sign, a() > 0 ? 1 : a() < 0 ? -1 : a() != a() ? a() : 0)
  NABLA_POINT(floor, __builtin_floor(a()))
  NABLA_POINT(ceiling, __builtin_ceil(a()))
  NABLA_POINT(truncate, __builtin_trunc(a()))
  NABLA_POINT(round, __builtin_round(a()))
  NABLA_POINT(unit_step, a() > 0 ? 1 : a() < 0 ? 0 : a() != a() ? a() : 0.5)
  NABLA_POINT(opposite, truth_of(a() == 0, a(), 0))
  NABLA_POINT(truth, truth_of(a()))
  NABLA_POINT(power, s->n == 2 ? a() * a() : power_of_one(a(), s->n))
  NABLA_POINT(polynomial, polynomial_of_one(s->coefficients, s->n, a()))
  NABLA_POINT(routine, s->one(a()))
sine_cosine : {
  const double x = a();
  slots[s->out] = __builtin_sin(x);
  slots[s->c] = __builtin_cos(x);
}
  NABLA_NEXT;
  NABLA_POINT(add, a() + b())
  NABLA_POINT(subtract, a() - b())
  NABLA_POINT(multiply, a() * b())
  NABLA_POINT(divide, a() / b())
  NABLA_POINT(minimum, b() != b() ? b() : b() < a() ? b() : a())
  NABLA_POINT(maximum, b() != b() ? b() : a() < b() ? b() : a())
  NABLA_POINT(less, truth_of(a() < b(), a(), b()))
  NABLA_POINT(less_equal, truth_of(a() <= b(), a(), b()))
  NABLA_POINT(equal, truth_of(a() == b(), a(), b()))
  NABLA_POINT(not_equal, truth_of(a() != b(), a(), b()))
  NABLA_POINT(both, a() != a() || a() == 0 ? a() : truth_of(b()))
  NABLA_POINT(either, a() != a() ? a() : a() != 0 ? 1 : truth_of(b()))
  NABLA_POINT(routine_of_two, s->two(a(), b()))
  NABLA_POINT(multiply_add, a() * b() + c())
  NABLA_POINT(multiply_subtract, a() * b() - c())
  NABLA_POINT(subtract_product, c() - a() * b())
  NABLA_POINT(choose, c() != c() ? c() : c() != 0 ? a() : b())
  NABLA_POINT(lanes, s->call->run(*s->call, slots, *s))
#undef NABLA_POINT
#undef NABLA_NEXT
}

}  // namespace
