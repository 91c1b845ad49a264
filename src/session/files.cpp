#include "session/files.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace nabla::session {

namespace {

constexpr std::size_t kMostFiles = 1000;

std::string size_text(std::uintmax_t bytes) {
  if (bytes < 10'000) return fmt::format("{} bytes", bytes);
  if (bytes < 10'000'000) return fmt::format("{} kB", bytes / 1000);
  return fmt::format("{} MB", bytes / 1'000'000);
}

}  // namespace

std::vector<FileEntry> files_beginning(const std::string& path) {
  namespace fs = std::filesystem;
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash + 1);
  const std::string beginning = path.substr(folder.size());
  std::vector<FileEntry> out;
  std::error_code failed;
  for (fs::directory_iterator at(folder.empty() ? "." : folder, failed), end; !failed && at != end;
       at.increment(failed)) {
    const std::string name = at->path().filename().string();
    if (!name.starts_with(beginning) || (beginning.empty() && name.starts_with('.'))) continue;
    std::error_code unknown;
    const bool is_folder = at->is_directory(unknown);
    const std::uintmax_t size = is_folder || !at->is_regular_file(unknown) ? 0 : at->file_size(unknown);
    out.push_back({folder + name + (is_folder ? "/" : ""), is_folder ? "folder" : size_text(unknown ? 0 : size)});
    if (out.size() >= kMostFiles) break;
  }
  std::ranges::sort(out, {}, &FileEntry::path);
  return out;
}

}  // namespace nabla::session
