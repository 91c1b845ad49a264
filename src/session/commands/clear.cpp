#include "base/error.h"
#include "parse/suggest.h"
#include "session/command.h"
#include "session/session.h"

namespace nabla::session {

namespace {

void run(Invocation& call) {
  const auto tokens = call.tokens();
  if (tokens.empty()) return call.session.clear();
  for (const parse::Token& t : tokens) {
    if (call.session.clear(t.text)) continue;
    throw base::Error(base::Code::unknown_name, t.span, "nothing is defined as '" + t.text + "'", "",
                      parse::closest_name(t.text, call.session.names()));
  }
}

}  // namespace

extern const Command clear_command{
    .name = "clear",
    .signature = "clear [NAME]",
    .help = "Forgets a definition, or all of them. A built-in name that it hid means its own again.",
    .example = "clear",
    .run = run,
};

}  // namespace nabla::session
