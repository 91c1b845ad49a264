// The kernel set (kernel.h) for any machine: compiled with its own flags, see CMakeLists.txt.
#include "eval/batch/kernel.h"

#define NABLA_WIDTH 2

#include "eval/batch/kernel_body.h"

namespace nabla::eval {

const KernelSet& baseline_kernels() {
  static constexpr KernelSet kSet{functions::Isa::baseline, plain_kernel, bounded_kernel, sum_of, dot_of, point, ramp};
  return kSet;
}

}  // namespace nabla::eval
