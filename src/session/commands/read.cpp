#include "base/error.h"
#include "session/command.h"
#include "session/interpreter.h"

namespace nabla::session {

namespace {

using base::Code;
using base::Error;

void run(Invocation& call) {
  const std::string name = call.file_name("read");
  const base::Span place = call.tokens().front().span;
  if (call.session.sandbox) throw Error(Code::sandbox, place, "statements read no files in the sandbox");
  try {
    call.interpreter.run_file(name);
  } catch (Error& e) {
    if (e.span.empty()) e.span = base::join(place, call.tokens().back().span);
    throw;
  }
}

}  // namespace

extern const Command read_command{
    .name = "read",
    .signature = "read FILE",
    .help = "Runs the statements of a file in this session.",
    .example = "read lesson.nabla",
    .run = run,
};

}  // namespace nabla::session
