// libFuzzer target: any text is answered or refused with an error; nothing that can be typed crashes.
#include <cstdint>
#include <cstdio>
#include <string_view>

#include "session/interpreter.h"
#include "terminal/output.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const bool is_quiet = std::freopen("/dev/null", "w", stdout) != nullptr;
  nabla::session::Session session;
  session.sandbox = true;
  nabla::session::RunOptions options;
  options.keep_going = is_quiet;
  options.timeout = 0.5;
  nabla::session::Interpreter interpreter(session, options);
  interpreter.run_text({reinterpret_cast<const char*>(data), size}, {"fuzz", 0});
  nabla::terminal::flush_answers();
  return 0;
}
