// The drawing module (module.h): a scene as the bytes of a file.
#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>

#include <cmath>
#include <memory>

#include "view/cairo/module.h"
#include "view/cairo/page.h"

namespace nabla::view {
namespace {

constexpr double kPointsPerInch = 72;

using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using Context = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

Surface make_surface(std::string_view format, double width, double height, double scale, std::string& bytes) {
  if (format == "svg")
    return {cairo_svg_surface_create_for_stream(append, &bytes, width, height), cairo_surface_destroy};
  if (format == "pdf") {
    Surface surface{cairo_pdf_surface_create_for_stream(append, &bytes, width, height), cairo_surface_destroy};
    // The same picture gives the same file at any time.
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
    return surface;
  }
  Surface surface{cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(std::lround(width * scale)),
                                             static_cast<int>(std::lround(height * scale))),
                  cairo_surface_destroy};
  cairo_surface_set_device_scale(surface.get(), scale, scale);
  return surface;
}

std::string draw(const Scene& scene, std::string_view format, const PictureSize& size) {
  std::string bytes;
  const double scale = size.dpi / kPointsPerInch;
  const Surface probe{cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1), cairo_surface_destroy};
  const Context measure{cairo_create(probe.get()), cairo_destroy};
  Page page(scene, size.width / scale, measure.get());
  Surface surface = make_surface(format, size.width / scale, page.height(), scale, bytes);
  {
    const Context cr{cairo_create(surface.get()), cairo_destroy};
    page.draw(cr.get());
    if (cairo_status(cr.get()) != CAIRO_STATUS_SUCCESS) return {};
  }
  if (format == "png") {
    if (cairo_surface_write_to_png_stream(surface.get(), append, &bytes) != CAIRO_STATUS_SUCCESS) return {};
    return bytes;
  }
  cairo_surface_finish(surface.get());
  return cairo_surface_status(surface.get()) == CAIRO_STATUS_SUCCESS ? bytes : std::string();
}

}  // namespace
}  // namespace nabla::view

extern "C" __attribute__((visibility("default"))) std::string nabla_draw_picture(const nabla::view::Scene& scene,
                                                                                 std::string_view format,
                                                                                 const nabla::view::PictureSize& size) {
  return nabla::view::draw(scene, format, size);
}
