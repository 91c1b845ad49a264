// The interactive prompt.
#pragma once

#include "shell/interpreter.h"

namespace nabla::shell {

// Reads statements from the terminal until Ctrl-D or `quit`; gives the exit status.
int run_prompt(Interpreter& interpreter);

}  // namespace nabla::shell
