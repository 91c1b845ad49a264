#include "session/question.h"

#include <vector>

#include "calc/graph_rules.h"
#include "parse/reader.h"
#include "session/answering.h"
#include "session/command.h"
#include "session/workspace.h"

namespace nabla::session {

namespace {

std::string without_blanks(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c != ' ' && c != '\n' && c != '\t') out += c;
  }
  return out;
}

}  // namespace

std::string only_statement(std::string_view text) {
  parse::StatementReader reader;
  std::vector<parse::StatementReader::Piece> pieces;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    reader.feed(text.substr(begin, end - begin), pieces);
    begin = end + 1;
  }
  reader.finish(pieces);
  return pieces.size() == 1 ? pieces.front().text : std::string();
}

std::string answer_to(std::string_view question, const Session& session) {
  const parse::Statement statement = parse::parse_statement(question, session, command_words());
  if (statement.kind != parse::StatementKind::question) return {};
  const view::Look& look = session.settings.look;
  expr::Graph graph{&calc::kRules};
  Workspace work(graph, session, std::nullopt);
  try {
    const expr::Value value = work.in.elaborate(statement.body);
    std::string text = view::text(answer_of(work, value, session.settings), look.style, look.exact);
    while (text.ends_with('\n')) text.pop_back();
    return without_blanks(text) == without_blanks(question) ? std::string() : text;
  } catch (const base::Error& e) {
    if (e.code != base::Code::undefined) throw;
    return "undefined: " + e.message;
  }
}

}  // namespace nabla::session
