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

  // Set by the interrupt key; read between the pieces of a computation.
  static std::atomic<bool>& stop_flag();

  // Throws Error (timeout or interrupted) when the time is over or the user wants to stop. Cheap: looks at the clock at
  // every 256th call only.
  void check() {
    if (stop_flag().load(std::memory_order_relaxed)) give_up();
    if (deadline && (++calls_ & 255u) == 0 && Clock::now() >= *deadline) give_up();
  }

 private:
  [[noreturn]] void give_up();
  unsigned calls_ = 0;
};

}  // namespace nabla::base
