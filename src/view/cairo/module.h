// The one function of the drawing module, which is loaded when the first picture is drawn.
#pragma once

#include <string>
#include <string_view>

#include "view/plots/picture.h"

namespace nabla::view {

// The bytes of the file; empty if drawing failed.
using DrawPicture = std::string (*)(const Scene& scene, std::string_view format, const PictureSize& size);
inline constexpr const char* kDrawPicture = "nabla_draw_picture";

}  // namespace nabla::view
