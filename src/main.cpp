// Runs the program on a stack of its own, large enough for the deepest nesting that the limits of a statement allow.
// Its pages are allocated only when touched.
#include <pthread.h>

#include <csignal>

#include "number/threads.h"
#include "program/program.h"

namespace {

struct Call {
  int count;
  char** words;
  int status;
};

void* run(void* call) {
  auto* c = static_cast<Call*>(call);
  c->status = nabla::program::run_program(c->count, c->words);
  nabla::number::end_thread();
  return nullptr;
}

// Runs `call` in a thread with a stack of that size that receives the signals.
bool run_on_stack(std::size_t bytes, Call& call) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_t thread;
  const bool started =
      pthread_attr_setstacksize(&attributes, bytes) == 0 && pthread_create(&thread, &attributes, run, &call) == 0;
  pthread_attr_destroy(&attributes);
  if (!started) return false;
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
  pthread_join(thread, nullptr);
  return true;
}

}  // namespace

int main(int count, char** words) {
  Call call{count, words, 0};
  for (std::size_t bytes = std::size_t{512} << 20; bytes >= std::size_t{16} << 20; bytes /= 2) {
    if (run_on_stack(bytes, call)) return call.status;
  }
  run(&call);
  return call.status;
}
