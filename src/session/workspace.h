// Graph, budget, notes and elaborator of one statement.
#pragma once

#include <optional>
#include <vector>

#include "base/budget.h"
#include "base/error.h"
#include "calc/elaborate/elaborate.h"
#include "session/session.h"

namespace nabla::session {

struct Workspace {
  // Clears the graph. The time limit, if any, starts now.
  Workspace(expr::Graph& statement_graph, const Session& session, std::optional<double> seconds);

  expr::Graph& graph;
  base::Budget budget;
  std::vector<base::Note> notes;
  calc::Elaborator in;
};

}  // namespace nabla::session
