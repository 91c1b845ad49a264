#include "shell/prompt.h"

#include <sys/select.h>
#include <unistd.h>

// readline.h needs FILE.
#include <readline/history.h>
#include <readline/readline.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/budget.h"
#include "shell/history.h"
#include "shell/output.h"

namespace nabla::shell {

namespace {

using Piece = parse::StatementReader::Piece;

volatile std::sig_atomic_t window_changed = 0;

extern "C" void on_interrupt(int) { base::Budget::stop_flag().store(true, std::memory_order_relaxed); }
extern "C" void on_window_change(int) { window_changed = 1; }

void handle(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, nullptr);
}

// Readline calls back without an argument, so there is one prompt a process.
class Prompt {
 public:
  explicit Prompt(Interpreter& interpreter) : interpreter_(interpreter), history_(History::default_path()) {}

  int run() {
    open_readline();
    while (!at_end_ && !interpreter_.finished()) wait_and_read();
    close_readline();
    return 0;
  }

 private:
  void open_readline() {
    current = this;
    rl_readline_name = "nabla";
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_change_environment = 0;
    handle(SIGINT, on_interrupt);
    handle(SIGWINCH, on_window_change);
    using_history();
    stifle_history(History::kMostLines);
    for (const std::string& line : history_.load()) add_history(line.c_str());
    flush_answers();
    rl_callback_handler_install(kPrompt, on_line);
  }

  void close_readline() {
    rl_callback_handler_remove();
    current = nullptr;
  }

  // Signals are let in only while nothing else happens, so that none is missed.
  void wait_and_read() {
    sigset_t blocked;
    sigset_t open;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGINT);
    sigaddset(&blocked, SIGWINCH);
    pthread_sigmask(SIG_BLOCK, &blocked, &open);
    fd_set input;
    FD_ZERO(&input);
    FD_SET(STDIN_FILENO, &input);
    const bool stop = base::Budget::stop_flag().load() || window_changed != 0;
    const int ready = stop ? 0 : pselect(STDIN_FILENO + 1, &input, nullptr, nullptr, nullptr, &open);
    pthread_sigmask(SIG_SETMASK, &open, nullptr);
    if (window_changed != 0) {
      window_changed = 0;
      rl_resize_terminal();
    }
    if (base::Budget::stop_flag().exchange(false)) clear_line();
    if (ready > 0) rl_callback_read_char();
    if (ready < 0 && errno != EINTR) at_end_ = true;
  }

  void clear_line() {
    rl_callback_sigcleanup();
    rl_free_line_state();
    rl_replace_line("", 1);
    rl_crlf();
    rl_on_new_line();
    reader_.reset();
    typed_.clear();
    rl_set_prompt(kPrompt);
    rl_redisplay();
  }

  static void on_line(char* line) {
    const std::unique_ptr<char, decltype(&std::free)> owned(line, &std::free);
    current->take(line);
  }

  void take(const char* line) {
    if (line == nullptr) {
      at_end_ = true;
      write_answer("\n");
      flush_answers();
      return;
    }
    std::vector<Piece> pieces;
    reader_.feed(line, pieces);
    typed_ += line;
    if (reader_.open()) {
      typed_ += ' ';
    } else {
      remember();
    }
    for (const Piece& p : pieces) {
      if (interpreter_.finished()) break;
      interpreter_.run(p, kTerminal);
    }
    interpreter_.resume();
    flush_answers();
    // A key pressed too late to stop a computation is not meant for the next line.
    base::Budget::stop_flag().store(false);
    rl_set_prompt(reader_.open() ? kContinuationPrompt : kPrompt);
  }

  // A statement of several lines is remembered as one.
  void remember() {
    if (typed_.find_first_not_of(" \t") != std::string::npos) {
      HIST_ENTRY* last = history_length > 0 ? history_get(history_base + history_length - 1) : nullptr;
      if (last == nullptr || typed_ != last->line) {
        add_history(typed_.c_str());
        history_.append(typed_);
      }
    }
    typed_.clear();
  }

  static inline Prompt* current = nullptr;
  static constexpr const char* kPrompt = "∇> ";
  static constexpr const char* kContinuationPrompt = "...> ";
  static inline const Source kTerminal{"", 0};

  Interpreter& interpreter_;
  History history_;
  parse::StatementReader reader_;
  std::string typed_;  // lines of a statement that goes on
  bool at_end_ = false;
};

}  // namespace

int run_prompt(Interpreter& interpreter) { return Prompt(interpreter).run(); }

}  // namespace nabla::shell
