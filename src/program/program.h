// The program.
#pragma once

namespace nabla::program {

// Runs the program as its command line says; gives its exit status.
int run_program(int count, const char* const* words);

}  // namespace nabla::program
