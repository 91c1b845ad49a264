// A bar on standard error for what takes longer than a second.
#pragma once

#include <chrono>
#include <cstddef>

namespace nabla::terminal {

// Shown only where standard error is a terminal and the answer does not go to a terminal itself.
class Progress {
 public:
  Progress(std::size_t total, bool answers_on_screen);
  ~Progress();  // removes the bar
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void reach(std::size_t done);

 private:
  using Clock = std::chrono::steady_clock;
  std::size_t total_;
  bool wanted_;
  bool shown_ = false;
  Clock::time_point next_;
};

}  // namespace nabla::terminal
