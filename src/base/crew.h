// Threads that help with one piece of work after another. They are waited for only where they have begun: on a busy
// machine, a helper that comes late finds the work done, and nobody has lost time by it.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>

namespace nabla::eval {

class Crew {
 public:
  // The one of this process; its threads are started when they are first needed, and end with the process.
  static Crew& shared();

  // Calls work(0) here and, meanwhile, work(1) … work(helpers) in threads that are free; fewer of them, if they come
  // too late. `work` ends when there is nothing left to do, and throws nothing. Whoever calls it
  // while the helpers work for somebody else works alone.
  void run(std::size_t helpers, const std::function<void(std::size_t)>& work);

 private:
  Crew();
  void help();

  std::mutex hired_;  // held by the caller for whom the helpers work
  std::mutex guard_;
  std::condition_variable wanted_;
  std::condition_variable finished_;
  const std::function<void(std::size_t)>* work_ = nullptr;  // none: nobody may begin
  std::size_t places_ = 0;                                  // for helpers that may still begin
  std::size_t next_ = 0;                                    // the number of the next one to begin
  std::size_t working_ = 0;
  std::size_t threads_ = 0;
};

}  // namespace nabla::eval
