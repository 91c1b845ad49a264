#include <fmt/format.h>

#include "base/error.h"
#include "session/command.h"
#include "session/interpreter.h"
#include "session/listing.h"

namespace nabla::session {

namespace {

void run(Invocation& call) {
  call.refuse_arguments();
  const std::vector<std::string> names = call.session.undo();
  if (names.empty()) {
    throw base::Error(base::Code::argument, call.statement.name_span, "there is nothing to take back");
  }
  for (const std::string& name : names) {
    const calc::Definition* d = call.session.find(name);
    call.interpreter.note(call.statement.name_span, d == nullptr
                                                        ? fmt::format("{} is not defined any more", name)
                                                        : text_of(call.session, *d, call.session.settings.look.style));
  }
}

}  // namespace

extern const Command undo_command{
    .name = "undo",
    .signature = "undo",
    .help = "Takes back the last definition or clear; again, the one before it.",
    .example = "undo",
    .run = run,
};

}  // namespace nabla::session
