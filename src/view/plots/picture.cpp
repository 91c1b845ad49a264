#include "view/plots/picture.h"

#include <algorithm>

#include "base/error.h"
#include "base/module.h"
#include "view/cairo/module.h"

namespace nabla::view {
Resolution picture_resolution(const PictureSize& size) {
  Resolution r;
  const double inches = static_cast<double>(size.width) / size.dpi;
  r.columns = std::clamp(size.width, 200, 1200);
  r.rows = r.columns * 5 / 8;
  r.cell_columns = r.columns / 3;
  r.cell_rows = r.rows / 3;
  r.levels = 11;
  r.arrow_columns = std::clamp(static_cast<int>(inches * 4), 8, 32);
  r.arrow_rows = std::max(6, r.arrow_columns * 5 / 8);
  return r;
}

void draw_picture(const Scene& scene, std::string_view format, const PictureSize& size,
                  const std::function<void(std::string_view)>& write) {
  static const auto draw = reinterpret_cast<DrawPicture>(base::module_function("libnabla_picture.so", kDrawPicture));
  const std::string bytes = draw(scene, format, size);
  if (bytes.empty()) throw base::Error(base::Code::io, {}, "the picture could not be drawn", "set a smaller size");
  write(bytes);
}

}  // namespace nabla::view
