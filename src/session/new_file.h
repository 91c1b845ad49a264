// A file that is there whole or not at all.
#pragma once

#include <string>
#include <string_view>

#include "base/span.h"

namespace nabla::session {

// Written beside its place under another name, and moved there when it is complete. Throws Error (io) with `place`.
class NewFile {
 public:
  enum class Readers { usual, owner };
  NewFile(std::string path, base::Span place, Readers readers = Readers::usual);
  ~NewFile();  // forgets what is not complete
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void write(std::string_view text);
  void complete();  // and safe on the disk

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
