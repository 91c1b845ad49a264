#include "base/running.h"

#include <utility>

namespace nabla::base {

namespace {

thread_local Budget* running = nullptr;

}  // namespace

Running::Running(Budget& budget) : before_(std::exchange(running, &budget)) {}
Running::~Running() { running = before_; }

Unstoppable::Unstoppable() : before_(std::exchange(running, nullptr)) {}
Unstoppable::~Unstoppable() { running = before_; }

void check_running() {
  if (running != nullptr) running->check();
}

void check_running_closely() {
  // check looks at the clock now and then only: asked until it does.
  while (running != nullptr && running->is_over()) running->check();
}

}  // namespace nabla::base
