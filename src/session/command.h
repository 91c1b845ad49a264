// Commands: words at the start of a statement. Each is a file of session/commands that defines one object of this type,
// NAME_command; CMake generates the list from the folder.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "parse/statement.h"

namespace nabla::session {

class Interpreter;
class Session;
struct Workspace;

// A command that is being run.
struct Invocation {
  Interpreter& interpreter;
  Session& session;
  const parse::Statement& statement;

  // The tokens after the word, without the end token.
  std::span<const parse::Token> tokens() const;
  // The same as text.
  std::string_view text() const;
  // `part` of the tokens as an expression; its terms are kept by the statement.
  parse::Term expression(std::span<const parse::Token> part, Workspace& work) const;
  // A file name: non-blanks or "…". Throws Error (argument) if there is none; `what` names its purpose.
  std::string file_name(std::string_view what) const;
  // Throws Error (argument) if anything follows the word.
  void refuse_arguments() const;
};

struct Command {
  std::string_view name;
  std::string_view signature;  // "show [NAME]"
  std::string_view help;       // one or two sentences
  std::string_view example;    // a statement
  void (*run)(Invocation& call);
  bool example_shown = false;  // help runs the example, which prints something and changes nothing
};

// All commands, by name.
std::span<const Command* const> commands();
std::span<const std::string_view> command_words();
const Command* find_command(std::string_view name);

}  // namespace nabla::session
