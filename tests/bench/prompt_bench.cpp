// The prompt on a pseudo-terminal, with 10,000 statements in the history: from the start of the program to its first
// prompt, and from a key to the frame that shows it.
#include <benchmark/benchmark.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace {

using Clock = std::chrono::steady_clock;

// Each frame ends by showing the cursor.
constexpr std::string_view kEndOfFrame = "\x1b[?25h";

class Home {
 public:
  Home() {
    std::string pattern = (std::filesystem::temp_directory_path() / "nabla-bench-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder");
    folder_ = pattern;
    std::filesystem::create_directory(folder_ + "/nabla");
    std::ofstream history(folder_ + "/nabla/history");
    for (int i = 0; i < 10'000; ++i) history << "integrate(x^" << i << " sin(x), x, 0, " << i << ")\n";
  }
  ~Home() { std::filesystem::remove_all(folder_); }
  Home(const Home&) = delete;
  Home& operator=(const Home&) = delete;
  const std::string& folder() const { return folder_; }

 private:
  std::string folder_;
};

class Program {
 public:
  explicit Program(const Home& home) {
    child_ = forkpty(&master_, nullptr, nullptr, nullptr);
    if (child_ < 0) throw std::runtime_error("no terminal");
    if (child_ > 0) return;
    setenv("TERM", "xterm-256color", 1);
    setenv("XDG_STATE_HOME", home.folder().c_str(), 1);
    execl(NABLA_PROGRAM, NABLA_PROGRAM, static_cast<char*>(nullptr));
    _exit(127);
  }
  ~Program() {
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
    close(master_);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  void type(std::string_view keys) const {
    if (write(master_, keys.data(), keys.size()) < 0) throw std::runtime_error("the program is gone");
  }

  void wait_for_frame() {
    std::string seen;
    while (seen.find(kEndOfFrame) == std::string::npos) seen += take();
  }

  // Until nothing has been drawn for a while: the preview has come or is late.
  void wait_for_silence() {
    pollfd waiting{master_, POLLIN, 0};
    while (poll(&waiting, 1, 50) > 0) take();
  }

 private:
  std::string take() {
    std::array<char, 4096> buffer;
    const ssize_t got = read(master_, buffer.data(), buffer.size());
    if (got <= 0) throw std::runtime_error("the program is gone");
    return {buffer.data(), static_cast<std::size_t>(got)};
  }

  int master_ = -1;
  int child_ = -1;
};

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

void first_prompt(benchmark::State& state) {
  const Home home;
  for (auto _ : state) {
    const auto start = Clock::now();
    Program program(home);
    program.wait_for_frame();
    state.SetIterationTime(seconds_since(start));
  }
}

void key_press(benchmark::State& state) {
  const Home home;
  Program program(home);
  program.wait_for_silence();
  constexpr std::string_view kStatement = "integrate(x^77 sin(x), x, 0, 1) + 12";
  std::size_t next = 0;
  for (auto _ : state) {
    const auto start = Clock::now();
    program.type(kStatement.substr(next, 1));
    program.wait_for_frame();
    state.SetIterationTime(seconds_since(start));
    program.wait_for_silence();
    next = (next + 1) % kStatement.size();
    if (next == 0) program.type("\x15");
    program.wait_for_silence();
  }
}

BENCHMARK(first_prompt)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(50);
BENCHMARK(key_press)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(72);

}  // namespace
