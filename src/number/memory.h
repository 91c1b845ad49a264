// Memory that runs out while exact numbers are computed.
#pragma once

namespace nabla::number {

// From now on the number libraries throw std::bad_alloc where they would end the process; what they were computing is
// not freed.
void throw_when_memory_ends();

}  // namespace nabla::number
