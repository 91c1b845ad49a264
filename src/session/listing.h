// Definitions as they are shown and saved.
#pragma once

#include <string>
#include <vector>

#include "expr/write/print.h"
#include "session/session.h"

namespace nabla::session {

// A statement that makes the definition: "f(x) = x^2 sin(x)", "a = √2".
std::string text_of(const Session& session, const calc::Definition& definition, expr::Style style);

// What it is: "function", "number", "vector of 3", "expression in x, y".
std::string kind_of(const Session& session, const calc::Definition& definition);

// The definitions that its body or value mentions, in alphabetical order.
std::vector<std::string> names_used(const Session& session, const calc::Definition& definition);

// Statements that make all definitions, each after those it needs, so that `read` makes the same session.
std::vector<std::string> script_of_definitions(const Session& session);

}  // namespace nabla::session
