// Pictures as text: braille dots with lines, or ASCII marks.
#pragma once

#include <string>

#include "view/plots/canvas.h"
#include "view/plots/plot.h"

namespace nabla::view {

// The number of dots of a picture of that size, before its labels are known.
Resolution text_resolution(const TextStyle& style);

// The picture, every line at most style.width characters wide and ended by a line feed.
std::string text_plot(const Scene& scene, const TextStyle& style);

}  // namespace nabla::view
