#include "session/workspace.h"

namespace nabla::session {

namespace {

expr::Graph& cleared(expr::Graph& g) {
  g.clear();
  return g;
}

base::Budget budget_of(const Session& session, std::optional<double> seconds) {
  using Clock = base::Budget::Clock;
  base::Budget budget;
  budget.stop = session.stop.get();
  if (seconds) {
    budget.deadline =
        Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(*seconds));
  }
  return budget;
}

}  // namespace

Workspace::Workspace(expr::Graph& statement_graph, const Session& session, std::optional<double> seconds)
    : graph(cleared(statement_graph)), budget(budget_of(session, seconds)), in(graph, session, budget, notes) {}

}  // namespace nabla::session
