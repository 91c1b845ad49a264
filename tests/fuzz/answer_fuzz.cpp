// From text to answer: nothing that can be typed may crash, and every answer or error is told.
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <string_view>

#include "shell/interpreter.h"
#include "shell/output.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const bool quiet = [] { return std::freopen("/dev/null", "w", stdout) != nullptr; }();
  constexpr double kSeconds = 0.5;
  nabla::shell::Session session;
  session.sandbox = true;
  nabla::shell::Interpreter interpreter(session,
                                        {.keep_going = true, .echo = quiet, .timeout = kSeconds, .threads = 1};
  nabla::shell::Interpreter interpreter(session, options);
  interpreter.run_text({reinterpret_cast<const char*>(data), size}, {"fuzz", 0});
  nabla::shell::flush_answers();
  return 0;
}
