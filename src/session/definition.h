// Definitions: what may be defined, and what a definition is made of.
#pragma once

#include "calc/elaborate/elaborate.h"
#include "parse/statement.h"
#include "session/workspace.h"

namespace nabla::session {

// The definition a statement makes; its value is one of the workspace's graph. Throws Error: protected_name, circular,
// and what elaborating and evaluating a value throws. A built-in name that it hides gets a note.
calc::Definition definition_of(const parse::Statement& statement, const Session& session, Workspace& work);

}  // namespace nabla::session
