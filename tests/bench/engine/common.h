// What the parts of the engine's benchmark share.
#pragma once

#include <string_view>

#include "algebra/rules/call.h"
#include "calc/graph_rules.h"
#include "parse/statement.h"
#include "race.h"
#include "session/session.h"
#include "session/workspace.h"

namespace bench {

inline constexpr int kRounds = 21;

struct Nabla {
  nabla::session::Session session;
  nabla::expr::Graph graph{&nabla::calc::kRules};
  nabla::session::Workspace work{graph, session, std::nullopt};

  nabla::expr::Expr parse(std::string_view text) {
    const nabla::parse::Statement s = nabla::parse::parse_statement(text, session, {});
    return work.in.scalar(s.body);
  }
  nabla::expr::Expr symbol(std::string_view name) { return graph.symbol(name); }
};

// A line of the table: what was measured, the figure, what is asked for.
void report(std::string_view work, double value, std::string_view demand);
// Says so if a and b differ by more than 1e-12, relative to the greater of 1 and their sizes.
void demand_equal(std::string_view what, double a, double b);

// The parts.
void classroom_sweeps();
void two_threads();
void one_point_at_a_time();
void regressions();
void rosenbrock();
void compile_times();

}  // namespace bench
