// Writing a file atomically: it appears complete or not at all.
#pragma once

#include <string>
#include <string_view>

#include "base/span.h"

namespace nabla::session {

// A file written under a temporary name in the same folder, and renamed when complete. Throws Error (io) with `place`.
class NewFile {
 public:
  enum class Readers { usual, owner };
  NewFile(std::string path, base::Span place, Readers readers = Readers::usual);
  ~NewFile();  // removes an incomplete file
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void write(std::string_view text);
  void complete();  // syncs it to the disk and renames it

 private:
  [[noreturn]] void fail() const;
  void flush();

  std::string path_;
  std::string temporary_;
  base::Span place_;
  Readers readers_;
  std::string buffer_;
  int descriptor_ = -1;
};

// The part of a file name after its last ".", in lower case; empty if there is none.
std::string extension_of(std::string_view path);

}  // namespace nabla::session
