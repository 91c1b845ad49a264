#include "calc/steps.h"

#include "base/error.h"
#include "shell/command.h"
#include "shell/interpreter.h"

namespace nabla::shell {

namespace {

constexpr std::size_t kIndent = 3;

void run(Invocation& call) {
  if (call.tokens().empty()) {
    throw base::Error(base::Code::argument, call.statement.name_span, "steps needs a derivative",
                      "for example steps diff(x^2 sin(x), x)");
  }
  Workspace& work = call.interpreter.new_workspace();
  const parse::Term question = call.expression(call.tokens(), work);
  view::Answer answer;
  answer.kind = view::AnswerKind::text;
  for (const calc::DerivationStep& step : calc::derivation(work.in, question, call.session.settings.look.style)) {
    const std::string indent(kIndent * static_cast<std::size_t>(step.depth), ' ');
    answer.content += indent + step.number + ". " + step.rule + "\n";
    answer.content += indent + std::string(step.number.size() + 2, ' ') + step.text + "\n";
  }
  call.interpreter.tell_notes(work);
  call.interpreter.say(std::move(answer));
}

}  // namespace

extern const Command steps_command{
    .name = "steps",
    .signature = "steps diff(E, x)",
    .help = "Shows how a derivative is found, rule by rule, ending in the simplified answer.",
    .example = "steps diff(x^2 sin(x), x)",
    .run = run,
    .example_shown = true,
};

}  // namespace nabla::shell
