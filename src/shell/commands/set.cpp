#include <fmt/format.h>

#include "base/error.h"
#include "shell/command.h"
#include "shell/interpreter.h"

namespace nabla::shell {

namespace {

using base::Code;
using base::Error;

void list(Invocation& call) {
  view::Answer answer;
  answer.kind = view::AnswerKind::text;
  for (const SettingRow& row : setting_rows()) {
    answer.content += fmt::format("{:<8} {:<8}  {}", row.name, row.get(call.session.settings), row.help);
    if (!row.choices.empty()) answer.content += fmt::format(" ({})", row.choices);
    answer.content += '\n';
  }
  call.interpreter.say(std::move(answer));
}

void run(Invocation& call) {
  const auto tokens = call.tokens();
  if (tokens.empty()) return list(call);
  if (tokens.size() == 1) {
    throw Error(Code::argument, tokens[0].span, "set needs a name and a value", "set digits 30");
  }
  if (tokens.size() > 2) throw Error(Code::argument, tokens[2].span, "set takes one name and one value");
  try {
    change_setting(call.session.settings, tokens[0].text, tokens[1].text);
  } catch (Error& e) {
    e.span = tokens[0].span;
    throw;
  }
}

}  // namespace

extern const Command set_command{
    .name = "set",
    .signature = "set NAME VALUE",
    .help = "Changes a setting; alone, lists the settings.",
    .example = "set digits 30",
    .run = run,
};

}  // namespace nabla::shell
