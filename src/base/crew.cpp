#include "base/crew.h"

#include <pthread.h>

#include <system_error>
#include <thread>

namespace nabla::eval {

Crew& Crew::shared() {
  static Crew* const crew = new Crew;  // never destroyed: its threads use it to the end
  return *crew;
}

// A process forked from this one has no helpers; it works alone, and must not find the guard taken.
Crew::Crew() {
  pthread_atfork([] { shared().guard_.lock(); }, [] { shared().guard_.unlock(); }, [] { shared().guard_.unlock(); });
}

void Crew::run(std::size_t helpers, const std::function<void(std::size_t)>& work) {
  if (helpers == 0) return work(0);  // nobody need be woken
  const std::unique_lock hired(hired_, std::try_to_lock);
  if (!hired) return work(0);
  {
    const std::lock_guard lock(guard_);
    work_ = &work;
    places_ = helpers;
    next_ = 1;
    try {
      for (; threads_ < helpers; ++threads_) std::thread([this] { help(); }).detach();
    } catch (const std::system_error&) {  // no more threads: those there are will do
    }
  }
  wanted_.notify_all();
  work(0);
  std::unique_lock lock(guard_);
  work_ = nullptr;
  finished_.wait(lock, [this] { return working_ == 0; });
}

void Crew::help() {
  std::unique_lock lock(guard_);
  while (true) {
    wanted_.wait(lock, [this] { return work_ != nullptr && places_ > 0; });
    --places_;
    ++working_;
    const std::function<void(std::size_t)>& work = *work_;
    const std::size_t number = next_++;
    lock.unlock();
    work(number);
    lock.lock();
    if (--working_ == 0) finished_.notify_one();
  }
}

}  // namespace nabla::eval
