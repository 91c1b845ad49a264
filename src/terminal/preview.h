// The answer to a question that is still being typed, worked out by a child of the process: it can be killed when it is
// late, and whatever it does, the session stays as it is.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <string_view>

#include "session/session.h"

namespace nabla::terminal {

class Preview {
 public:
  using Clock = std::chrono::steady_clock;
#ifdef __SANITIZE_ADDRESS__
  // Everything takes longer there.
  static constexpr std::chrono::milliseconds kPatience{3000};
#else
  static constexpr std::chrono::milliseconds kPatience{30};
#endif

  explicit Preview(const session::Session& session) : session_(session) {}
  ~Preview() { stop(); }
  Preview(const Preview&) = delete;
  Preview& operator=(const Preview&) = delete;

  // Begins anew for this text, unless it is the one being worked on or done; brackets still open are closed for it.
  // Commands and definitions are left alone.
  void ask(std::string_view text);
  // Forgets text and answer.
  void stop();
  // Whether the answer is there, or none will come.
  bool is_done() const { return !text_.empty() && pipe_ < 0; }
  // The text asked about last.
  const std::string& text() const { return text_; }
  // What to wait for: readable when there is an answer; -1 if none is being worked out.
  int descriptor() const { return pipe_; }
  Clock::time_point deadline() const { return deadline_; }
  // Reads what has come; ends the work when it is done or late.
  void advance();
  // "" if there is none (yet). May have several lines.
  const std::string& answer() const { return answer_; }

 private:
  void end_work();

  const session::Session& session_;
  std::string text_;
  std::string answer_;
  std::string received_;
  pid_t child_ = -1;
  int pipe_ = -1;
  Clock::time_point deadline_;
};

// The answer to a text as Preview gives it, in this process: "" for what is no single question or in error.
std::string preview_of(std::string_view text, const session::Session& session);

}  // namespace nabla::terminal
