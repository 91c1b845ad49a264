// The budget of the statement that a thread runs, for code too deep to be handed one: exact arithmetic, the making of
// nodes, the writing of long answers.
#pragma once

#include "base/budget.h"

namespace nabla::base {

// While it lives, check_running asks this budget, in this thread.
class Running {
 public:
  explicit Running(Budget& budget);
  ~Running();
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

 private:
  Budget* before_;
};

// While it lives, check_running asks nothing: what is done must not stop half-way.
class Unstoppable {
 public:
  Unstoppable();
  ~Unstoppable();
  Unstoppable(const Unstoppable&) = delete;
  Unstoppable& operator=(const Unstoppable&) = delete;

 private:
  Budget* before_;
};

// Budget::check of the statement that runs in this thread; of none, nothing.
void check_running();
// The same for a step that itself takes more than a microsecond: looks at the clock each time.
void check_running_closely();

}  // namespace nabla::base
