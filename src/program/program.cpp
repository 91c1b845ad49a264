#include "program/program.h"

#include <fmt/format.h>
#include <unistd.h>

#include <csignal>

#include "base/diagnostic.h"
#include "base/text.h"
#include "number/memory.h"
#include "program/memory.h"
#include "program/options.h"
#include "program/reference.h"
#include "session/interpreter.h"
#include "terminal/output.h"
#include "terminal/prompt.h"

namespace nabla::program {

namespace {

constexpr int kBadUsage = 2;

void run(session::Interpreter& interpreter, const Action& action) {
  switch (action.kind) {
    case Action::Kind::statement: return interpreter.run_text(action.text, {"-e", action.number});
    case Action::Kind::definition: return interpreter.define_value(action.name, action.text, {"-D", action.number});
    case Action::Kind::file: return interpreter.run_file(action.text);
    case Action::Kind::standard_input: return interpreter.run_descriptor(STDIN_FILENO, {"<stdin>", 0});
  }
}

}  // namespace

int run_program(int count, const char* const* words) {
  // Writing to a closed pipe, or beyond the size allowed for files, is handled as an error, not by a signal.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  terminal::TerminalOutput output;
  CommandLine line;
  try {
    line = parse_command_line(count, words);
    if (!line.reference.empty()) {
      output.write(reference(line.reference));
      output.flush();
      return 0;
    }
  } catch (const base::Error& e) {
    output.message(base::harmless(fmt::format("nabla: error: {}\n", base::message_text(e))));
    return kBadUsage;
  }
  if (line.show_help || line.show_version) {
    output.write(line.show_help ? usage_text() : fmt::format("nabla {}\n", NABLA_VERSION));
    output.flush();
    return 0;
  }
  if (!line.style_given && isatty(STDOUT_FILENO) == 0) line.settings.look.style = view::Style::plain;

  number::throw_when_memory_ends();
  if (line.memory && !limit_memory(*line.memory)) {
    output.message("nabla: error: this system does not bound the memory of a process\n");
    return kBadUsage;
  }
  if (line.total_timeout) {
    using Clock = base::Budget::Clock;
    line.run.end =
        Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(*line.total_timeout));
  }
  session::Session session;
  session.settings = line.settings;
  session.usual_settings = line.settings;
  session.sandbox = line.sandbox;
  session::Interpreter interpreter(session, output, line.run);
  bool definitions_only = true;
  for (const Action& action : line.actions) {
    if (!interpreter.running()) break;
    definitions_only = definitions_only && action.kind == Action::Kind::definition;
    try {
      run(interpreter, action);
    } catch (const base::Error& e) {
      interpreter.tell_error("nabla", e);
    }
  }
  if (definitions_only && interpreter.running()) {
    if (isatty(STDIN_FILENO) != 0) return terminal::run_prompt(interpreter, output);
    try {
      run(interpreter, {Action::Kind::standard_input, "", "", 0});
    } catch (const base::Error& e) {
      interpreter.tell_error("nabla", e);
    }
  }
  output.flush();
  return interpreter.status();
}

}  // namespace nabla::program
