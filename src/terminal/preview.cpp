#include "terminal/preview.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <array>
#include <cerrno>
#include <csignal>
#include <exception>

#include "assist/loose_tokens.h"
#include "session/question.h"

namespace nabla::terminal {

namespace {

constexpr std::size_t kLongestText = 2000;
constexpr std::size_t kLongestAnswer = 4096;

// The closing brackets for those that are open.
std::string closing(std::string_view text) {
  std::string out;
  for (const parse::Token& t : assist::loose_tokens(text).tokens) {
    if (t.kind != parse::TokenKind::sign) continue;
    if (t.text == "(") out.insert(out.begin(), ')');
    if (t.text == "[") out.insert(out.begin(), ']');
    if ((t.text == ")" || t.text == "]") && !out.empty()) out.erase(out.begin());
  }
  return out;
}

[[noreturn]] void work(std::string_view text, const session::Session& session, int out) {
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  // A failing child writes neither a core file nor a message.
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  const int nowhere = open("/dev/null", O_RDWR);
  for (int i = 0; i < 3; ++i) dup2(nowhere, i);
  std::string answer = preview_of(text, session).substr(0, kLongestAnswer);
  answer += '\0';
  const ssize_t written = write(out, answer.data(), answer.size());
  _exit(written < 0 ? 1 : 0);
}

}  // namespace

std::string preview_of(std::string_view text, const session::Session& session) {
  try {
    const std::string question = session::only_statement(text);
    return question.empty() ? std::string() : session::answer_to(question + closing(question), session);
  } catch (const std::exception&) {
    return {};
  }
}

void Preview::ask(std::string_view text) {
  if (text == text_) return;
  stop();
  text_ = text;
  if (text.find_first_not_of(" \t\n") == std::string_view::npos || text.size() > kLongestText) return;
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) return;
  deadline_ = Clock::now() + kPatience;
  child_ = fork();
  if (child_ == 0) work(text, session_, ends[1]);
  close(ends[1]);
  pipe_ = ends[0];
  if (child_ < 0) end_work();
}

void Preview::stop() {
  end_work();
  text_.clear();
  answer_.clear();
}

void Preview::advance() {
  if (pipe_ < 0) return;
  std::array<char, kLongestAnswer + 1> buffer;
  const ssize_t got = read(pipe_, buffer.data(), buffer.size());
  if (got > 0) received_.append(buffer.data(), static_cast<std::size_t>(got));
  const bool ended = got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
  // Only a whole answer ends in NUL.
  if (received_.ends_with('\0')) answer_.assign(received_, 0, received_.size() - 1);
  if (ended || received_.ends_with('\0') || Clock::now() >= deadline_) end_work();
}

void Preview::end_work() {
  if (pipe_ >= 0) close(pipe_);
  pipe_ = -1;
  received_.clear();
  if (child_ > 0) {
    kill(child_, SIGKILL);
    while (waitpid(child_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  child_ = -1;
}

}  // namespace nabla::terminal
