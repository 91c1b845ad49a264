// Sums over blocks, and ranges made inside a block.
#pragma once

#include "eval/batch/kernel_vector.h"

namespace {

// Eight lanes of running totals, whatever the width of a vector; several vectors at a time, so that additions overlap.
constexpr int kLanes = 8;
constexpr int kParts = kLanes / NABLA_WIDTH;
template <bool kProduct>
NABLA_INLINE void accumulate(double* totals, const double* a, const double* b, unsigned long n) {
  constexpr int kChains = 4;
  V s[kChains * kParts];
  for (V& v : s) v = all(0);
  unsigned long i = 0;
  for (; i + kChains * kLanes <= n; i += kChains * kLanes) {
    for (int k = 0; k < kChains * kParts; ++k) {
      const V x = load(a + i + k * NABLA_WIDTH);
      s[k] = kProduct ? s[k] + x * load(b + i + k * NABLA_WIDTH) : s[k] + x;
    }
  }
  for (; i < n; i += kLanes) {
    for (int k = 0; k < kParts; ++k) {
      const V x = load(a + i + k * NABLA_WIDTH);
      s[k] = kProduct ? s[k] + x * load(b + i + k * NABLA_WIDTH) : s[k] + x;
    }
  }
  for (int k = 0; k < kParts; ++k) {
    V t = load(totals + k * NABLA_WIDTH);
    for (int c = 0; c < kChains; ++c) t = t + s[c * kParts + k];
    store(totals + k * NABLA_WIDTH, t);
  }
}
void sum_of(double* totals, const double* a, unsigned long n) { accumulate<false>(totals, a, a, n); }
void dot_of(double* totals, const double* a, const double* b, unsigned long n) { accumulate<true>(totals, a, b, n); }

void ramp(double* out, double* error, double first, double step, double start, unsigned long n) {
  V index = all(start);
  for (int i = 0; i < NABLA_WIDTH; ++i) index[i] += i;
  for (unsigned long i = 0; i < n; i += NABLA_WIDTH) {
    const V shift = index * step;
    const V x = first + shift;
    store(out + i, x);
    if (error != nullptr) store(error + i, (rounding(x) + rounding(shift)) * kInflate);
    index = index + NABLA_WIDTH;
  }
}

}  // namespace
