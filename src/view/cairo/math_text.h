// Formulas typeset as in a book: italic letters, upright functions, raised exponents.
#pragma once

#include <cairo.h>

#include <string_view>

namespace nabla::view {

// The width of a formula as typed ("x^2 sin(x)") at a font size.
double math_width(cairo_t* cr, std::string_view formula, double size);

// Draws it with its baseline at (x, y).
void show_math(cairo_t* cr, std::string_view formula, double size, double x, double y);

}  // namespace nabla::view
