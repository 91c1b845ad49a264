#include "terminal/output.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

#include "assist/highlight.h"
#include "session/command.h"
#include "session/session.h"
#include "terminal/progress.h"
#include "terminal/screen.h"
#include "terminal/streams.h"

namespace nabla::terminal {

namespace {

bool locale_is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == 0) continue;
    const std::string_view locale = value;
    return locale.find("UTF-8") != std::string_view::npos || locale.find("utf8") != std::string_view::npos;
  }
  return false;
}

bool wants_color() {
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return (no_color == nullptr || *no_color == 0) && terminal != nullptr && std::strcmp(terminal, "dumb") != 0;
}

}  // namespace

void TerminalOutput::answer(const view::Answer& found, const view::Look& look, long number) {
  std::string text = view::render(found, look);
  if (coloured_ && number > 0 && look.format == view::Format::text && text.ends_with('\n')) {
    text.insert(text.size() - 1, fmt::format("  \x1b[{}m%{}\x1b[m", kGrey, number));
  }
  write(text);
}

void TerminalOutput::write(std::string_view text) { write_answer(text); }

void TerminalOutput::message(std::string_view text) { write_message(text); }

void TerminalOutput::flush() { flush_answers(); }

session::Screen TerminalOutput::screen() const {
  session::Screen screen;
  screen.numbered = coloured_;
  if (!answers_on_screen()) return screen;
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
    screen.columns = size.ws_col;
    screen.rows = size.ws_row;
  }
  screen.color = wants_color();
  screen.unicode = locale_is_utf8();
  return screen;
}

std::unique_ptr<session::Progress> TerminalOutput::progress(std::size_t total, bool written_here) {
  if ((written_here && answers_on_screen()) || isatty(STDERR_FILENO) == 0) {
    return session::Output::progress(total, written_here);
  }
  return std::make_unique<ProgressBar>(total);
}

std::string TerminalOutput::coloured(std::string_view statement, const session::Session& session) const {
  if (!coloured_) return std::string(statement);
  return in_colours(statement, assist::highlight(statement, assist::kNoCursor, session, session::commands()));
}

}  // namespace nabla::terminal
