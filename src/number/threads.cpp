#include "number/threads.h"

#include <flint/flint.h>

namespace nabla::number {

void end_thread() { flint_cleanup(); }

}  // namespace nabla::number
