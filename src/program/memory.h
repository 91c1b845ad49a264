// How much memory the process may use.
#pragma once

#include <cstddef>

namespace nabla::program {

// Bounds what the process may take from now on beyond what it has; then statements end with an error. False if the
// system sets no such bound.
bool limit_memory(std::size_t bytes);

}  // namespace nabla::program
