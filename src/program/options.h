// The command line.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "session/interpreter.h"
#include "session/settings.h"

namespace nabla::program {

// One thing to run, in the order given.
struct Action {
  enum class Kind : std::uint8_t { statement, definition, file, standard_input };
  Kind kind = Kind::statement;
  std::string text;  // statement, expression or path
  std::string name;  // of a definition
  int number = 0;    // of the -e or -D, from 1
};

struct CommandLine {
  std::vector<Action> actions;
  session::Settings settings;
  session::RunOptions run;
  std::optional<double> total_timeout;  // seconds, for the whole run
  std::optional<std::size_t> memory;    // bytes
  bool style_given = false;
  bool sandbox = false;
  bool show_version = false;
  bool show_help = false;
  std::string reference;  // the kind of reference that is to be printed
};

// An option as it is listed.
struct OptionText {
  std::string_view name;   // "--style"
  std::string_view value;  // its value: "N", "unicode|plain"; empty: none
  std::string_view help;
};

struct ExitStatus {
  int status;
  std::string_view meaning;
};

// Throws Error (usage).
CommandLine parse_command_line(int count, const char* const* words);
std::string usage_text();
// The options for users, without --reference.
std::vector<OptionText> option_texts();
std::span<const ExitStatus> exit_statuses();

}  // namespace nabla::program
