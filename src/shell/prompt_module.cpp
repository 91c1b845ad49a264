#include "base/module.h"
#include "shell/prompt.h"

namespace nabla::shell {

int run_prompt(Interpreter& interpreter) {
  using Run = decltype(&nabla_run_prompt);
  return reinterpret_cast<Run>(base::module_function("libnabla_prompt.so", "nabla_run_prompt"))(interpreter);
}

}  // namespace nabla::shell
