#include "base/error.h"
#include "session/command.h"
#include "session/interpreter.h"
#include "session/new_file.h"
#include "session/saving.h"
#include "session/session.h"

namespace nabla::session {

namespace {

void run(Invocation& call) {
  const std::string name = call.file_name("save");
  const base::Span place = base::join(call.tokens().front().span, call.tokens().back().span);
  if (call.session.sandbox) throw base::Error(base::Code::sandbox, place, "statements write no files in the sandbox");
  call.interpreter.output().flush();  // it may be the same file
  NewFile file(name, place);
  file.write(session_script(call.session));
  file.complete();
}

}  // namespace

extern const Command save_command{
    .name = "save",
    .signature = "save FILE",
    .help = "Writes the definitions, and the settings that were changed, as a script that `read` runs.",
    .example = "save session.nabla",
    .run = run,
};

}  // namespace nabla::session
