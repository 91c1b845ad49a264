#include "calc/steps/steps.h"

#include "base/error.h"
#include "session/command.h"
#include "session/interpreter.h"

namespace nabla::session {

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
  const calc::Derivation found = calc::derivation(work.in, question, call.session.settings.look.style);
  for (const calc::DerivationLine& line : found.lines) {
    answer.content += std::string(kIndent * static_cast<std::size_t>(line.depth), ' ');
    if (!line.number.empty()) answer.content += line.number + ". ";
    answer.content += line.text + "\n";
  }
  for (const expr::Expr c : found.conditions) {
    answer.conditions.push_back(
        {expr::print(work.graph, c, expr::Style::unicode), expr::print(work.graph, c, expr::Style::plain)});
  }
  call.interpreter.tell_notes(work);
  call.interpreter.say(std::move(answer));
}

}  // namespace

extern const Command steps_command{
    .name = "steps",
    .signature = "steps diff(E, x)",
    .help =
        "Shows how a derivative is found, rule by rule, ending in the simplified answer. Also of f'(x), of higher "
        "orders, and of implicit(L = R, y, x).",
    .example = "steps diff(x^2 sin(x), x)",
    .run = run,
    .example_shown = true,
};

}  // namespace nabla::session
