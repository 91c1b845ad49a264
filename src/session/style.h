// How answers are shown: as set, and where nothing is set, as the output's screen allows.
#pragma once

#include "session/output.h"
#include "session/settings.h"
#include "view/plots/canvas.h"

namespace nabla::session {

// Columns that an answer may take: as set, else those of the screen, 80 without one.
int screen_width(const Settings& settings, const Screen& screen);

// How a picture is to be written: style, colours and size.
view::TextStyle text_style(const Settings& settings, const Screen& screen);

// Whether answers are written in colours.
bool uses_color(const Settings& settings, const Screen& screen);

}  // namespace nabla::session
