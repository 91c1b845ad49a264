#include "shell/history.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <unordered_set>

#include "shell/output.h"

namespace nabla::shell {

namespace {

constexpr mode_t kOwnerOnly = 0600;

// Makes the folders above a file. False with errno if that fails.
bool make_folders_for(const std::string& path) {
  for (std::size_t at = path.find('/', 1); at != std::string::npos; at = path.find('/', at + 1)) {
    if (mkdir(path.substr(0, at).c_str(), 0700) != 0 && errno != EEXIST) return false;
  }
  return true;
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// The whole file; false with errno if it cannot be read.
bool read_all(int descriptor, std::string& text) {
  std::array<char, 1 << 16> buffer;
  while (true) {
    const ssize_t got = read(descriptor, buffer.data(), buffer.size());
    if (got == 0) return true;
    if (got < 0 && errno != EINTR) return false;
    if (got > 0) text.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace

std::string History::default_path() {
  if (const char* state = std::getenv("XDG_STATE_HOME"); state != nullptr && *state == '/') {
    return std::string(state) + "/nabla/history";
  }
  const char* home = std::getenv("HOME");
  return home == nullptr || *home == '\0' ? std::string() : std::string(home) + "/.local/state/nabla/history";
}

std::vector<std::string> History::load() {
  if (path_.empty()) return {};
  const int descriptor = open(path_.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    if (errno != ENOENT) give_up("read", errno);
    return {};
  }
  std::string text;
  const bool whole = read_all(descriptor, text);
  const int reason = errno;
  close(descriptor);
  if (!whole) {
    give_up("read", reason);
    return {};
  }
  std::vector<std::string> lines;
  std::size_t lines_in_file = 0;
  std::unordered_set<std::string_view> seen;
  for (std::size_t end = text.size(); end > 0;) {
    const std::size_t start = text.rfind('\n', end - 1);
    const std::size_t begin = start == std::string::npos ? 0 : start + 1;
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    ++lines_in_file;
    const bool is_text = line.find('\0') == std::string_view::npos;
    if (!line.empty() && is_text && lines.size() < kMostLines && seen.insert(line).second) lines.emplace_back(line);
    end = start == std::string::npos ? 0 : start;
  }
  std::ranges::reverse(lines);
  if (lines_in_file > kMostLines + kMostLines / 2) rewrite(lines);
  return lines;
}

void History::append(std::string_view line) {
  if (path_.empty()) return;
  if (!make_folders_for(path_)) return give_up("written", errno);
  const int descriptor = open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, kOwnerOnly);
  if (descriptor < 0) return give_up("written", errno);
  const bool written = write_all(descriptor, std::string(line) + "\n");
  const int reason = errno;
  close(descriptor);
  if (!written) give_up("written", reason);
}

// In a new file that takes the place of the old one when it is safe on disk.
void History::rewrite(const std::vector<std::string>& lines) {
  const std::string fresh = path_ + ".new";
  const int descriptor = open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kOwnerOnly);
  if (descriptor < 0) return give_up("written", errno);
  const bool written = write_all(descriptor, fmt::format("{}\n", fmt::join(lines, "\n"))) && fsync(descriptor) == 0;
  const int reason = errno;
  close(descriptor);
  if (!written || rename(fresh.c_str(), path_.c_str()) != 0) {
    unlink(fresh.c_str());
    give_up("written", written ? errno : reason);
  }
}

void History::give_up(std::string_view doing, int reason) {
  write_message(fmt::format("warning: the history {} cannot be {}: {}\n", path_, doing, std::strerror(reason)));
  path_.clear();
}

}  // namespace nabla::shell
