#include "terminal/painter.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iterator>

namespace nabla::terminal {

namespace {

constexpr std::string_view kHideCursor = "\x1b[?25l";
constexpr std::string_view kShowCursor = "\x1b[?25h";
constexpr std::string_view kEraseRight = "\x1b[K";
constexpr std::string_view kEraseBelow = "\x1b[J";

bool same(const Frame& a, const Frame& b) {
  return a.cursor_row == b.cursor_row && a.cursor_column == b.cursor_column &&
         std::ranges::equal(a.rows, b.rows, [](const Row& x, const Row& y) {
           return x.bytes == y.bytes && x.width == y.width && x.goes_on == y.goes_on;
         });
}

void move_up(std::string& out, std::size_t rows) {
  if (rows > 0) fmt::format_to(std::back_inserter(out), "\x1b[{}A", rows);
}

}  // namespace

Painter::Size Painter::terminal_size(int descriptor) {
  winsize window{};
  if (ioctl(descriptor, TIOCGWINSZ, &window) != 0 || window.ws_col == 0 || window.ws_row == 0) return {};
  return {window.ws_col, window.ws_row};
}

void Painter::paint(Frame frame) {
  if (!last_.rows.empty() && same(frame, last_)) return;
  std::string out(kHideCursor);
  out += '\r';
  if (!last_.rows.empty()) move_up(out, last_.cursor_row);
  for (std::size_t i = 0; i < frame.rows.size(); ++i) {
    const Row& row = frame.rows[i];
    out += row.bytes;
    if (row.width < size_.columns) out += kEraseRight;
    if (!row.goes_on && i + 1 < frame.rows.size()) out += "\r\n";
  }
  out += kEraseBelow;
  move_up(out, frame.rows.size() - 1 - frame.cursor_row);
  out += '\r';
  if (frame.cursor_column > 0) fmt::format_to(std::back_inserter(out), "\x1b[{}C", frame.cursor_column);
  out += kShowCursor;
  write_out(out);
  last_ = std::move(frame);
}

void Painter::leave() {
  if (last_.rows.empty()) return;
  // An empty last row is already the next line.
  const bool is_below = last_.rows.size() > 1 && last_.rows.back().width == 0;
  std::string out(last_.rows.size() - last_.cursor_row - (is_below ? 1 : 0), '\n');
  out += '\r';
  write_out(out);
  last_ = {};
}

void Painter::erase() {
  const std::size_t rows = last_.rows.size();
  if (rows == 0) return;
  go_to_top(last_.cursor_row);
  // Row by row: terminals move what is erased from the first row to the end of the screen into the scroll-back.
  std::string out(kEraseRight);
  for (std::size_t i = 1; i < rows; ++i) out.append("\r\n").append(kEraseRight);
  move_up(out, rows - 1);
  write_out(out);
}

void Painter::go_to_top(std::size_t rows_above_cursor) {
  std::string out("\r");
  move_up(out, rows_above_cursor);
  write_out(out);
  last_ = {};
}

void Painter::forget() {
  last_ = {};
  size_ = terminal_size(descriptor_);
}

void Painter::resize() {
  size_ = terminal_size(descriptor_);
  if (last_.rows.empty()) return;
  // Rows wrapped by the terminal are one line, which it wraps at its new width.
  const int columns = std::max(size_.columns, 1);
  std::size_t above = 0;
  int width = 0;
  for (std::size_t i = 0; i < last_.cursor_row; ++i) {
    width += last_.rows[i].width;
    if (last_.rows[i].goes_on) continue;
    above += static_cast<std::size_t>(std::max(1, (width + columns - 1) / columns));
    width = 0;
  }
  above += static_cast<std::size_t>((width + last_.cursor_column) / columns);
  go_to_top(above);
}

void Painter::wipe() {
  write_out("\x1b[H\x1b[2J");
  forget();
}

void Painter::write_out(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor_, bytes.data(), bytes.size());
    if (written > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (written < 0 && errno == EAGAIN) {
      pollfd wait{descriptor_, POLLOUT, 0};
      poll(&wait, 1, -1);
    } else if (written == 0 || errno != EINTR) {
      return;
    }
  }
}

}  // namespace nabla::terminal
