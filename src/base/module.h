// Parts of the program that are loaded when first needed, so that start-up does not pay for their libraries.
#pragma once

namespace nabla::base {

// The function `symbol` of the shared module `file` ("libnabla_picture.so"), which stands beside the program where it
// is built, and in lib/nabla/modules where it is installed. Throws Error (io) if it cannot be loaded.
void* module_function(const char* file, const char* symbol);

}  // namespace nabla::base
