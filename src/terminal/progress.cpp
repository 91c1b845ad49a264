#include "terminal/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include "terminal/output.h"

namespace nabla::terminal {

namespace {

constexpr std::chrono::milliseconds kPatience{1000};
constexpr std::chrono::milliseconds kInterval{100};
constexpr std::size_t kLength = 40;

}  // namespace

Progress::Progress(std::size_t total, bool answers_on_screen)
    : total_(total), wanted_(!answers_on_screen && isatty(STDERR_FILENO) != 0), next_(Clock::now() + kPatience) {}

Progress::~Progress() {
  if (shown_) write_message("\r\x1b[K");
}

void Progress::reach(std::size_t done) {
  if (!wanted_ || Clock::now() < next_) return;
  shown_ = true;
  next_ = Clock::now() + kInterval;
  const double part = static_cast<double>(done) / static_cast<double>(total_);
  const auto full = static_cast<std::size_t>(part * static_cast<double>(kLength));
  write_message(
      fmt::format("\r[{}{}] {:3.0f} %", std::string(full, '#'), std::string(kLength - full, ' '), 100 * part));
}

}  // namespace nabla::terminal
