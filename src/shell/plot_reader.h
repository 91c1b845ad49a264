// From the text of a plot command to what is to be plotted.
#pragma once

#include <optional>

#include "shell/ranged.h"
#include "view/plot.h"

namespace nabla::shell {

struct PlotRequest {
  view::Plot plot;  // its functions need the workspace
  std::optional<FileName> file;
};

// Throws Error: syntax, argument, range, unknown_name, sandbox, and what elaborating throws.
PlotRequest read_plot(Invocation& call, Workspace& work);

}  // namespace nabla::shell
