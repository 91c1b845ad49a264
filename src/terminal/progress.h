// A bar on standard error, which is a terminal, for what takes longer than a second.
#pragma once

#include <chrono>
#include <cstddef>

#include "session/output.h"

namespace nabla::terminal {

class ProgressBar final : public session::Progress {
 public:
  explicit ProgressBar(std::size_t total);
  ~ProgressBar() override;  // removes the bar
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void reach(std::size_t done) override;

 private:
  using Clock = std::chrono::steady_clock;
  std::size_t total_;
  bool shown_ = false;
  Clock::time_point next_;
};

}  // namespace nabla::terminal
