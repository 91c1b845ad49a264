#include "terminal/streams.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace nabla::terminal {

namespace {

[[noreturn]] void end_without_output() {
  const int reason = errno;
  if (reason == EPIPE) _exit(0);
  std::fprintf(stderr, "nabla: error: the answers cannot be written: %s\n", std::strerror(reason));
  _exit(1);
}

}  // namespace

void write_answer(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) end_without_output();
}

void flush_answers() {
  if (std::fflush(stdout) != 0) end_without_output();
}

bool answers_on_screen() { return isatty(STDOUT_FILENO) != 0; }

void write_message(std::string_view text) {
  flush_answers();
  std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace nabla::terminal
