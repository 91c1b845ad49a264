// What one statement may use: time, precision, nodes, memory. Passed to everything that can run long.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <optional>

namespace nabla::base {

class Stopwatch;

// Precision in bits.
using Bits = long;

class Budget {
 public:
  using Clock = std::chrono::steady_clock;

  static constexpr Bits kMaxBits = 4096;               // of a proof of digits
  static constexpr Bits kMaxExactBits = 1L << 22;      // of a numerator or denominator: about a million digits
  static constexpr std::size_t kMaxNodes = 4'000'000;  // of one statement's graph
  static constexpr int kMaxCalls = 10'000;             // user calls deep

  std::optional<Clock::time_point> deadline;
  Stopwatch* watch = nullptr;  // where the time goes, if someone wants to know

  int threads = 0;  // at most; 0: as many as there are cores
  // Set from outside, even by a signal, to end the statement; cleared when it ends so. None: it cannot be stopped.
  std::atomic<bool>* stop = nullptr;

  // Throws Error (timeout or interrupted) when the time is over or the user wants to stop. Cheap: looks at the clock at
  // every 256th call only.
  void check() {
    if (is_stopped()) give_up();
    if (deadline && (++calls_ & 255u) == 0 && Clock::now() >= *deadline) give_up();
  }
  // Whether check would throw, told to any thread. Looks at the clock.
  bool is_over() const { return is_stopped() || (deadline && Clock::now() >= *deadline); }

 private:
  bool is_stopped() const { return stop != nullptr && stop->load(std::memory_order_relaxed); }
  [[noreturn]] void give_up();
  unsigned calls_ = 0;
};

}  // namespace nabla::base
