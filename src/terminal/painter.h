// Draws the region of the terminal that holds the prompt.
#pragma once

#include <string>
#include <string_view>

#include "terminal/screen.h"

namespace nabla::terminal {

class Painter {
 public:
  // `columns` and `height` of the terminal; asked again after it has been resized.
  struct Size {
    int columns = 80;
    int height = 24;
  };
  static Size terminal_size(int descriptor);

  explicit Painter(int descriptor) : descriptor_(descriptor) {}

  const Size& size() const { return size_; }
  // Draws a frame over the last one. Nothing is written if it is the same.
  void paint(Frame frame);
  // Keeps the last frame on the screen; the next begins in the row below it.
  void leave();
  // Erases the last frame; the next begins where it began.
  void erase();
  // Something else was written, with the cursor at the left: the next frame begins there.
  void forget();
  // The terminal has a new size and has rewrapped its lines: the next frame begins where the last one begins now.
  void resize();
  // Clears the terminal.
  void wipe();

 private:
  void go_to_top(std::size_t rows_above_cursor);
  void write_out(std::string_view bytes) const;

  int descriptor_;
  Size size_ = terminal_size(descriptor_);
  Frame last_;  // no rows: nothing is drawn
};

}  // namespace nabla::terminal
