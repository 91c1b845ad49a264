// Signals while the prompt waits for keys: held back, and let in only where nothing else happens.
#pragma once

#include <signal.h>

#include <array>
#include <atomic>

namespace nabla::terminal {

// What has come, as flags that are taken down by those who look.
struct Signals {
  volatile sig_atomic_t interrupt = 0;
  volatile sig_atomic_t resized = 0;
  volatile sig_atomic_t suspend = 0;
  volatile sig_atomic_t resumed = 0;
  volatile sig_atomic_t end = 0;  // the signal that ends the program
};
extern Signals signals_seen;

// From now on Ctrl-C sets this, the stop flag of the session being run, instead of ending the program. It must live as
// long as the process.
void let_interrupt_set(std::atomic<bool>& stop);

// While it lives, signals are noted in `signals_seen`, and come only during `open_mask` (of ppoll).
class HeldSignals {
 public:
  HeldSignals();
  ~HeldSignals();
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;

  const sigset_t& open_mask() const { return before_; }
  // Lets in what has come. Keys that came later must not overtake it.
  void let_in();
  // Does with a signal what it does by itself: suspends or ends the program. Comes back when it goes on.
  void let_act(int signal);

 private:
  static constexpr std::array<int, 7> kSignals{SIGINT, SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP, SIGQUIT};
  std::array<struct sigaction, kSignals.size()> actions_{};
  sigset_t before_{};
};

}  // namespace nabla::terminal
