// Keeps a region of the terminal, in which the prompt stands, as a frame says.
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
  // The last frame stays where it is; the next begins in the row below it.
  void leave();
  // Nothing is left of the last frame; the next begins where it began.
  void erase();
  // The terminal shows something else now, with the cursor at the left: the next frame begins there.
  void forget();
  // The terminal has a new size, and has wrapped its lines anew: the next frame begins where the last one does now.
  void resize();
  // Wipes the terminal.
  void wipe();

 private:
  void go_to_top(std::size_t rows_above_cursor);
  void write_out(std::string_view bytes) const;

  int descriptor_;
  Size size_ = terminal_size(descriptor_);
  Frame last_;  // no rows: nothing is drawn
};

}  // namespace nabla::terminal
