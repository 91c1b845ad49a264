// What was typed at the prompt, with numbers.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "session/command.h"
#include "session/interpreter.h"

namespace nabla::session {

namespace {

// The number of statements to show.
std::size_t count_of(const Invocation& call, std::size_t most) {
  const auto tokens = call.tokens();
  if (tokens.empty()) return most;
  const std::string_view text = tokens.front().text;
  std::size_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (tokens.size() > 1 || error != std::errc() || end != text.data() + text.size()) {
    throw base::Error(base::Code::argument, tokens.front().span, "history takes a number of statements", "history 20");
  }
  return std::min(count, most);
}

void run(Invocation& call) {
  const std::vector<std::string>& typed = call.interpreter.session().typed;
  const std::size_t count = count_of(call, typed.size());
  view::Answer answer;
  answer.kind = view::AnswerKind::text;
  for (std::size_t i = typed.size() - count; i < typed.size(); ++i) {
    const std::string number = fmt::format("{:>5}  ", i + 1);
    std::string statement = typed[i];
    for (std::size_t at = 0; (at = statement.find('\n', at)) != std::string::npos; at += number.size()) {
      statement.insert(++at, number.size(), ' ');
    }
    answer.content += number + statement + "\n";
  }
  call.interpreter.say(std::move(answer));
}

}  // namespace

extern const Command history_command{
    .name = "history",
    .signature = "history [N]",
    .help = "Shows what was typed at the prompt, now and in earlier sessions; N: the last N statements.",
    .example = "history 20",
    .run = run,
};

}  // namespace nabla::session
