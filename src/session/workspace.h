// Graph, budget, notes and elaborator of one statement.
#pragma once

#include <optional>
#include <vector>

#include "base/budget.h"
#include "base/error.h"
#include "base/running.h"
#include "calc/elaborate/elaborate.h"
#include "session/session.h"

namespace nabla::session {

struct Workspace {
  // Clears the graph.
  Workspace(expr::Graph& statement_graph, const Session& session,
            std::optional<base::Budget::Clock::time_point> deadline);

  expr::Graph& graph;
  base::Budget budget;
  base::Running running;
  std::vector<base::Note> notes;
  calc::Elaborator in;
};

}  // namespace nabla::session
