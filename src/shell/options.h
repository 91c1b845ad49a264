// The command line.
#pragma once

#include <string>
#include <vector>

#include "shell/interpreter.h"
#include "shell/settings.h"

namespace nabla::shell {

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
  Settings settings;
  RunOptions run;
  bool style_given = false;
  bool sandbox = false;
  bool show_version = false;
  bool show_help = false;
};

// Throws Error (usage).
CommandLine parse_command_line(int count, const char* const* words);
std::string usage_text();

}  // namespace nabla::shell
