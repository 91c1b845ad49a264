// Runs statements in a session, and tells an output their answers, notes and errors.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "algebra/rules/call.h"
#include "base/budget.h"
#include "base/diagnostic.h"
#include "calc/graph_rules.h"
#include "expr/graph.h"
#include "parse/statement.h"
#include "session/lesson.h"
#include "session/output.h"
#include "session/session.h"
#include "session/workspace.h"
#include "view/answers/answer.h"
#include "view/answers/table.h"

namespace nabla::session {

// Where statements come from.
struct Source {
  std::string name;  // "lesson.nabla", "<stdin>", "-e"; empty at the prompt
  int number = 0;    // of a -e or -D; 0: places count lines
};

// How a script is run.
struct RunOptions {
  bool keep_going = false;                                  // after an error
  bool echo = false;                                        // each statement with its prompt
  std::optional<double> timeout = {};                       // seconds, for each statement
  int threads = 0;                                          // 0: as many as there are cores
  std::optional<base::Budget::Clock::time_point> end = {};  // of the whole run
};

class Interpreter {
 public:
  static constexpr std::string_view kPrompt = "∇> ";
  static constexpr std::string_view kContinuationPrompt = "...> ";

  Interpreter(Session& session, Output& output, const RunOptions& options)
      : session_(session), output_(output), options_(options) {}

  Session& session() { return session_; }
  Output& output() { return output_; }
  const RunOptions& options() const { return options_; }

  // Runs one statement; errors are told, and none is thrown.
  void run(const parse::StatementReader::Piece& piece, const Source& source);
  // These run until the first error (unless told to keep going), `quit` or the end.
  void run_text(std::string_view text, const Source& source);
  void run_descriptor(int descriptor, const Source& source);
  // Throws Error (io, limit) if the file cannot be read.
  void run_file(const std::string& path);
  // name = EXPR, where the text is exactly one expression.
  void define_value(const std::string& name, std::string_view text, const Source& source);

  // At the prompt the first step of a lesson, else all of it until the first error.
  void play(Lesson lesson);
  // Plays the next step of the lesson that has begun; of none, nothing.
  void go_on();
  bool in_lesson() const { return lesson_.has_value(); }
  void end_lesson() { lesson_.reset(); }

  // Whether neither an error nor `quit` has ended the run; an error is forgotten by `resume`.
  bool running() const { return !stopped_ && !finished_; }
  bool finished() const { return finished_; }
  void resume() { stopped_ = interrupted_ = false; }
  // Whether the user has stopped what was running.
  bool interrupted() const { return interrupted_; }
  // 0, 1 (an error) or 3 (an undefined answer).
  int status() const { return failed_ ? 1 : undefined_ ? 3 : 0; }
  // Tells an error that belongs to no statement.
  void tell_error(std::string_view where, const base::Error& error);

  // For commands: says an answer of the statement being run, and what it works with. A new workspace ends the last.
  void say(view::Answer found);
  // The head of a table that is the answer to the statement being run.
  view::TableHead table_head(std::vector<std::string> names) const;
  void note(base::Span place, std::string_view text);
  void tell_notes(Workspace& work);
  Workspace& new_workspace();
  // When a statement that begins now has to end.
  std::optional<base::Budget::Clock::time_point> deadline() const;
  // Runs a part of the statement being run as a statement; `offset` is where the part begins. The watch, if any, tells
  // where its time goes.
  void run_part(std::string_view text, std::uint32_t offset, base::Stopwatch* watch = nullptr);
  void quit() { finished_ = true; }

 private:
  struct Place {
    int line;
    int column;
    base::Excerpt excerpt;
  };

  void run_statement(std::string_view text);
  void wait_for_text(int descriptor) const;
  // Tells the errors of what it runs.
  template <class Work>
  void guarded(Work work);
  void answer(parse::Statement& statement);
  void ask(parse::Statement& statement);
  void define(parse::Statement& statement);
  void tell(view::Answer found, long number);
  void tell_error(const base::Error& error);
  Place place_of(base::Span span) const;
  void echo(const parse::StatementReader::Piece& piece) const;
  void play_step(const Lesson& lesson, const LessonStep& step);

  Session& session_;
  Output& output_;
  RunOptions options_;
  std::unique_ptr<expr::Graph> graph_ = std::make_unique<expr::Graph>(&calc::kRules);
  std::optional<Workspace> workspace_;
  const parse::StatementReader::Piece* piece_ = nullptr;  // being run
  const Source* source_ = nullptr;
  std::uint32_t offset_ = 0;          // of the statement being run in the piece
  base::Stopwatch* watch_ = nullptr;  // of what `time` runs
  int files_open_ = 0;
  std::optional<Lesson> lesson_;  // at the prompt
  bool stopped_ = false;
  bool interrupted_ = false;
  bool finished_ = false;
  bool failed_ = false;
  bool undefined_ = false;
};

}  // namespace nabla::session
