#include "session/help/help.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "parse/planned.h"
#include "parse/suggest.h"
#include "session/command.h"
#include "session/help/meanings.h"
#include "session/interpreter.h"
#include "session/style.h"
#include "session/text_output.h"

namespace nabla::session {

namespace {

std::size_t columns(const Invocation& call) {
  const int width = screen_width(call.session.settings, call.interpreter.output().screen());
  return std::min(kHelpColumns, static_cast<std::size_t>(width));
}

std::string about(Invocation& call) {
  const auto tokens = call.tokens();
  const parse::Token& word = tokens.front();
  if (tokens.size() == 1) {
    if (const std::optional<std::string> text = help_on(call.session, word.text, columns(call))) return *text;
  }
  if (const parse::Planned* planned = parse::find_planned(word.text);
      planned != nullptr && find_meaning(word.text) == nullptr &&
      call.session.classify(planned->name) == parse::NameClass::unknown) {
    throw parse::not_available(*planned, word.span);
  }
  const std::string found = help_search(call.session, call.text(), columns(call));
  if (!found.empty())
    return fmt::format("nothing is named '{}', but these have to do with it:\n{}", call.text(), found);
  std::vector<std::string> names = call.session.all();
  for (const std::string_view w : command_words()) names.emplace_back(w);
  throw base::Error(base::Code::unknown_name, {word.span.begin, tokens.back().span.end},
                    fmt::format("there is no help on '{}'", call.text()), "help topics lists all there is",
                    parse::closest_name(word.text, names));
}

// The answer to a command's example, in a session of its own.
void show_example(Invocation& call, const Command& command) {
  Session apart;
  apart.settings = call.session.settings;
  apart.sandbox = true;
  apart.stop = call.session.stop;
  RunOptions options = call.interpreter.options();
  options.echo = false;
  Output& output = call.interpreter.output();
  Screen screen = output.screen();
  screen.numbered = false;
  TextOutput shown(screen);
  Interpreter(apart, shown, options).run_text(command.example, {"help", 1});
  output.write(shown.answers());
  if (!shown.messages().empty()) output.message(shown.messages());
}

void run(Invocation& call) {
  view::Answer answer;
  answer.kind = view::AnswerKind::text;
  answer.content = call.tokens().empty() ? help_tour(columns(call)) : about(call);
  call.interpreter.say(std::move(answer));
  if (call.tokens().size() != 1 || call.session.settings.look.format != view::Format::text) return;
  const Command* command = find_command(call.tokens().front().text);
  if (command != nullptr && command->example_shown) show_example(call, *command);
}

}  // namespace

extern const Command help_command{
    .name = "help",
    .signature = "help [NAME | topics | WORDS]",
    .help =
        "Says what a function, operation, command or setting does, or looks for words in all help; alone, one screen "
        "to begin with. ?NAME is the same.",
    .example = "help gamma",
    .run = run,
};

}  // namespace nabla::session
