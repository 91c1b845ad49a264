#include "base/budget.h"

#include "base/error.h"

namespace nabla::base {

void Budget::give_up() {
  if (stop != nullptr && stop->exchange(false)) throw Error(Code::interrupted, {}, "interrupted");
  throw Error(Code::timeout, {}, "the time allowed for one statement is over", "raise --timeout, or ask for less");
}

}  // namespace nabla::base
