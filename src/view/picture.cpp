#include "view/picture.h"

#include <dlfcn.h>

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "view/cairo/module.h"

namespace nabla::view {
namespace {

constexpr const char* kModule = "libnabla_picture.so";

// Beside the program, where it is built, and where it is installed.
void* load_module() {
  std::error_code ignored;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  const std::filesystem::path folder = program.parent_path();
  for (const char* place : {".", "..", "../lib/nabla"}) {
    const std::filesystem::path path = folder / place / kModule;
    if (!std::filesystem::exists(path, ignored)) continue;
    if (void* module = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL)) return module;
    throw base::Error(base::Code::io, {}, std::string("the drawing library cannot be loaded: ") + dlerror());
  }
  throw base::Error(base::Code::io, {}, std::string("the drawing library ") + kModule + " is not beside the program",
                    "install it again; text pictures work without it");
}

}  // namespace

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
  static void* const module = load_module();
  static const auto draw = reinterpret_cast<DrawPicture>(dlsym(module, kDrawPicture));
  const std::string bytes = draw(scene, format, size);
  if (bytes.empty()) throw base::Error(base::Code::io, {}, "the picture could not be drawn", "set a smaller size");
  write(bytes);
}

}  // namespace nabla::view
