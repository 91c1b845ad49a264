// Whether other programs use the machine.
#pragma once

#include <time.h>
#include <unistd.h>

#include <fstream>
#include <string>

namespace bench {

// Seconds of all processors in which programs other than this one ran, as far as the system counts (10 ms).
inline double busy_elsewhere() {
  std::ifstream file("/proc/stat");
  std::string cpu;
  double user = 0;
  double nice = 0;
  double system = 0;
  double idle = 0;
  double waiting = 0;
  double interrupts = 0;
  double soft_interrupts = 0;
  double stolen = 0;
  file >> cpu >> user >> nice >> system >> idle >> waiting >> interrupts >> soft_interrupts >> stolen;
  timespec own{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &own);
  return (user + nice + system + interrupts + soft_interrupts + stolen) / static_cast<double>(sysconf(_SC_CLK_TCK)) -
         (static_cast<double>(own.tv_sec) + 1e-9 * static_cast<double>(own.tv_nsec));
}

}  // namespace bench
