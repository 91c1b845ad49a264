#include "session/command.h"

#include <algorithm>

#include "session/interpreter.h"

namespace nabla::session {

using base::Code;
using base::Error;
using parse::TokenKind;

std::span<const parse::Token> Invocation::tokens() const {
  std::span<const parse::Token> all = statement.rest;
  while (!all.empty() && all.back().kind == TokenKind::end) all = all.first(all.size() - 1);
  return all;
}

std::string_view Invocation::text() const {
  const auto all = tokens();
  return all.empty() ? std::string_view() : std::string_view(statement.text).substr(all.front().span.begin);
}

parse::Term Invocation::expression(std::span<const parse::Token> part, Workspace& work) const {
  return parse::parse_expression(*statement.terms, part, statement.text, session, {}, false, work.notes);
}

std::string Invocation::file_name(std::string_view what) const {
  const auto all = tokens();
  if (all.empty()) throw Error(Code::argument, statement.name_span, std::string(what) + " needs a file name");
  if (all.front().kind == TokenKind::text) {
    if (all.size() > 1) throw Error(Code::argument, all[1].span, "nothing is expected after the file name");
    return all.front().text;
  }
  std::string_view name = text();
  const std::size_t blank = name.find_first_of(" \t\n");
  if (blank != std::string_view::npos && name.find_first_not_of(" \t\n", blank) != std::string_view::npos) {
    throw Error(Code::argument, {all.front().span.begin, static_cast<std::uint32_t>(statement.text.size())},
                "a file name with blanks stands in quotes", std::string(what) + " \"" + std::string(name) + "\"");
  }
  return std::string(name.substr(0, blank));
}

void Invocation::refuse_arguments() const {
  const auto all = tokens();
  if (all.empty()) return;
  throw Error(Code::argument, base::join(all.front().span, all.back().span),
              "nothing is expected after " + statement.name);
}

const Command* find_command(std::string_view name) {
  const auto found = std::ranges::find(commands(), name, &Command::name);
  return found == commands().end() ? nullptr : *found;
}

}  // namespace nabla::session
