// Pictures as files: SVG, PNG and PDF.
#pragma once

#include <functional>
#include <string_view>

#include "view/plots/scene.h"

namespace nabla::view {

struct PictureSize {
  int width = 640;  // pixels of 1/dpi inch
  int dpi = 96;
};

// How finely a picture of that size is sampled.
Resolution picture_resolution(const PictureSize& size);

// Draws the scene as "svg", "png" or "pdf" and passes the file's bytes, in pieces, to `write`. The drawing library is
// loaded when it is first needed; throws Error (io) if it cannot be found.
void draw_picture(const Scene& scene, std::string_view format, const PictureSize& size,
                  const std::function<void(std::string_view)>& write);

}  // namespace nabla::view
