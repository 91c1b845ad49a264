#include "terminal/prompt.h"

#include <fmt/format.h>
#include <unistd.h>

#include "assist/paste.h"
#include "base/error.h"
#include "session/folders.h"
#include "session/saving.h"
#include "terminal/editor.h"
#include "terminal/history.h"
#include "terminal/signals.h"

namespace nabla::terminal {

namespace {

using Piece = parse::StatementReader::Piece;

// In the very first prompt.
constexpr std::string_view kWelcome = "type mathematics, help, or lesson tour";

// Runs the user's start file, if there is one. Errors in it do not keep the prompt from starting.
void run_start_file(session::Interpreter& interpreter) {
  const std::string folder = session::config_folder();
  const std::string path = fmt::format("{}/start.nabla", folder);
  if (folder.empty() || access(path.c_str(), F_OK) != 0) return;
  try {
    interpreter.run_file(path);
  } catch (const base::Error& e) {
    interpreter.output().message(fmt::format("warning: {}\n", e.message));
  }
  interpreter.resume();
}

// The statement that restores the definitions of a session that was killed; "" if there is none.
std::string recovery(session::Autosave& autosave) {
  const std::string path = autosave.left_behind();
  if (path.empty()) return {};
  return path.find(' ') == std::string::npos ? "read " + path : fmt::format("read \"{}\"", path);
}

}  // namespace

extern "C" int nabla_run_prompt(session::Interpreter& interpreter, TerminalOutput& output) {
  static const session::Source kTerminal{"", 0};
  output.flush();
  let_interrupt_set(*interpreter.session().stop);
  run_start_file(interpreter);
  Editor editor(interpreter.session(), session::Interpreter::kPrompt, session::Interpreter::kContinuationPrompt);
  // A full disk is reported once, for all files together.
  bool has_warned = false;
  const auto warn = [&](const std::string& warning) {
    if (!has_warned) editor.tell(warning);
    has_warned = true;
  };
  session::Autosave autosave(session::state_folder(), warn);
  const std::string recover = recovery(autosave);
  if (!recover.empty()) {
    output.message("note: the last session was cut off; ↑ and Enter bring its definitions back\n");
  }
  History history(History::default_path(), warn);
  bool is_new = access(History::default_path().c_str(), F_OK) != 0;
  bool is_loaded = false;
  std::vector<std::string>& typed_before = interpreter.session().typed;
  const auto load_history = [&] {
    typed_before = history.load();
    editor.remember_all(typed_before);
    if (!recover.empty()) editor.remember(recover);
    is_loaded = true;
  };
  const auto remember = [&](const std::string& statement) {
    editor.remember(statement);
    std::erase(typed_before, statement);
    typed_before.push_back(statement);
  };
  parse::StatementReader reader;
  std::string typed;  // the incomplete statements so far
  while (!interpreter.finished()) {
    if (is_loaded) {
      for (const std::string& statement : history.added()) remember(statement);
    }
    editor.when_ready([&] {
      if (!is_loaded) load_history();
      autosave.keep(interpreter.session());
    });
    std::string text;
    editor.invite(interpreter.in_lesson() && !reader.open() ? "Enter goes on" : is_new ? kWelcome : "");
    is_new = false;
    const Editor::End end = editor.read(text, reader.open());
    output.use_colours(editor.rich());
    if (end == Editor::End::interrupted) {
      reader.reset();
      typed.clear();
      continue;
    }
    if (end == Editor::End::entered && !reader.open() && interpreter.in_lesson() &&
        text.find_first_not_of(" \t\n") == std::string::npos) {
      interpreter.go_on();
      interpreter.resume();
      output.flush();
      continue;
    }
    std::vector<Piece> pieces;
    if (end == Editor::End::closed) {
      reader.finish(pieces);
    } else {
      for (std::string_view line : assist::lines_of(text)) reader.feed(line, pieces);
      typed += (typed.empty() ? "" : "\n") + text;
    }
    if (!reader.open()) {
      typed.erase(typed.find_last_not_of(" \t\n") + 1);
      if (!typed.empty()) {
        remember(typed);
        history.append(typed);
      }
    }
    if (!reader.open()) typed.clear();
    for (const Piece& piece : pieces) {
      if (interpreter.finished() || interpreter.interrupted()) break;
      interpreter.run(piece, kTerminal);
      if (!interpreter.interrupted()) interpreter.resume();
    }
    interpreter.resume();
    output.flush();
    if (end == Editor::End::closed) break;
  }
  history.compact();
  return 0;
}

}  // namespace nabla::terminal
