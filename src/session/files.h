// Files by the beginning of their names.
#pragma once

#include <string>
#include <vector>

namespace nabla::session {

struct FileEntry {
  std::string path;  // as it would be typed; a folder ends in "/"
  std::string help;  // "folder", or the size
};

// In order; hidden ones only if asked for by a dot. At most 1,000; none if the folder cannot be read.
std::vector<FileEntry> files_beginning(const std::string& path);

}  // namespace nabla::session
