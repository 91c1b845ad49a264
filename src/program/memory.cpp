#include "program/memory.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace nabla::program {

namespace {

// What the system counts as data of this process: mostly the stack of its main thread, which is reserved, not used.
std::size_t data_in_use() {
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr) return 0;
  unsigned long pages = 0;
  const bool known = std::fscanf(file, "%*u %*u %*u %*u %*u %lu", &pages) == 1;
  std::fclose(file);
  return known ? pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE)) : 0;
}

}  // namespace

bool limit_memory(std::size_t bytes) {
  rlimit limit{};
  if (getrlimit(RLIMIT_DATA, &limit) != 0) return false;
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, data_in_use() + bytes);
  return setrlimit(RLIMIT_DATA, &limit) == 0;
}

}  // namespace nabla::program
