// How answers are shown on the terminal, or without one.
#pragma once

#include "session/settings.h"
#include "view/plots/canvas.h"

namespace nabla::terminal {

// Columns that an answer may take: as set, else those of the terminal, 80 without one.
int screen_width(const session::Settings& settings);

// How a picture is to be written: style, colours and size as set, else as the terminal allows.
view::TextStyle text_style(const session::Settings& settings);

// Whether answers are written in colours.
bool uses_color(const session::Settings& settings);

}  // namespace nabla::terminal
