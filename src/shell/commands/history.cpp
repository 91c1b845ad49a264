// What was typed at the prompt, with numbers.
#include <fmt/format.h>

// readline.h needs FILE.
#include <cstdio>
//
#include <readline/history.h>

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "shell/command.h"
#include "shell/interpreter.h"

namespace nabla::shell {

namespace {

// How many of the last statements are asked for.
int count_of(const Invocation& call) {
  const auto tokens = call.tokens();
  if (tokens.empty()) return history_length;
  const std::string_view text = tokens.front().text;
  int count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (tokens.size() > 1 || error != std::errc() || end != text.data() + text.size()) {
    throw base::Error(base::Code::argument, tokens.front().span, "history takes a number of statements", "history 20");
  }
  return std::min(count, history_length);
}

void run(Invocation& call) {
  const int count = count_of(call);
  view::Answer answer;
  answer.kind = view::AnswerKind::text;
  for (int i = history_length - count; i < history_length; ++i) {
    const std::string number = fmt::format("{:>5}  ", i + 1);
    std::string statement = history_get(history_base + i)->line;
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

}  // namespace nabla::shell
