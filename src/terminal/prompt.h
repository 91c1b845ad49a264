// The interactive prompt. It stands with readline in a module of its own, which is loaded when a terminal asks for it:
// scripts do not pay for it.
#pragma once

#include "session/interpreter.h"
#include "terminal/output.h"

namespace nabla::terminal {

// Reads statements from the terminal until Ctrl-D or `quit`; `output` is that of the interpreter. Gives the exit
// status. Throws Error (io) if the module cannot be loaded.
int run_prompt(session::Interpreter& interpreter, TerminalOutput& output);

// What the module gives.
extern "C" int nabla_run_prompt(session::Interpreter& interpreter, TerminalOutput& output);

}  // namespace nabla::terminal
