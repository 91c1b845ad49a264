// From the text of a plot command to what is to be plotted.
#pragma once

#include <optional>

#include "session/ranged.h"
#include "view/plots/plot.h"

namespace nabla::session {

struct PlotRequest {
  view::Plot plot;  // its functions need the workspace
  std::optional<FileName> file;
};

// Throws Error: syntax, argument, range, unknown_name, sandbox, and what elaborating throws.
PlotRequest read_plot(Invocation& call, Workspace& work);

}  // namespace nabla::session
