// libFuzzer target: any text is answered or refused with an error; nothing that can be typed crashes.
#include <cstdint>
#include <string_view>

#include "session/interpreter.h"
#include "session/text_output.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  nabla::session::Session session;
  session.sandbox = true;
  nabla::session::RunOptions options;
  options.keep_going = true;
  options.timeout = 0.5;
  nabla::session::TextOutput output;
  nabla::session::Interpreter interpreter(session, output, options);
  interpreter.run_text({reinterpret_cast<const char*>(data), size}, {"fuzz", 0});
  return 0;
}
