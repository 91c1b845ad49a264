// Reads what is typed. GNU readline keeps keys, undo, kill ring, vi mode and history; what is seen is drawn here.
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

  // Readline is one a process, and so is the editor. `prompt` stands before the first line of what is typed,
  // `continuation` before the others.
  Editor(const session::Session& session, std::string_view prompt, std::string_view continuation);
  ~Editor();
  Editor(const Editor&) = delete;
  Editor& operator=(const Editor&) = delete;

  // One or several lines, as they were when Enter was pressed; `interrupted` by Ctrl-C, `closed` by Ctrl-D or a
  // terminal that is gone. `goes_on`: the lines continue those of the call before.
  End read(std::string& text, bool goes_on);

  // Is called once, when the next prompt stands, for what may be done while the user thinks.
  void when_ready(std::function<void()> work) { work_ = std::move(work); }
  // What stands in grey where nothing has been typed yet. Enter takes it away, and leaves no line behind.
  void invite(std::string_view words) { invitation_ = words; }
  // A line on standard error, above what is being typed.
  void tell(const std::string& text);

  // Whether lines are coloured, previewed and edited together; else the terminal, NO_COLOR or the user wants it plain.
  bool rich() const { return rich_; }

  // For the Up key, suggestions and searches.
  void remember(const std::string& statement);
  // Of statements that are all different.
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
    std::string typed;     // before the first step back
    std::string recalled;  // what stands there now
    int index = 0;         // in readline's history
  };

  bool wants_rich() const;
  void start_readline();
  // One round: waits for keys, signals and the preview, and draws.
  void step(HeldSignals& held);
  void read_keys();
  void suspend(HeldSignals& held);
  void abandon_line();
  void close_line();
  void draw();
  // Without what only belongs to typing: suggestion, preview, menu.
  void draw_last(std::string_view mark);
  Scene scene();
  std::vector<Line> below();
  std::vector<Line> menu_lines(std::size_t most) const;
  const std::string& suggestion();

  // Keys; false where the key means what it always means.
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
