#include "session/workspace.h"

namespace nabla::session {

namespace {

expr::Graph& cleared(expr::Graph& g) {
  g.clear();
  return g;
}

base::Budget budget_of(const Session& session, std::optional<base::Budget::Clock::time_point> deadline) {
  base::Budget budget;
  budget.stop = session.stop.get();
  budget.deadline = deadline;
  return budget;
}

}  // namespace

Workspace::Workspace(expr::Graph& statement_graph, const Session& session,
                     std::optional<base::Budget::Clock::time_point> deadline)
    : graph(cleared(statement_graph)),
      budget(budget_of(session, deadline)),
      running(budget),
      in(graph, session, budget, notes) {}

}  // namespace nabla::session
