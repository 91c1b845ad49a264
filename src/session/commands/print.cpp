#include "base/error.h"
#include "session/answering.h"
#include "session/command.h"
#include "session/interpreter.h"

namespace nabla::session {

namespace {

using base::Code;
using base::Error;
using parse::Token;

std::string piece_text(Invocation& call, std::span<const Token> part, Workspace& work) {
  if (part.size() == 1 && part.front().kind == parse::TokenKind::text) return part.front().text;
  const expr::Value value = work.in.elaborate(call.expression(part, work));
  const Settings& settings = call.session.settings;
  std::string text = view::text(answer_of(work, value, settings), settings.look.style, settings.look.exact);
  text.pop_back();
  return text;
}

void run(Invocation& call) {
  Workspace& work = call.interpreter.new_workspace();
  const auto tokens = call.tokens();
  view::Answer answer;
  answer.kind = view::AnswerKind::text;
  std::vector<std::size_t> commas = parse::find_top_level(tokens, ",");
  commas.push_back(tokens.size());
  std::size_t begin = 0;
  for (const std::size_t end : commas) {
    if (end == begin && !tokens.empty()) {
      throw Error(Code::syntax, tokens[std::min(end, tokens.size() - 1)].span, "an expression or a text is due here");
    }
    if (begin > 0) answer.content += ' ';
    if (end > begin) answer.content += piece_text(call, tokens.subspan(begin, end - begin), work);
    begin = end + 1;
  }
  call.interpreter.tell_notes(work);
  answer.content += '\n';
  call.interpreter.say(std::move(answer));
}

}  // namespace

extern const Command print_command{
    .name = "print",
    .signature = "print \"text\", E, …",
    .help = "Writes texts and answers on one line.",
    .example = "print \"one half is\", 1/2",
    .run = run,
    .example_shown = true,
};

}  // namespace nabla::session
