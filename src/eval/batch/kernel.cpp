#include "eval/batch/kernel.h"

#include <cstdlib>
#include <string_view>

namespace nabla::eval {
namespace {

#if defined(__x86_64__)
bool has_avx512() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}
bool has_avx2() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
#endif

const KernelSet& widest() {
  const char* wish = std::getenv("NABLA_ISA");
  const std::string_view limit = wish == nullptr ? "" : wish;
  const auto all = available_kernels();
  if (limit == "baseline") return *all[0];
  if (all[2] != nullptr && limit != "avx2") return *all[2];
  return all[1] != nullptr ? *all[1] : *all[0];
}

}  // namespace

std::array<const KernelSet*, 3> available_kernels() {
#if defined(__x86_64__)
  return {&baseline_kernels(), has_avx2() ? &avx2_kernels() : nullptr, has_avx512() ? &avx512_kernels() : nullptr};
#else
  return {&baseline_kernels(), nullptr, nullptr};
#endif
}

const KernelSet& kernels() {
  static const KernelSet& set = widest();
  return set;
}

}  // namespace nabla::eval
