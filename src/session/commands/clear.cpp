#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "parse/suggest.h"
#include "session/command.h"
#include "session/interpreter.h"
#include "session/session.h"

namespace nabla::session {

namespace {

// Forgets all, and says what and how it comes back.
void clear_all(Invocation& call) {
  const std::vector<std::string> names = call.session.names();
  call.session.clear();
  if (names.empty()) {
    return call.interpreter.note({}, "nothing was defined; Ctrl-L clears the screen");
  }
  constexpr std::size_t kShown = 8;
  std::string list = fmt::format(
      "{}",
      fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min(kShown, names.size())), ", "));
  if (names.size() > kShown) list += ", …";
  call.interpreter.note(
      {}, fmt::format("{} forgotten: {}; undo brings {} back",
                      names.size() == 1 ? "one definition" : fmt::format("{} definitions", names.size()), list,
                      names.size() == 1 ? "it" : "them"));
}

void run(Invocation& call) {
  const auto tokens = call.tokens();
  const bool all = tokens.size() == 1 && tokens[0].text == "all" && call.session.find("all") == nullptr;
  if (tokens.empty() || all) return clear_all(call);
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
    .help =
        "Forgets a definition, or all of them, and says which; undo brings them back. A built-in name that it hid "
        "means "
        "its own again.",
    .example = "clear",
    .run = run,
};

}  // namespace nabla::session
