// Parts of the program loaded when first needed, so that start-up does not pay for their libraries.
#pragma once

namespace nabla::base {

// The function `symbol` of the shared module `file` ("libnabla_picture.so"), which is found beside the program in a
// build folder, and in lib/nabla/modules when installed. Throws Error (io) if it cannot be loaded.
void* module_function(const char* file, const char* symbol);

}  // namespace nabla::base
