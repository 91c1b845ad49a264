// Reads a plot command into a Plot.
#pragma once

#include <optional>

#include "session/ranged.h"
#include "view/plots/plot.h"

namespace nabla::session {

struct PlotRequest {
  view::Plot plot;  // its functions use the workspace
  std::optional<FileName> file;
};

// Throws Error: syntax, argument, range, unknown_name, sandbox, and errors of elaborating.
PlotRequest read_plot(Invocation& call, Workspace& work);

}  // namespace nabla::session
