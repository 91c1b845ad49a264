// The kernel set (kernel.h) for AVX2 with FMA: compiled with its own flags, see CMakeLists.txt.
#if defined(__x86_64__)
#include <immintrin.h>

#include "eval/batch/kernel.h"
#define NABLA_WIDTH 4
#define NABLA_HAS_ROUNDING
namespace {
typedef double V __attribute__((vector_size(NABLA_WIDTH * 8)));
inline __attribute__((always_inline)) V root(V x) { return _mm256_sqrt_pd(x); }
inline __attribute__((always_inline)) V floor_of(V x) {
  return _mm256_round_pd(x, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
}
inline __attribute__((always_inline)) V ceiling_of(V x) {
  return _mm256_round_pd(x, _MM_FROUND_TO_POS_INF | _MM_FROUND_NO_EXC);
}
inline __attribute__((always_inline)) V whole_of(V x) {
  return _mm256_round_pd(x, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC);
}
}  // namespace
#include "eval/batch/kernel_body.h"

namespace nabla::eval {

const KernelSet& avx2_kernels() {
  static constexpr KernelSet kSet{functions::Isa::avx2, plain_kernel, bounded_kernel, sum_of, dot_of, point, ramp};
  return kSet;
}

}  // namespace nabla::eval
#endif
