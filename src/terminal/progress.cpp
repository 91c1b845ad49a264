#include "terminal/progress.h"

#include <fmt/format.h>

#include "terminal/streams.h"

namespace nabla::terminal {

namespace {

constexpr std::chrono::milliseconds kPatience{1000};
constexpr std::chrono::milliseconds kInterval{100};
constexpr std::size_t kLength = 40;

}  // namespace

ProgressBar::ProgressBar(std::size_t total) : total_(total), next_(Clock::now() + kPatience) {}

ProgressBar::~ProgressBar() {
  if (shown_) write_message("\r\x1b[K");
}

void ProgressBar::reach(std::size_t done) {
  if (Clock::now() < next_) return;
  shown_ = true;
  next_ = Clock::now() + kInterval;
  const double part = static_cast<double>(done) / static_cast<double>(total_);
  const auto full = static_cast<std::size_t>(part * static_cast<double>(kLength));
  write_message(
      fmt::format("\r[{}{}] {:3.0f} %", std::string(full, '#'), std::string(kLength - full, ' '), 100 * part));
}

}  // namespace nabla::terminal
