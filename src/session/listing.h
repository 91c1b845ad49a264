// Definitions as text, for showing and saving.
#pragma once

#include <string>
#include <vector>

#include "expr/write/print.h"
#include "session/session.h"

namespace nabla::session {

// The definition as a statement: "f(x) = x^2 sin(x)", "a = √2".
std::string text_of(const Session& session, const calc::Definition& definition, expr::Style style);

// What it is: "function", "number", "vector of 3", "expression in x, y".
std::string kind_of(const Session& session, const calc::Definition& definition);

// The definitions mentioned by its body or value, in alphabetical order.
std::vector<std::string> names_used(const Session& session, const calc::Definition& definition);

// Statements for all definitions, each after those it needs, so that `read` restores the session.
std::vector<std::string> script_of_definitions(const Session& session);

}  // namespace nabla::session
