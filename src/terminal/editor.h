// The line editor. GNU readline handles keys, undo, kill ring, vi mode and history; drawing is done here.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assist/completion.h"
#include "session/session.h"
#include "terminal/painter.h"
#include "terminal/preview.h"
#include "terminal/signals.h"

namespace nabla::terminal {

class Editor {
 public:
  enum class End { entered, interrupted, closed };

  // Only one in a process, like readline. `prompt` precedes the first line of input, `continuation` the
  // others.
  Editor(const session::Session& session, std::string_view prompt, std::string_view continuation);
  ~Editor();
  Editor(const Editor&) = delete;
  Editor& operator=(const Editor&) = delete;

  // Reads one or several lines up to Enter; `interrupted` by Ctrl-C, `closed` by Ctrl-D or the end of the terminal.
  // `goes_on`: the lines continue those of the previous call.
  End read(std::string& text, bool goes_on);

  // `work` is called once after the next prompt is drawn.
  void when_ready(std::function<void()> work) { work_ = std::move(work); }
  // Sets the grey text of an empty first line. Enter removes it and leaves no line.
  void invite(std::string_view words) { invitation_ = words; }
  // Prints a line on standard error, above the line being edited.
  void tell(const std::string& text);

  // Whether lines are coloured and previewed; not if the terminal, NO_COLOR or the user asks for plain.
  bool rich() const { return rich_; }

  // For the Up key, suggestions and searches.
  void remember(const std::string& statement);
  // The statements must be distinct.
  void remember_all(const std::vector<std::string>& statements);

 private:
  friend struct KeyFunctions;

  struct Menu {
    assist::Completion offers;
    std::string text;        // of the line, while the menu is open
    std::size_t cursor = 0;  // the same
    std::optional<std::size_t> selected;
  };
  struct Recall {
    std::string typed;     // before the first step into the history
    std::string recalled;  // the text now shown
    int index = 0;         // in readline's history
  };

  bool wants_rich() const;
  void start_readline();
  // Waits once for keys, signals and the preview, and draws.
  void step(HeldSignals& held);
  void read_keys();
  void suspend(HeldSignals& held);
  void abandon_line();
  void close_line();
  void draw();
  // Draws the line for the last time: without suggestion, preview and menu.
  void draw_last(std::string_view mark);
  Scene scene();
  std::vector<Line> below();
  std::vector<Line> menu_lines(std::size_t most) const;
  const std::string& suggestion();

  // Keys; false if readline's own binding applies.
  bool accept_suggestion(bool whole);
  bool enter();
  void complete(int direction);
  void open_menu(assist::Completion offers);
  bool menu_fits() const;
  void select(int direction);
  void print_offers(const assist::Completion& offers) const;
  void recall(int direction);
  bool move_line(int direction);
  void clean_paste(std::size_t begin);
  static std::string line();
  static void replace(std::size_t begin, std::size_t end, const std::string& text);

  const session::Session& session_;
  const std::string prompt_;
  const std::string continuation_;
  int out_;
  bool rich_ = false;
  bool dirty_ = false;
  bool started_ = false;
  std::function<void()> work_;
  std::optional<End> end_;
  std::string entered_;
  std::string invitation_;
  Painter painter_;
  Preview preview_;
  std::string suggestion_;
  std::string suggested_for_;
  std::optional<Menu> menu_;
  Recall recall_;
};

}  // namespace nabla::terminal
