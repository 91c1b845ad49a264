#include "support/child.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace nabla::testing {

namespace {

constexpr double kPatience = 20;  // seconds

struct Pipe {
  int read_end = -1;
  int write_end = -1;
  Pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    read_end = ends[0];
    write_end = ends[1];
  }
};

[[noreturn]] void become_nabla(const std::vector<std::string>& arguments, const Setting& setting,
                               const std::string& folder, const Pipe& in, const Pipe& out, const Pipe& err) {
  dup2(in.read_end, STDIN_FILENO);
  dup2(out.write_end, STDOUT_FILENO);
  dup2(err.write_end, STDERR_FILENO);
  if (chdir(folder.c_str()) != 0) _exit(126);
  setenv("XDG_STATE_HOME", folder.c_str(), 1);
  setenv("XDG_CONFIG_HOME", folder.c_str(), 1);
  for (const auto& [name, value] : setting.environment) setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> words{const_cast<char*>("nabla")};
  for (const std::string& a : arguments) words.push_back(const_cast<char*>(a.c_str()));
  words.push_back(nullptr);
  execv(NABLA_PROGRAM, words.data());
  _exit(127);
}

void take(int descriptor, std::string& into, bool& open) {
  std::array<char, 1 << 16> buffer;
  const ssize_t got = read(descriptor, buffer.data(), buffer.size());
  if (got > 0) {
    into.append(buffer.data(), static_cast<std::size_t>(got));
  } else {
    open = false;
    close(descriptor);
  }
}

}  // namespace

Outcome run(std::vector<std::string> arguments, const Setting& setting) {
  const Folder fresh;
  const std::string folder = setting.folder.empty() ? fresh.path() : setting.folder;
  const Pipe in;
  const Pipe out;
  const Pipe err;
  std::signal(SIGPIPE, SIG_IGN);
  const auto start = std::chrono::steady_clock::now();
  const auto elapsed = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); };
  const pid_t child = fork();
  if (child == 0) become_nabla(arguments, setting, folder, in, out, err);
  close(in.read_end);
  close(out.write_end);
  close(err.write_end);
  fcntl(in.write_end, F_SETFL, O_NONBLOCK);

  Outcome result;
  std::size_t written = 0;
  bool out_open = true;
  bool err_open = true;
  bool in_open = true;
  while (out_open || err_open) {
    if (in_open && written == setting.input.size()) {
      close(in.write_end);
      in_open = false;
    }
    std::array<pollfd, 3> waiting{{{out_open ? out.read_end : -1, POLLIN, 0},
                                   {err_open ? err.read_end : -1, POLLIN, 0},
                                   {in_open ? in.write_end : -1, POLLOUT, 0}}};
    poll(waiting.data(), waiting.size(), 100);
    if (elapsed() > kPatience) kill(child, SIGKILL);
    if (waiting[0].revents != 0) take(out.read_end, result.out, out_open);
    if (waiting[1].revents != 0) take(err.read_end, result.err, err_open);
    if (waiting[2].revents != 0) {
      const ssize_t n = write(in.write_end, setting.input.data() + written, setting.input.size() - written);
      if (n < 0) {
        close(in.write_end);
        in_open = false;
      } else {
        written += static_cast<std::size_t>(n);
      }
    }
  }
  if (in_open) close(in.write_end);
  int status = 0;
  waitpid(child, &status, 0);
  result.seconds = elapsed();
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

Outcome ask(const std::string& statement) { return run({"-e", statement}); }

Folder::Folder() {
  std::string path = std::filesystem::temp_directory_path() / "nabla-test-XXXXXX";
  if (mkdtemp(path.data()) == nullptr) throw std::runtime_error("mkdtemp");
  path_ = path;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string Folder::write(const std::string& name, const std::string& content) const {
  const std::string path = path_ + "/" + name;
  std::ofstream(path, std::ios::binary) << content;
  return path;
}

}  // namespace nabla::testing
