#include "session/new_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

#include "base/error.h"

namespace nabla::session {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kBuffer = 1 << 16;
constexpr int kMostLinks = 40;                 // in a chain
constexpr std::size_t kLongestStem = 100;      // of a file's name in that of its temporary
constexpr std::string_view kMark = ".nabla-";  // before the process id in the name of a temporary

mode_t usual_mode() {
  const mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

// Where the links end that begin at this path, there or not.
std::string end_of_links(std::string path) {
  for (int i = 0; i < kMostLinks; ++i) {
    std::error_code none;
    const fs::path next = fs::read_symlink(path, none);
    if (none) return path;
    path = next.is_absolute() ? next.string() : (fs::path(path).parent_path() / next).string();
  }
  return path;
}

// The descriptor of this process that a path names, -1 if it names none.
int descriptor_named(std::string_view path) {
  constexpr std::string_view kFolder = "/dev/fd/";
  if (path == "/dev/stdout") return STDOUT_FILENO;
  if (path == "/dev/stderr") return STDERR_FILENO;
  int found = -1;
  if (path.starts_with(kFolder)) std::from_chars(path.data() + kFolder.size(), path.data() + path.size(), found);
  return found;
}

std::string stem_of(const std::string& path) {
  return "." + fs::path(path).filename().string().substr(0, kLongestStem) + std::string(kMark);
}

std::string folder_of(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path();
  return folder.empty() ? "." : folder.string();
}

void write_all(int descriptor, std::string_view rest, const auto& fail) {
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail();
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

NewFile::NewFile(std::string path, base::Span place, Readers readers) : path_(std::move(path)), place_(place) {
  mode_ = readers == Readers::owner ? 0600 : usual_mode();
  struct stat found {};
  const bool is_there = stat(path_.c_str(), &found) == 0;
  const bool is_stream = is_there && (!S_ISREG(found.st_mode) || descriptor_named(path_) >= 0);
  target_ = is_stream ? path_ : end_of_links(path_);
  if (is_there && S_ISDIR(found.st_mode)) {
    errno = EISDIR;
    fail();
  }
  if (is_there && !is_stream) {
    if (faccessat(AT_FDCWD, target_.c_str(), W_OK, AT_EACCESS) != 0) fail();
    mode_ = found.st_mode & 07777;
    has_other_names_ = found.st_nlink > 1;
  }
  is_stream ? open_stream() : open_temporary();
}

NewFile::~NewFile() {
  if (descriptor_ >= 0) close(descriptor_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

void NewFile::fail() const {
  throw base::Error(base::Code::io, place_, fmt::format("'{}' cannot be written: {}", path_, std::strerror(errno)),
                    "choose a folder that exists and that you may write to");
}

// A pipe that nobody reads is an error, not a wait.
void NewFile::open_stream() {
  if (const int own = descriptor_named(target_); own >= 0) {
    descriptor_ = fcntl(own, F_DUPFD_CLOEXEC, 0);
    if (descriptor_ < 0) fail();
    return;
  }
  descriptor_ = open(target_.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (descriptor_ < 0) fail();
  const int flags = fcntl(descriptor_, F_GETFL);
  if (flags < 0 || fcntl(descriptor_, F_SETFL, flags & ~O_NONBLOCK) != 0) {
    const int reason = errno;
    close(std::exchange(descriptor_, -1));
    errno = reason;
    fail();
  }
}

void NewFile::open_temporary() {
  const std::string folder = folder_of(target_);
  const std::string stem = stem_of(target_);
  remove_left_temporaries(folder, std::string_view(stem).substr(1));
  temporary_ = fmt::format("{}/{}{}.XXXXXX", folder, stem, getpid());
  descriptor_ = mkostemp(temporary_.data(), O_CLOEXEC);
  if (descriptor_ >= 0) return;
  temporary_.clear();
  fail();
}

void NewFile::write(std::string_view text) {
  buffer_ += text;
  if (buffer_.size() >= kBuffer) flush();
}

void NewFile::flush() {
  write_all(descriptor_, buffer_, [this] { fail(); });
  buffer_.clear();
}

void NewFile::complete() {
  flush();
  if (!temporary_.empty()) put_in_place();
  if (close(std::exchange(descriptor_, -1)) != 0) fail();
}

void NewFile::put_in_place() {
  if (has_other_names_) return copy_over();
  // mkstemp makes files readable by their owner only.
  if (fchmod(descriptor_, mode_) != 0) fail();
  if (fsync(descriptor_) != 0 && errno != EINVAL) fail();
  if (rename(temporary_.c_str(), target_.c_str()) != 0) fail();
  temporary_.clear();
}

// Writes into the file itself what is complete and on the disk already.
void NewFile::copy_over() {
  const int out = open(target_.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
  if (out < 0) fail();
  struct Closing {
    int descriptor;
    ~Closing() { close(descriptor); }
  } const closing{out};
  std::array<char, kBuffer> piece;
  off_t at = 0;
  while (const ssize_t got = pread(descriptor_, piece.data(), piece.size(), at)) {
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail();
    write_all(out, {piece.data(), static_cast<std::size_t>(got)}, [this] { fail(); });
    at += got;
  }
  if (fsync(out) != 0 && errno != EINVAL) fail();
}

void remove_left_temporaries(const std::string& folder, std::string_view beginning) {
  std::error_code error;
  const std::string start = fmt::format(".{}", beginning);
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    const std::size_t mark = name.rfind(kMark);
    if (!name.starts_with(start) || mark == std::string::npos) continue;
    const char* digits = name.data() + mark + kMark.size();
    pid_t owner = 0;
    const auto [stop, bad] = std::from_chars(digits, name.data() + name.size(), owner);
    const bool is_ours = bad == std::errc() && owner > 0 && std::string_view(stop).size() == 7 && *stop == '.';
    if (is_ours && kill(owner, 0) != 0 && errno == ESRCH) unlink(at->path().c_str());
  }
}

std::string extension_of(std::string_view path) {
  const std::size_t point = path.rfind('.');
  if (point == std::string_view::npos || path.find('/', point) != std::string_view::npos) return {};
  std::string out;
  for (const char c : path.substr(point + 1)) out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

}  // namespace nabla::session
