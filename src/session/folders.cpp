#include "session/folders.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>

namespace nabla::session {

namespace {

std::string folder(const char* variable, const char* below_home) {
  if (const char* given = std::getenv(variable); given != nullptr && *given == '/')
    return std::string(given) + "/nabla";
  const char* home = std::getenv("HOME");
  return home == nullptr || *home == '\0' ? std::string() : std::string(home) + below_home + "/nabla";
}

}  // namespace

std::string state_folder() { return folder("XDG_STATE_HOME", "/.local/state"); }

std::string config_folder() { return folder("XDG_CONFIG_HOME", "/.config"); }

bool make_folders_for(const std::string& path) {
  for (std::size_t at = path.find('/', 1); at != std::string::npos; at = path.find('/', at + 1)) {
    if (mkdir(path.substr(0, at).c_str(), 0700) != 0 && errno != EEXIST) return false;
  }
  return true;
}

}  // namespace nabla::session
