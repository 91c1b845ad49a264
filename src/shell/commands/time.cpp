#include <fmt/format.h>

#include "base/error.h"
#include "shell/command.h"
#include "shell/interpreter.h"

namespace nabla::shell {

namespace {

std::string duration(double seconds) {
  return seconds < 1 ? fmt::format("{:.3g} ms", seconds * 1e3) : fmt::format("{:.3g} s", seconds);
}

void run(Invocation& call) {
  const auto tokens = call.tokens();
  if (tokens.empty()) {
    throw base::Error(base::Code::argument, call.statement.name_span, "time needs a statement", "time 100!");
  }
  call.interpreter.run_part(call.text(), tokens.front().span.begin);
  const Interpreter::Times& t = call.interpreter.times();
  call.interpreter.note({}, fmt::format("parsing {}, differentiating and expanding {}, evaluating {}",
                                        duration(t.parse), duration(t.elaborate), duration(t.evaluate)));
}

}  // namespace

extern const Command time_command{
    .name = "time",
    .signature = "time STATEMENT",
    .help = "Runs a statement and says how long its parts took.",
    .example = "time 100!",
    .run = run,
};

}  // namespace nabla::shell
