// Makes definitions from statements.
#pragma once

#include "calc/elaborate/elaborate.h"
#include "parse/statement.h"
#include "session/workspace.h"

namespace nabla::session {

// The definition made by a statement; its value belongs to the workspace's graph. Throws Error: protected_name,
// circular, and errors of elaborating and evaluating the value. Notes if it hides a built-in name.
calc::Definition definition_of(const parse::Statement& statement, const Session& session, Workspace& work);

}  // namespace nabla::session
