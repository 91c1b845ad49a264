#include "session/new_file.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "base/error.h"

namespace nabla::session {

namespace {

constexpr std::size_t kBuffer = 1 << 16;

mode_t usual_mode() {
  const mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

}  // namespace

NewFile::NewFile(std::string path, base::Span place, Readers readers)
    : path_(std::move(path)), temporary_(path_ + ".XXXXXX"), place_(place), readers_(readers) {
  struct stat found {};
  if (stat(path_.c_str(), &found) == 0 && S_ISDIR(found.st_mode)) {
    errno = EISDIR;
    fail();
  }
  descriptor_ = mkstemp(temporary_.data());
  if (descriptor_ < 0) fail();
}

NewFile::~NewFile() {
  if (descriptor_ < 0) return;
  close(descriptor_);
  unlink(temporary_.c_str());
}

void NewFile::fail() const {
  throw base::Error(base::Code::io, place_, fmt::format("'{}' cannot be written: {}", path_, std::strerror(errno)),
                    "choose a folder that exists and that you may write to");
}

void NewFile::write(std::string_view text) {
  buffer_ += text;
  if (buffer_.size() >= kBuffer) flush();
}

void NewFile::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail();
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
}

void NewFile::complete() {
  flush();
  // mkstemp makes files readable by their owner only.
  if (readers_ == Readers::usual && fchmod(descriptor_, usual_mode()) != 0) fail();
  if (fsync(descriptor_) != 0 && errno != EINVAL) fail();
  if (close(descriptor_) != 0 || rename(temporary_.c_str(), path_.c_str()) != 0) {
    const int reason = errno;
    unlink(temporary_.c_str());
    descriptor_ = -1;
    errno = reason;
    fail();
  }
  descriptor_ = -1;
}

std::string extension_of(std::string_view path) {
  const std::size_t point = path.rfind('.');
  if (point == std::string_view::npos || path.find('/', point) != std::string_view::npos) return {};
  std::string out;
  for (const char c : path.substr(point + 1)) out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

}  // namespace nabla::session
