// The program.
#pragma once

namespace nabla::program {

// Runs the command line; returns the exit status.
int run_program(int count, const char* const* words);

}  // namespace nabla::program
