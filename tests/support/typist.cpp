#include "support/typist.h"

#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace nabla::testing {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kPatience{20};

winsize size_of(int columns, int rows) {
  winsize size{};
  size.ws_col = static_cast<unsigned short>(columns);
  size.ws_row = static_cast<unsigned short>(rows);
  return size;
}

}  // namespace

Home::Home() {
  std::string pattern = (std::filesystem::temp_directory_path() / "nabla-prompt-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder for the test");
  folder_ = pattern;
}

Home::~Home() {
  std::error_code failed;
  std::filesystem::remove_all(folder_, failed);
}

std::string Home::path(std::string_view name) const { return folder_ + "/" + std::string(name); }

void Home::write(std::string_view name, std::string_view content) const {
  std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
  std::ofstream(path(name), std::ios::binary) << content;
}

std::string Home::read(std::string_view name) const {
  std::ostringstream out;
  out << std::ifstream(path(name), std::ios::binary).rdbuf();
  return out.str();
}

Typist::Typist(std::shared_ptr<const Home> of, const Setting& setting)
    : home_(std::move(of)), terminal_(setting.columns, setting.rows) {
  const Home& home = *home_;
  for (const auto& [name, content] : setting.files) home.write(name, content);
  std::vector<std::string> environment{"TERM=xterm-256color",
                                       "LANG=C.UTF-8",
                                       "PATH=/usr/local/bin:/usr/bin:/bin",
                                       "INPUTRC=" + home.path("inputrc"),
                                       "HOME=" + home.path(""),
                                       "XDG_STATE_HOME=" + home.path(""),
                                       "XDG_CONFIG_HOME=" + home.path("")};
  for (const auto& [name, value] : setting.environment) {
    std::erase_if(environment, [&](const std::string& e) { return e.starts_with(name + "="); });
    environment.push_back(name + "=" + value);
  }
  std::vector<char*> words{const_cast<char*>(setting.program.c_str())};
  for (const std::string& a : setting.arguments) words.push_back(const_cast<char*>(a.c_str()));
  words.push_back(nullptr);
  std::vector<char*> variables;
  for (std::string& e : environment) variables.push_back(e.data());
  variables.push_back(nullptr);
  const winsize size = size_of(setting.columns, setting.rows);
  child_ = forkpty(&master_, nullptr, nullptr, &size);
  if (child_ < 0) throw std::runtime_error("no terminal for the test");
  if (child_ == 0) {
    execve(setting.program.c_str(), words.data(), variables.data());
    _exit(127);
  }
  // What is typed earlier is echoed by the terminal itself.
  if (setting.program == NABLA_PROGRAM)
    sees([](const Terminal& t) { return t.row(t.cursor_row()).find("∇>") != std::string::npos; });
}

Typist::~Typist() {
  if (child_ > 0) {
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
  }
  close(master_);
}

void Typist::type(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(master_, bytes.data(), std::min<std::size_t>(bytes.size(), 512));
    if (written <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(written));
    while (take()) {
    }
  }
}

void Typist::paste(std::string_view text) {
  std::string bytes(text);
  for (char& c : bytes) c = c == '\n' ? '\r' : c;
  type("\x1b[200~" + bytes + "\x1b[201~");
}

void Typist::resize(int columns, int rows) {
  terminal_.resize(columns, rows);
  const winsize size = size_of(columns, rows);
  ioctl(master_, TIOCSWINSZ, &size);
}

void Typist::signal(int number) const { kill(child_, number); }

bool Typist::is_cooked() const {
  termios modes{};
  return tcgetattr(master_, &modes) == 0 && (modes.c_lflag & ICANON) != 0 && (modes.c_lflag & ECHO) != 0;
}

// What the program has written so far. False if there is nothing.
bool Typist::take() {
  pollfd waiting{master_, POLLIN, 0};
  if (poll(&waiting, 1, 0) <= 0 || (waiting.revents & POLLIN) == 0) return false;
  std::array<char, 4096> buffer;
  const ssize_t got = read(master_, buffer.data(), buffer.size());
  if (got <= 0) return false;
  terminal_.write({buffer.data(), static_cast<std::size_t>(got)});
  written_.append(buffer.data(), static_cast<std::size_t>(got));
  return true;
}

bool Typist::sees(const std::function<bool(const Terminal&)>& condition) {
  const auto end = Clock::now() + kPatience;
  while (!condition(terminal_)) {
    if (Clock::now() > end) {
      UNSCOPED_INFO("the screen:\n"
                    << terminal_.text() << "cursor in row " << terminal_.cursor_row() << ", column "
                    << terminal_.cursor_column());
      return false;
    }
    pollfd waiting{master_, POLLIN, 0};
    poll(&waiting, 1, 50);
    take();
  }
  return true;
}

bool Typist::sees(std::string_view text) {
  return sees([&](const Terminal& t) { return t.text().find(text) != std::string::npos; });
}

bool Typist::sees_line(std::string_view text) {
  return sees([&](const Terminal& t) { return t.row(t.cursor_row()) == text; });
}

bool Typist::sees_screen(std::string_view text) {
  return sees([&](const Terminal& t) { return t.text() == text; });
}

bool Typist::sees_preview(std::string_view screen) {
  return sees_pressing(" \x7f", [&](const Terminal& t) { return t.text() == screen; });
}

bool Typist::sees_pressing(std::string_view keys, const std::function<bool(const Terminal&)>& condition) {
  constexpr std::chrono::milliseconds kPause{250};
  const auto end = Clock::now() + kPatience;
  for (auto next = Clock::now() + kPause; Clock::now() < end; next += kPause) {
    while (Clock::now() < next) {
      if (condition(terminal_)) return true;
      pollfd waiting{master_, POLLIN, 0};
      poll(&waiting, 1, 20);
      take();
    }
    type(keys);
  }
  UNSCOPED_INFO("the screen:\n" << terminal_.text());
  return false;
}

int Typist::ends() {
  const auto end = Clock::now() + kPatience;
  int status = 0;
  while (waitpid(child_, &status, WNOHANG) == 0) {
    if (Clock::now() > end) return -1;
    pollfd waiting{master_, POLLIN, 0};
    poll(&waiting, 1, 20);
    take();
  }
  while (take()) {
  }
  child_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace nabla::testing
