#include "terminal/history.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <unordered_set>

#include "session/folders.h"

namespace nabla::terminal {

namespace {

constexpr mode_t kOwnerOnly = 0600;
constexpr off_t kMostBytes = off_t{16} << 20;  // of a file that are read, from its end

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  operator int() const { return number_; }

 private:
  int number_;
};

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::string reason_of(int error) { return error == EINVAL ? "it is no ordinary file" : std::strerror(error); }

// Whether it is a regular file; else sets errno.
bool is_regular(int descriptor, struct stat& about) {
  if (fstat(descriptor, &about) != 0) return false;
  if (S_ISREG(about.st_mode)) return true;
  errno = S_ISDIR(about.st_mode) ? EISDIR : EINVAL;
  return false;
}

// Locks the file; waits for another session, but not for a suspended one. Closing unlocks.
bool lock(int descriptor) {
  constexpr int kTries = 50;
  constexpr timespec kPause{0, 2'000'000};
  for (int i = 0; i < kTries; ++i) {
    if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) return true;
    if (errno != EWOULDBLOCK && errno != EINTR) return false;
    nanosleep(&kPause, nullptr);
  }
  return false;
}

bool is_text(std::string_view line) {
  utf8proc_int32_t c = 0;
  for (std::size_t at = 0; at < line.size();) {
    const auto byte = static_cast<unsigned char>(line[at]);
    if (byte < 0x20 && byte != '\t') return false;
    const auto n = byte < 0x80 ? 1
                               : utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(line.data()) + at,
                                                  static_cast<utf8proc_ssize_t>(line.size() - at), &c);
    if (n <= 0) return false;
    at += static_cast<std::size_t>(n);
  }
  return true;
}

std::string escaped(std::string_view statement) {
  std::string out;
  for (char c : statement) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\\') {
      out += "\\\\";
    } else {
      out += c;
    }
  }
  return out;
}

std::string unescaped(std::string_view line) {
  if (line.find('\\') == std::string_view::npos) return std::string(line);
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool is_escape = line[i] == '\\' && i + 1 < line.size() && (line[i + 1] == 'n' || line[i + 1] == '\\');
    if (is_escape) ++i;
    out += is_escape && line[i] == 'n' ? '\n' : line[i];
  }
  return out;
}

}  // namespace

std::string History::default_path() {
  const std::string folder = session::state_folder();
  return folder.empty() ? folder : folder + "/history";
}

// Reads the file from `begin` on. False if there is nothing to read.
bool History::read_from(off_t begin, std::string& text) {
  // Opening a pipe would block for ever.
  const Descriptor file(open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat about {};
  if (file < 0) {
    if (errno != ENOENT) give_up("read", reason_of(errno));
    return false;
  }
  if (!is_regular(file, about)) {
    give_up("read", reason_of(errno));
    return false;
  }
  if (about.st_size < begin) begin = 0;  // rewritten by another session
  begin = std::max(begin, about.st_size - kMostBytes);
  std::array<char, 1 << 16> buffer;
  while (true) {
    const ssize_t got = pread(file, buffer.data(), buffer.size(), begin + static_cast<off_t>(text.size()));
    if (got == 0) break;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      give_up("read", reason_of(errno));
      return false;
    }
    text.append(buffer.data(), static_cast<std::size_t>(got));
  }
  known_ = begin + static_cast<off_t>(text.size());
  if (!text.empty()) ends_line_ = text.back() == '\n';
  return true;
}

History::Contents History::parse(std::string_view text) {
  Contents out;
  std::unordered_set<std::string_view> seen;
  seen.reserve(std::min(kMostLines, text.size() / 4));
  while (text.ends_with('\n')) text.remove_suffix(1);
  for (std::size_t end = text.size(); end > 0;) {
    const std::size_t start = text.rfind('\n', end - 1);
    const std::size_t begin = start == std::string_view::npos ? 0 : start + 1;
    const std::string_view line = text.substr(begin, end - begin);
    ++out.lines;
    end = start == std::string_view::npos ? 0 : start;
    if (line.empty()) continue;
    if (!is_text(line)) {
      ++out.unreadable;
    } else if (out.statements.size() < kMostLines && seen.insert(line).second) {
      out.statements.push_back(unescaped(line));
    }
  }
  std::ranges::reverse(out.statements);
  return out;
}

std::vector<std::string> History::load() {
  std::string text;
  if (path_.empty() || !read_from(0, text)) return {};
  Contents contents = parse(text);
  lines_ = contents.lines;
  if (contents.unreadable > 0) {
    warn_(fmt::format("warning: the history {} is damaged: {} of its lines are no text\n", path_, contents.unreadable));
    lines_ = std::max(lines_, 2 * kMostLines);  // corrected when it is compacted
  }
  return std::move(contents.statements);
}

std::vector<std::string> History::added() {
  struct stat about {};
  std::string text;
  if (path_.empty() || stat(path_.c_str(), &about) != 0 || about.st_size == known_ || !read_from(known_, text))
    return {};
  Contents contents = parse(text);
  lines_ += contents.lines;
  return std::move(contents.statements);
}

void History::append(std::string_view statement) {
  if (path_.empty()) return;
  if (!session::make_folders_for(path_)) return give_up("written", reason_of(errno));
  const std::string line = (ends_line_ ? "" : "\n") + escaped(statement) + "\n";
  // Another session may replace the file after it was opened.
  bool is_new = true;
  for (int tries = 0; is_new && tries < 3; ++tries) {
    const Descriptor file(open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, kOwnerOnly));
    struct stat about {};
    struct stat now {};
    if (file < 0 || !is_regular(file, about)) return give_up("written", reason_of(errno));
    lock(file);
    const bool in_place = stat(path_.c_str(), &now) == 0 && now.st_ino == about.st_ino && now.st_dev == about.st_dev;
    if (in_place && !write_all(file, line)) return give_up("written", reason_of(errno));
    is_new = !in_place;
    if (now.st_size == known_) known_ += static_cast<off_t>(line.size());
  }
  ends_line_ = true;
  ++lines_;
}

void History::compact() {
  if (path_.empty() || lines_ <= kMostLines + kMostLines / 2) return;
  const Descriptor old(open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (old < 0 || !lock(old)) return;
  std::string text;
  if (!read_from(0, text)) return;
  const std::vector<std::string> statements = parse(text).statements;
  std::string whole;
  for (const std::string& s : statements) whole += escaped(s) + "\n";
  const std::string fresh = fmt::format("{}.{}", path_, getpid());
  const Descriptor file(open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, kOwnerOnly));
  if (file < 0) return give_up("written", reason_of(errno));
  if (!write_all(file, whole) || fsync(file) != 0 || rename(fresh.c_str(), path_.c_str()) != 0) {
    const int reason = errno;
    unlink(fresh.c_str());
    return give_up("written", reason_of(reason));
  }
  lines_ = statements.size();
  known_ = static_cast<off_t>(whole.size());
  ends_line_ = true;
}

void History::give_up(std::string_view doing, std::string_view reason) {
  warn_(fmt::format("warning: the history {} cannot be {}: {}\n", path_, doing, reason));
  path_.clear();
}

}  // namespace nabla::terminal
