// The answer to a question that is still being typed, computed in a forked child: it can be killed when it takes too
// long, and cannot change the session.
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
  // Sanitizers make everything slower.
  static constexpr std::chrono::milliseconds kPatience{3000};
#else
  static constexpr std::chrono::milliseconds kPatience{30};
#endif

  explicit Preview(const session::Session& session) : session_(session) {}
  ~Preview() { stop(); }
  Preview(const Preview&) = delete;
  Preview& operator=(const Preview&) = delete;

  // Starts for this text, unless it is the current one; open brackets are closed. Does nothing for commands and
  // definitions.
  void ask(std::string_view text);
  // Ends the work and clears text and answer.
  void stop();
  // Whether the work is finished, with or without an answer.
  bool is_done() const { return !text_.empty() && pipe_ < 0; }
  // The text asked about last.
  const std::string& text() const { return text_; }
  // The descriptor to poll: readable when there is an answer; -1 if nothing is being computed.
  int descriptor() const { return pipe_; }
  Clock::time_point deadline() const { return deadline_; }
  // Reads available output; ends the work when it is complete or late.
  void advance();
  // "" if there is none yet. May have several lines.
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

// The same answer computed in this process: "" for an error or anything but a single question.
std::string preview_of(std::string_view text, const session::Session& session);

}  // namespace nabla::terminal
