#include "session/style.h"

#include <algorithm>

namespace nabla::session {

namespace {

constexpr int kWidth = 80;  // without a screen
constexpr int kLeastWidth = 20;
constexpr int kLeastHeight = 8;
constexpr int kMostHeight = 200;  // without a screen

}  // namespace

int screen_width(const Settings& settings, const Screen& screen) {
  if (settings.width > 0) return std::max(settings.width, kLeastWidth);
  return screen.columns > 0 ? std::max(screen.columns, kLeastWidth) : kWidth;
}

bool uses_color(const Settings& settings, const Screen& screen) {
  switch (settings.color) {
    case Color::always: return true;
    case Color::never: return false;
    case Color::automatic: break;
  }
  return screen.color;
}

view::TextStyle text_style(const Settings& settings, const Screen& screen) {
  view::TextStyle style;
  style.unicode = settings.look.style == view::Style::unicode && screen.unicode;
  style.color = uses_color(settings, screen);
  style.width = screen_width(settings, screen);
  style.height = settings.height;
  if (style.height == 0) {
    const int most = screen.rows > 0 ? std::max(screen.rows - 2, kLeastHeight) : kMostHeight;
    style.height = std::clamp(style.width * 3 / 10, kLeastHeight, most);
  }
  return style;
}

}  // namespace nabla::session
