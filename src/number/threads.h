// Balls in several threads.
#pragma once

namespace nabla::number {

// Gives back what FLINT keeps for the thread that calls it. To be called last in a thread that used balls.
void end_thread();

}  // namespace nabla::number
