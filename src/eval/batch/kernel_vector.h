// Vectors of NABLA_WIDTH doubles, in which kernels are written. See kernel_body.h.
#pragma once

#include "eval/tape/instruction.h"
#include "functions/vector_routine.h"

namespace {

using namespace nabla::eval;
using nabla::number::Slope;

typedef double V __attribute__((vector_size(NABLA_WIDTH * 8)));
typedef double Unaligned __attribute__((vector_size(NABLA_WIDTH * 8), aligned(8), may_alias));
typedef long long M __attribute__((vector_size(NABLA_WIDTH * 8)));
struct V2 {
  V first;
  V second;
};
typedef V (*Routine)(V);
typedef V (*Routine2)(V, V);
typedef V2 (*PairRoutine)(V);

#define NABLA_INLINE static inline __attribute__((always_inline))

constexpr double kInfinity = __builtin_inf();
constexpr double kNotANumber = __builtin_nan("");
constexpr double kUnit = 0x1.00001p-53;  // of rounding to nearest, and a little more
constexpr double kInflate = 1 + 0x1p-46;
constexpr double kTiny = 0x1p-1022;  // of rounding where doubles run out; no denormal, which would be slow

NABLA_INLINE V all(double x) { return V{} + x; }
NABLA_INLINE V magnitude(V x) { return reinterpret_cast<V>(reinterpret_cast<M>(x) & 0x7fffffffffffffffLL); }
NABLA_INLINE M unordered(V a, V b) { return (a != a) | (b != b); }
NABLA_INLINE V larger(V a, V b) { return a > b ? a : b; }
NABLA_INLINE V truth_of(M m, V a, V b) { return unordered(a, b) ? all(kNotANumber) : (m ? all(1) : all(0)); }

#define NABLA_LANES(name, function)                              \
  NABLA_INLINE V name(V x) {                                     \
    V r;                                                         \
    for (int i = 0; i < NABLA_WIDTH; ++i) r[i] = function(x[i]); \
    return r;                                                    \
  }
#ifndef NABLA_HAS_ROUNDING
NABLA_LANES(root, __builtin_sqrt)
NABLA_LANES(floor_of, __builtin_floor)
NABLA_LANES(ceiling_of, __builtin_ceil)
NABLA_LANES(whole_of, __builtin_trunc)
#endif

NABLA_INLINE V rounding(V r) { return magnitude(r) * kUnit + kTiny; }
// The bound, or infinity where `bad` holds.
NABLA_INLINE V unless(M bad, V bound) { return bad ? all(kInfinity) : bound; }

NABLA_INLINE V load(const double* p) { return *reinterpret_cast<const Unaligned*>(p); }
NABLA_INLINE void store(double* p, V v) { *reinterpret_cast<Unaligned*>(p) = v; }
template <bool kSingle>
NABLA_INLINE V read(const double* p, unsigned long i) {
  return kSingle ? all(*p) : load(p + i);
}
// Whether an argument has a bound; without one it may have no value.
NABLA_INLINE M known(V e) { return e < kInfinity; }
// Results that are not finite have no bound.
NABLA_INLINE V settled(V bound, V r) {
  const V b = bound * kInflate;
  return ((b < kInfinity) & (magnitude(r) < kInfinity)) ? b : all(kInfinity);
}

}  // namespace
