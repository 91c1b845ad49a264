// Cleaning up after ball arithmetic in a thread.
#pragma once

namespace nabla::number {

// Frees what FLINT caches for the calling thread. Call it last in a thread that used balls.
void end_thread();

}  // namespace nabla::number
