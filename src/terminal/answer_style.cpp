#include "terminal/answer_style.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "terminal/output.h"

namespace nabla::terminal {

namespace {

constexpr int kWidth = 80;  // without a terminal
constexpr int kLeastWidth = 20;
constexpr int kLeastHeight = 8;

winsize terminal_size() {
  winsize size{};
  if (!answers_on_screen() || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return {};
  return size;
}

bool locale_is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == 0) continue;
    const std::string_view locale = value;
    return locale.find("UTF-8") != std::string_view::npos || locale.find("utf8") != std::string_view::npos;
  }
  return false;
}

}  // namespace

int screen_width(const session::Settings& settings) {
  if (settings.width > 0) return std::max(settings.width, kLeastWidth);
  const int columns = terminal_size().ws_col;
  return columns > 0 ? std::max(columns, kLeastWidth) : kWidth;
}

bool uses_color(const session::Settings& settings) {
  switch (settings.color) {
    case session::Color::always: return true;
    case session::Color::never: return false;
    case session::Color::automatic: break;
  }
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return answers_on_screen() && (no_color == nullptr || *no_color == 0) && terminal != nullptr &&
         std::strcmp(terminal, "dumb") != 0;
}

view::TextStyle text_style(const session::Settings& settings) {
  view::TextStyle style;
  style.unicode = settings.look.style == view::Style::unicode && (!answers_on_screen() || locale_is_utf8());
  style.color = uses_color(settings);
  style.width = screen_width(settings);
  style.height = settings.height;
  if (style.height == 0) {
    const int rows = terminal_size().ws_row;
    style.height = std::clamp(style.width * 3 / 10, kLeastHeight, rows > 0 ? std::max(rows - 2, kLeastHeight) : 200);
  }
  return style;
}

}  // namespace nabla::terminal
