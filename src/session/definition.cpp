#include "session/definition.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "calc/elaborate/operation_list.h"
#include "functions/table.h"
#include "parse/planned.h"
#include "session/command.h"
#include "session/help/words.h"

namespace nabla::session {

using base::Code;
using base::Error;
using parse::Statement;
using parse::StatementKind;

namespace {

constexpr auto kNamesThatMayBeHidden = std::to_array<std::string_view>({"tau", "phi", "beta", "gamma", "zeta"});
constexpr int kDigitsOfACheck = 3;

bool is_built_in(std::string_view name) {
  return functions::find(name) != nullptr || calc::find_operation(name) != nullptr;
}

void check_name(const Statement& s, const Session& session, Workspace& work) {
  if (std::ranges::find(kNamesThatMayBeHidden, s.name) != kNamesThatMayBeHidden.end()) {
    if (session.find(s.name) == nullptr) {
      work.in.note(s.name_span, fmt::format("this hides the built-in {0}; clear {0} brings it back", s.name));
    }
    return;
  }
  if (is_built_in(s.name)) {
    const bool equation = s.kind == StatementKind::function && !s.parameters.empty();
    throw Error(Code::protected_name, s.name_span, fmt::format("{} is built in", s.name),
                equation ? parse::recommend(session, "to solve an equation",
                                            fmt::format("solve({}, {})", s.text, s.parameters.front().name))
                         : std::string("choose another name"));
  }
  if (find_word(s.name) != nullptr || find_command(s.name) != nullptr) {
    throw Error(Code::protected_name, s.name_span, fmt::format("'{}' is a word of the language", s.name),
                "choose another name");
  }
}

void check_circle(const Statement& s, const expr::Value& value, Workspace& work) {
  for (const expr::Expr e : value.elements) {
    for (const expr::Expr symbol : expr::symbols(work.graph, e)) {
      if (work.graph.name(symbol) != s.name) continue;
      throw Error(Code::circular, s.body.span(),
                  fmt::format("{} would stand for something that contains {}", s.name, s.name),
                  fmt::format("give {} a value first", s.name));
    }
  }
}

}  // namespace

calc::Definition definition_of(const Statement& s, const Session& session, Workspace& work) {
  check_name(s, session, work);
  calc::Definition d;
  d.name = s.name;
  d.source = s.text;
  d.is_function = s.kind == StatementKind::function;
  if (d.is_function) {
    for (const parse::Parameter& p : s.parameters) d.parameters.push_back(p.name);
    d.terms = s.terms;
    d.body = s.body;
    return d;
  }
  d.value = work.in.elaborate(s.body);
  check_circle(s, d.value, work);
  for (const expr::Expr e : d.value.elements) {
    if (work.graph.is_constant(e) && !work.graph.is_number(e)) work.in.number(e, kDigitsOfACheck);
  }
  return d;
}

}  // namespace nabla::session
