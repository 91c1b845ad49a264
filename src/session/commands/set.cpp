#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "session/command.h"
#include "session/interpreter.h"
#include "session/style.h"

namespace nabla::session {

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
  const int columns = screen_width(call.session.settings, call.interpreter.output().screen());
  answer.content = base::folded(answer.content, static_cast<std::size_t>(columns));
  call.interpreter.say(std::move(answer));
}

void run(Invocation& call) {
  const auto tokens = call.tokens();
  if (tokens.empty()) return list(call);
  if (tokens.size() == 1) {
    throw Error(Code::argument, tokens[0].span, "set needs a name and a value", "set digits 30");
  }
  // A value may be several tokens, as -1 is.
  const base::Span place = base::join(tokens[1].span, tokens.back().span);
  const std::string value = tokens.size() == 2 ? tokens[1].text : call.statement.text.substr(place.begin, place.size());
  if (value.find_first_of(" \t=") != std::string::npos) {
    throw Error(Code::argument, place, "set takes one name and one value", "set digits 30");
  }
  try {
    change_setting(call.session.settings, tokens[0].text, value);
  } catch (Error& e) {
    const bool is_known = std::ranges::find(setting_rows(), tokens[0].text, &SettingRow::name) != setting_rows().end();
    e.span = is_known ? place : tokens[0].span;
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

}  // namespace nabla::session
