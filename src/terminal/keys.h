// What keys do beside what readline does with them.
#pragma once

namespace nabla::terminal {

class Editor;

// Readline calls back without an argument, so these speak of the one editor there is.
struct Keys {
  // Puts our functions in the place of readline's under whatever keys the user has bound them to.
  static void bind(Editor& editor);
  static void release();
  // Whether the editor draws, or readline.
  static void draw_by(bool editor);
  static void take_line(char* line);
  // Whether letters would be typed: not while searching or commanding.
  static bool inserts();
  // Whether keys wait that have come already, such as those of a macro.
  static bool pending();
};

}  // namespace nabla::terminal
