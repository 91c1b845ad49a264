// run_prompt of prompt.h: loads the module.
#include "base/module.h"
#include "terminal/prompt.h"

namespace nabla::terminal {

int run_prompt(session::Interpreter& interpreter, TerminalOutput& output) {
  using Run = decltype(&nabla_run_prompt);
  return reinterpret_cast<Run>(base::module_function("libnabla_prompt.so", "nabla_run_prompt"))(interpreter, output);
}

}  // namespace nabla::terminal
