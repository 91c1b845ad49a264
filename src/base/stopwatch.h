// Measures the phases of a statement's work; every moment belongs to one phase.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace nabla::base {

enum class Phase : std::uint8_t { parse, expand, differentiate, simplify, compile, evaluate, show };
inline constexpr std::size_t kPhases = 7;

class Stopwatch {
 public:
  double seconds(Phase p) const { return seconds_[static_cast<std::size_t>(p)]; }
  // Points at which expressions were evaluated.
  std::size_t points() const { return points_; }
  void count_points(std::size_t n) { points_ += n; }

  // Ends the current phase and begins another; returns the one that ended.
  Phase turn_to(Phase next) {
    const Clock::time_point now = Clock::now();
    seconds_[static_cast<std::size_t>(phase_)] += std::chrono::duration<double>(now - since_).count();
    since_ = now;
    return std::exchange(phase_, next);
  }

 private:
  using Clock = std::chrono::steady_clock;
  std::array<double, kPhases> seconds_{};
  std::size_t points_ = 0;
  Phase phase_ = Phase::show;
  Clock::time_point since_ = Clock::now();
};

// A phase for the lifetime of this object; then the enclosing phase continues. Without a stopwatch nothing is measured.
class Lap {
 public:
  Lap(Stopwatch* watch, Phase phase) : watch_(watch) {
    if (watch_ != nullptr) before_ = watch_->turn_to(phase);
  }
  ~Lap() {
    if (watch_ != nullptr) watch_->turn_to(before_);
  }
  Lap(const Lap&) = delete;
  Lap& operator=(const Lap&) = delete;

 private:
  Stopwatch* watch_;
  Phase before_ = Phase::show;
};

}  // namespace nabla::base
