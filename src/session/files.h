// Files whose names begin with a given text, for completion.
#pragma once

#include <string>
#include <vector>

namespace nabla::session {

struct FileEntry {
  std::string path;  // as it would be typed; a folder ends in "/"
  std::string help;  // "folder", or the size
};

// Sorted; hidden ones only if the name begins with a dot. At most 1,000; none if the folder cannot be read.
std::vector<FileEntry> files_beginning(const std::string& path);

}  // namespace nabla::session
