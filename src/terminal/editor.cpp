#include "terminal/editor.h"

#include <langinfo.h>
#include <poll.h>
#include <unistd.h>

// readline.h needs FILE.
#include <cstdio>
//
#include <readline/history.h>
#include <readline/readline.h>

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <cstdlib>
#include <cstring>

#include "base/text.h"
#include "session/command.h"
#include "terminal/history.h"
#include "terminal/keys.h"
#include "terminal/streams.h"

namespace nabla::terminal {

namespace {

constexpr std::size_t kLongestMenu = 12;
constexpr std::size_t kLongestPreview = 8;
constexpr nfds_t kInput = 0;

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

// Characters are UTF-8 whatever the surroundings say, or readline would move in the middle of them.
void use_utf8() {
  std::setlocale(LC_CTYPE, "");
  if (std::strcmp(nl_langinfo(CODESET), "UTF-8") != 0) std::setlocale(LC_CTYPE, "C.UTF-8");
}

// Readline ends the line itself where it takes a key for the end of the input, as it does after a bell within a
// sequence of keys.
void leave_terminal() {
  rl_eof_found = 0;
  rl_deprep_terminal();
}

// What the user's ~/.inputrc wants to see of the mode, without the sequences for the terminal, which stand between \1
// and \2; "" if it wants none.
std::string mode_shown() {
  const char* wanted = rl_variable_value("show-mode-in-prompt");
  if (wanted == nullptr || std::strcmp(wanted, "on") != 0) return {};
  const bool emacs = rl_editing_mode == 1;
  const char* mode = rl_variable_value(emacs             ? "emacs-mode-string"
                                       : Keys::inserts() ? "vi-ins-mode-string"
                                                         : "vi-cmd-mode-string");
  std::string shown;
  bool hidden = false;
  for (const char* c = mode == nullptr ? "" : mode; *c != '\0'; ++c) {
    if (*c == RL_PROMPT_START_IGNORE || *c == RL_PROMPT_END_IGNORE) {
      hidden = *c == RL_PROMPT_START_IGNORE;
    } else if (!hidden) {
      shown += *c;
    }
  }
  return shown;
}

std::vector<Line> grey_lines(std::string_view text, std::string_view indent) {
  std::vector<Line> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out.push_back({{std::string(indent) + std::string(text.substr(0, end)), kGrey}});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace

Editor::Editor(const session::Session& session, std::string_view prompt, std::string_view continuation)
    : session_(session),
      prompt_(prompt),
      continuation_(continuation),
      out_(isatty(STDOUT_FILENO) != 0 ? STDOUT_FILENO : STDERR_FILENO),
      painter_(out_),
      preview_(session) {
  use_utf8();
  rl_readline_name = "nabla";
  rl_catch_signals = 0;
  rl_catch_sigwinch = 0;
  rl_change_environment = 0;
  rl_deprep_term_function = leave_terminal;
  if (out_ == STDERR_FILENO) rl_outstream = stderr;
  rl_initialize();
  // The user's ~/.inputrc is read by now.
  Keys::bind(*this);
  using_history();
  stifle_history(static_cast<int>(History::kMostLines));
}

Editor::~Editor() {
  if (started_) rl_callback_handler_remove();
  Keys::release();
}

bool Editor::wants_rich() const {
  if (out_ != STDOUT_FILENO) return false;
  static constexpr std::string_view kPlainTerminals[] = {"", "dumb", "vt52", "vt100", "emacs", "cons25", "unknown"};
  if (std::ranges::find(kPlainTerminals, variable("TERM")) != std::end(kPlainTerminals)) return false;
  switch (session_.settings.color) {
    case session::Color::always: return true;
    case session::Color::never: return false;
    case session::Color::automatic: break;
  }
  return variable("NO_COLOR").empty();
}

void Editor::remember(const std::string& statement) {
  for (int i = history_length - 1; i >= 0; --i) {
    const HIST_ENTRY* entry = history_get(history_base + i);
    if (entry != nullptr && statement == entry->line) {
      free_history_entry(remove_history(i));
      break;
    }
  }
  add_history(statement.c_str());
  using_history();
  suggested_for_.clear();
}

void Editor::remember_all(const std::vector<std::string>& statements) {
  for (const std::string& s : statements) add_history(s.c_str());
  using_history();
}

void Editor::tell(const std::string& text) {
  if (rich_ && started_) painter_.erase();
  write_message(text);
  dirty_ = true;
}

Editor::End Editor::read(std::string& text, bool goes_on) {
  rich_ = wants_rich();
  Keys::draw_by(rich_);
  painter_.forget();
  end_.reset();
  menu_.reset();
  recall_ = {};
  suggested_for_.clear();
  dirty_ = true;
  if (!rich_ && work_) std::exchange(work_, nullptr)();
  HeldSignals held;
  // A Ctrl-C that came too late for the last computation is not for the next; one that comes from now on is.
  session_.stop->store(false);
  rl_callback_handler_install(goes_on ? continuation_.c_str() : prompt_.c_str(), Keys::take_line);
  started_ = true;
  if (work_) {
    draw();
    std::exchange(work_, nullptr)();
    dirty_ = true;
  }
  while (!end_) step(held);
  if (started_) rl_callback_handler_remove();
  started_ = false;
  preview_.stop();
  text = std::move(entered_);
  entered_.clear();
  return *end_;
}

void Editor::step(HeldSignals& held) {
  if (dirty_ && rich_) draw();
  pollfd waiting[2] = {{STDIN_FILENO, POLLIN, 0}, {preview_.descriptor(), POLLIN, 0}};
  timespec patience{};
  if (preview_.descriptor() >= 0) {
    const auto left = std::max(preview_.deadline() - Preview::Clock::now(), Preview::Clock::duration::zero());
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
    patience.tv_sec = seconds.count();
    patience.tv_nsec = std::chrono::duration_cast<std::chrono::nanoseconds>(left - seconds).count();
  }
  const int ready = ppoll(waiting, 2, preview_.descriptor() >= 0 ? &patience : nullptr, &held.open_mask());
  if (ready < 0 && errno != EINTR) end_ = End::closed;
  held.let_in();
  if (signals_seen.end != 0) {
    rl_deprep_terminal();
    held.let_act(std::exchange(signals_seen.end, 0));
  }
  if (std::exchange(signals_seen.suspend, 0) != 0) return suspend(held);
  if (std::exchange(signals_seen.resumed, 0) != 0) {
    rl_prep_terminal(1);
    painter_.forget();
    rl_forced_update_display();
  }
  if (std::exchange(signals_seen.resized, 0) != 0) {
    rl_resize_terminal();
    if (rich_) painter_.resize();
    dirty_ = true;
  }
  if (std::exchange(signals_seen.interrupt, 0) != 0) return abandon_line();
  if (ready > 0 && waiting[kInput].revents != 0) {
    read_keys();
  } else if (preview_.descriptor() >= 0) {
    preview_.advance();
    dirty_ = true;
  }
}

// All keys that have come, typed or out of a macro, before anything is drawn.
void Editor::read_keys() {
  pollfd input{STDIN_FILENO, POLLIN, 0};
  do {
    rl_callback_read_char();
  } while (!end_ && (Keys::pending() || poll(&input, 1, 0) > 0));
}

void Editor::suspend(HeldSignals& held) {
  if (rich_) {
    draw_last("^Z");
    painter_.leave();
  } else {
    rl_crlf();
  }
  rl_deprep_terminal();
  held.let_act(SIGTSTP);
  signals_seen.resumed = 0;
  rl_prep_terminal(1);
  painter_.forget();
  rl_forced_update_display();
}

void Editor::abandon_line() {
  if (rich_) {
    draw_last("^C");
    painter_.leave();
  } else {
    rl_crlf();
  }
  rl_callback_sigcleanup();
  rl_free_line_state();
  rl_replace_line("", 1);
  end_ = End::interrupted;
}

void Editor::close_line() {
  if (rich_) {
    draw_last("");
    painter_.leave();
  } else {
    rl_crlf();
  }
  end_ = End::closed;
}

void Editor::draw() {
  dirty_ = false;
  if (!menu_fits()) menu_.reset();
  const std::string_view text(rl_line_buffer, static_cast<std::size_t>(rl_end));
  const bool previews = session_.settings.preview && !menu_ && !RL_ISSTATE(RL_STATE_ISEARCH | RL_STATE_NSEARCH);
  if (!previews || preview_.text() != text) preview_.stop();
  const Painter::Size& size = painter_.size();
  Scene s = scene();
  // A search has a prompt of its own.
  const std::string prompt =
      rl_display_prompt == rl_prompt ? mode_shown() + std::string(s.prompt) : std::string(s.prompt);
  s.prompt = prompt;
  s.suggestion = text.empty() && !menu_ ? invitation_ : suggestion();
  s.below = below();
  painter_.paint(lay_out(s, size.columns, size.height));
  // Once the key is drawn: a child is slow to make where the session is large.
  if (previews) preview_.ask(text);
}

void Editor::draw_last(std::string_view mark) {
  preview_.stop();
  menu_.reset();
  Scene s = scene();
  s.strokes = assist::highlight(s.text, assist::kNoCursor, session_, session::commands());
  s.suggestion = mark;
  s.cursor = s.text.size();
  painter_.paint(lay_out(s, painter_.size().columns, painter_.size().height));
}

Scene Editor::scene() {
  Scene s;
  s.prompt = rl_display_prompt == nullptr ? "" : rl_display_prompt;
  s.continuation = continuation_;
  s.text = {rl_line_buffer, static_cast<std::size_t>(rl_end)};
  s.cursor = static_cast<std::size_t>(rl_point);
  s.strokes = assist::highlight(s.text, s.cursor, session_, session::commands());
  return s;
}

std::vector<Line> Editor::below() {
  const auto most = static_cast<std::size_t>(std::max(painter_.size().height - 2, 0));
  if (menu_) return menu_lines(std::min(kLongestMenu, most));
  const std::string indent(base::display_width(prompt_), ' ');
  if (!preview_.is_done()) return {};
  const std::string& answer = preview_.answer();
  if (answer.empty())
    return grey_lines(assist::signature_at(line(), static_cast<std::size_t>(rl_point), session_), indent);
  std::vector<Line> lines = grey_lines(answer, indent);
  if (lines.size() > kLongestPreview) {
    lines.resize(kLongestPreview);
    lines.push_back({{indent + "…", kGrey}});
  }
  return lines;
}

std::vector<Line> Editor::menu_lines(std::size_t most) const {
  std::vector<Line> lines;
  const assist::Completion& offers = menu_->offers;
  if (!offers.signature.empty()) lines.push_back({{offers.signature, kGrey}});
  const auto& all = offers.candidates;
  // The row of the selected one is always shown.
  const std::size_t first = menu_->selected && *menu_->selected >= most ? *menu_->selected - most + 1 : 0;
  const std::size_t last = std::min(all.size(), first + most);
  std::size_t width = 0;
  for (std::size_t i = first; i < last; ++i) width = std::max(width, base::display_width(all[i].text));
  for (std::size_t i = first; i < last; ++i) {
    const std::string gap(width - base::display_width(all[i].text) + 2, ' ');
    lines.push_back({{all[i].text, menu_->selected == i ? kSelected : std::string_view()}, {gap + all[i].help, kGrey}});
  }
  if (last < all.size()) lines.push_back({{"… " + std::to_string(all.size() - last) + " more", kGrey}});
  return lines;
}

// What the newest statement of the history that begins as the line does has more.
const std::string& Editor::suggestion() {
  static const std::string kNothing;
  const std::string text(rl_line_buffer, static_cast<std::size_t>(rl_end));
  if (text.empty() || rl_point != rl_end || menu_ || !Keys::inserts()) return kNothing;
  if (text == suggested_for_) return suggestion_;
  suggested_for_ = text;
  suggestion_.clear();
  for (int i = history_length - 1; i >= 0; --i) {
    const HIST_ENTRY* entry = history_get(history_base + i);
    if (entry == nullptr || std::strncmp(entry->line, text.c_str(), text.size()) != 0) continue;
    const char* more = entry->line + text.size();
    if (*more == '\0') continue;
    suggestion_ = more;
    break;
  }
  return suggestion_;
}

}  // namespace nabla::terminal
