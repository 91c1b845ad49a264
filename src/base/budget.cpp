#include "base/budget.h"

#include "base/error.h"

namespace nabla::base {

std::atomic<bool>& Budget::stop_flag() {
  static std::atomic<bool> flag{false};
  return flag;
}

void Budget::give_up() {
  if (stop_flag().exchange(false)) throw Error(Code::interrupted, {}, "interrupted");
  throw Error(Code::timeout, {}, "the time allowed for one statement is over", "raise --timeout, or ask for less");
}

}  // namespace nabla::base
