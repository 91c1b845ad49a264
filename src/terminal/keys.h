// Key bindings added to readline's.
#pragma once

namespace nabla::terminal {

class Editor;

// Readline's callbacks take no argument, so these refer to the only editor.
struct Keys {
  // Replaces readline's functions by ours, on whatever keys the user has bound them to.
  static void bind(Editor& editor);
  static void release();
  // Whether the editor or readline draws.
  static void draw_by(bool editor);
  static void take_line(char* line);
  // Whether letters would be inserted: not in a search or in vi's command mode.
  static bool inserts();
  // Whether keys are pending, such as those of a macro.
  static bool pending();
};

}  // namespace nabla::terminal
