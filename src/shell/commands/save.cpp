#include "base/error.h"
#include "shell/command.h"
#include "shell/new_file.h"
#include "shell/saving.h"
#include "shell/session.h"

namespace nabla::shell {

namespace {

void run(Invocation& call) {
  const std::string name = call.file_name("save");
  const base::Span place = base::join(call.tokens().front().span, call.tokens().back().span);
  if (call.session.sandbox) throw base::Error(base::Code::sandbox, place, "statements write no files in the sandbox");
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

}  // namespace nabla::shell
