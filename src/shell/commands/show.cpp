#include "base/error.h"
#include "expr/print.h"
#include "parse/suggest.h"
#include "shell/command.h"
#include "shell/interpreter.h"

namespace nabla::shell {

namespace {

using base::Code;
using base::Error;

std::string line_of(const Session& session, const calc::Definition& d) {
  if (d.is_function) return d.source + "\n";
  return d.name + " = " + expr::print(session.graph(), d.value, session.settings.look.style) + "\n";
}

void run(Invocation& call) {
  const auto tokens = call.tokens();
  view::Answer answer;
  answer.kind = view::AnswerKind::text;
  if (tokens.empty()) {
    for (const calc::Definition* d : call.session.definitions()) answer.content += line_of(call.session, *d);
  }
  for (const parse::Token& t : tokens) {
    const calc::Definition* d = call.session.find(t.text);
    if (d == nullptr) {
      throw Error(Code::unknown_name, t.span, "nothing is defined as '" + t.text + "'", "",
                  parse::closest_name(t.text, call.session.names()));
    }
    answer.content += line_of(call.session, *d);
  }
  call.interpreter.say(std::move(answer));
}

}  // namespace

extern const Command show_command{
    .name = "show",
    .signature = "show [NAME]",
    .help = "Lists what is defined, all or one of it.",
    .example = "show",
    .run = run,
};

}  // namespace nabla::shell
