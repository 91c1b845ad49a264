// Writing a file atomically: it appears complete or not at all.
#pragma once

#include <sys/stat.h>

#include <string>
#include <string_view>

#include "base/span.h"

namespace nabla::session {

// A file written under a temporary name in the same folder, and renamed when complete. A link is followed; a file that
// was there keeps its mode and its other names; devices and pipes are written to as they are. Throws Error (io) with
// `place`.
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
  void open_stream();
  void open_temporary();
  void put_in_place();
  void copy_over();

  std::string path_;       // as it was given
  std::string target_;     // without links
  std::string temporary_;  // empty: what is written goes to the target at once
  base::Span place_;
  mode_t mode_;
  bool has_other_names_ = false;  // hard links, which a renamed file would not have
  std::string buffer_;
  int descriptor_ = -1;
};

// Removes temporary files in that folder that killed processes have left, of files whose names begin so.
void remove_left_temporaries(const std::string& folder, std::string_view beginning);

// The part of a file name after its last ".", in lower case; empty if there is none.
std::string extension_of(std::string_view path);

}  // namespace nabla::session
