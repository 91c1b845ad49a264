#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "parse/suggest.h"
#include "session/command.h"
#include "session/interpreter.h"
#include "session/listing.h"

namespace nabla::session {

namespace {

using calc::Definition;

constexpr std::size_t kMostColumns = 40;  // of a definition, before its kind

std::string listing(const Session& session, const std::vector<const Definition*>& definitions) {
  std::vector<std::string> texts;
  std::size_t columns = 0;
  for (const Definition* d : definitions) {
    texts.push_back(text_of(session, *d, session.settings.look.style));
    const std::size_t width = base::display_width(texts.back());
    if (width <= kMostColumns) columns = std::max(columns, width);
  }
  std::string out;
  for (std::size_t i = 0; i < definitions.size(); ++i) {
    const std::vector<std::string> used = names_used(session, *definitions[i]);
    const std::size_t width = base::display_width(texts[i]);
    out += texts[i] + std::string(columns > width ? columns - width : 0, ' ');
    out += fmt::format("  # {}{}{}\n", kind_of(session, *definitions[i]), used.empty() ? "" : "; uses ",
                       fmt::join(used, ", "));
  }
  return out;
}

void run(Invocation& call) {
  std::vector<const Definition*> wanted;
  for (const parse::Token& t : call.tokens()) {
    wanted.push_back(call.session.find(t.text));
    if (wanted.back() != nullptr) continue;
    throw base::Error(base::Code::unknown_name, t.span, "nothing is defined as '" + t.text + "'", "",
                      parse::closest_name(t.text, call.session.names()));
  }
  if (wanted.empty()) wanted = call.session.definitions();
  view::Answer answer;
  answer.kind = view::AnswerKind::text;
  answer.content = listing(call.session, wanted);
  call.interpreter.say(std::move(answer));
}

}  // namespace

extern const Command show_command{
    .name = "show",
    .signature = "show [NAME]",
    .help = "Lists what is defined, all or one of it: what it is, and which other definitions it uses.",
    .example = "show",
    .run = run,
};

}  // namespace nabla::session
