#include "terminal/signals.h"

#include <unistd.h>

namespace nabla::terminal {

Signals signals_seen;

namespace {

std::atomic<std::atomic<bool>*> stop_flag{nullptr};  // of the session that the interrupt key stops

// The terminal has shown ^C where the answer was to stand.
extern "C" void stop_computation(int) {
  const bool is_first = !stop_flag.load()->exchange(true, std::memory_order_relaxed);
  if (is_first && write(STDERR_FILENO, "\n", 1) < 0) return;
}

extern "C" void note_signal(int signal) {
  switch (signal) {
    case SIGINT: signals_seen.interrupt = 1; return;
    case SIGWINCH: signals_seen.resized = 1; return;
    case SIGTSTP: signals_seen.suspend = 1; return;
    case SIGCONT: signals_seen.resumed = 1; return;
    default: signals_seen.end = signal; return;
  }
}

struct sigaction action_of(void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  return action;
}

}  // namespace

void let_interrupt_set(std::atomic<bool>& stop) {
  stop_flag = &stop;
  const struct sigaction action = action_of(stop_computation);
  sigaction(SIGINT, &action, nullptr);
}

HeldSignals::HeldSignals() {
  sigset_t held;
  sigemptyset(&held);
  for (int signal : kSignals) sigaddset(&held, signal);
  pthread_sigmask(SIG_BLOCK, &held, &before_);
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    const struct sigaction action = action_of(note_signal);
    sigaction(kSignals[i], &action, &actions_[i]);
    // What whoever started the program has turned off stays off.
    if (actions_[i].sa_handler == SIG_IGN) sigaction(kSignals[i], &actions_[i], nullptr);
    sigdelset(&before_, kSignals[i]);
  }
}

HeldSignals::~HeldSignals() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &actions_[i], nullptr);
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void HeldSignals::let_in() {
  sigset_t held;
  pthread_sigmask(SIG_SETMASK, &before_, &held);
  pthread_sigmask(SIG_SETMASK, &held, nullptr);
}

void HeldSignals::let_act(int signal) {
  const struct sigaction by_itself = action_of(SIG_DFL);
  struct sigaction noted {};
  sigaction(signal, &by_itself, &noted);
  sigset_t only;
  sigset_t held;
  sigemptyset(&only);
  sigaddset(&only, signal);
  raise(signal);
  pthread_sigmask(SIG_UNBLOCK, &only, &held);
  pthread_sigmask(SIG_SETMASK, &held, nullptr);
  sigaction(signal, &noted, nullptr);
}

}  // namespace nabla::terminal
