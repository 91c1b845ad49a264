// What nobody foresaw: an exception that no part of the program throws on purpose.
#include <stdexcept>

#include "session/interpreter.h"
#include "session/output.h"

using namespace nabla;

namespace {

// An output that fails once, as any part of a statement's work might.
struct Failing final : session::Output {
  void answer(const view::Answer& found, const view::Look& look, long number) override {
    if (fails) {
      fails = false;
      throw std::logic_error("a screw is loose");
    }
    Output::answer(found, look, number);
  }
  void write(std::string_view text) override { written += text; }
  void message(std::string_view text) override { messages += text; }

  bool fails = true;
  std::string written;
  std::string messages;
};

}  // namespace

TEST_CASE("What nobody foresaw is an error that names a bug, and the session goes on", "[session]") {
  Failing output;
  session::Session session;
  session::RunOptions options;
  options.keep_going = true;
  session::Interpreter interpreter(session, output, options);
  interpreter.run_text("a = 3\n1 + 1\na^2\n", {"test", 0});
  CHECK(output.messages.find("bug of Nabla") != std::string::npos);
  CHECK(output.messages.find("a screw is loose") != std::string::npos);
  CHECK(output.written.find('9') != std::string::npos);
  CHECK(interpreter.status() == 1);
}
