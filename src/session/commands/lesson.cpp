#include "session/lesson.h"

#include <fmt/format.h>

#include "base/error.h"
#include "session/command.h"
#include "session/interpreter.h"

namespace nabla::session {

namespace {

using base::Code;
using base::Error;

void list(Invocation& call) {
  view::Answer answer;
  answer.kind = view::AnswerKind::text;
  for (const Lesson& l : shipped_lessons()) answer.content += fmt::format("lesson {:<10} {}\n", l.name, l.title);
  call.interpreter.say(std::move(answer));
}

void run(Invocation& call) {
  if (call.tokens().empty()) return list(call);
  const base::Span place = base::join(call.tokens().front().span, call.tokens().back().span);
  const std::string name = call.file_name("lesson");
  if (name == "stop") return call.interpreter.end_lesson();
  if (call.session.sandbox && is_lesson_path(name)) {
    throw Error(Code::sandbox, place, "statements read no files in the sandbox", "lesson alone lists those at hand");
  }
  try {
    call.interpreter.play(find_lesson(name));
  } catch (Error& e) {
    if (e.span.empty()) e.span = place;
    throw;
  }
}

}  // namespace

extern const Command lesson_command{
    .name = "lesson",
    .signature = "lesson [NAME | FILE | stop]",
    .help =
        "Plays a lesson step by step; alone, lists the lessons. At the prompt Enter goes on, and anything may be typed "
        "in "
        "between; else all of it is played at once. A lesson is a script whose comments are read aloud.",
    .example = "lesson tour",
    .run = run,
};

}  // namespace nabla::session
