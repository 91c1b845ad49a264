// Two or more ways to do the same work, timed in turns, so that a disturbance of the machine meets all of them.
#pragma once

#include <time.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

namespace bench {

struct Runner {
  std::string name;
  std::function<void()> run;
  std::vector<double> seconds;      // of one run each, in the order of the rounds
  std::function<double()> timed{};  // instead of `run`: runs once, and says how many seconds that took
  double median() const { return middle(seconds); }
  static double middle(std::vector<double> v) {
    std::sort(v.begin(), v.end());
    return v.empty() ? 0 : v[v.size() / 2];
  }
};

// Runs all of them `rounds` times, `inner` runs at a time; by the time this process computes, which other programs do
// not disturb much, or of the wall.
inline void race(std::vector<Runner>& runners, int rounds, int inner, bool cpu = true) {
  const auto now = [cpu] {
    timespec t{};
    clock_gettime(cpu ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
  };
  for (Runner& r : runners) r.timed ? static_cast<void>(r.timed()) : r.run();
  for (int i = 0; i < rounds; ++i) {
    for (Runner& r : runners) {
      if (r.timed) {
        r.seconds.push_back(r.timed());
        continue;
      }
      const double start = now();
      for (int k = 0; k < inner; ++k) r.run();
      r.seconds.push_back((now() - start) / inner);
    }
  }
}

// The median of the ratios of each round: how many times as long as `b` does `a` take.
inline double ratio(const Runner& a, const Runner& b) {
  std::vector<double> all;
  for (std::size_t i = 0; i < a.seconds.size(); ++i) all.push_back(a.seconds[i] / b.seconds[i]);
  return Runner::middle(all);
}

}  // namespace bench
