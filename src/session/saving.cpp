#include "session/saving.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <optional>

#include "base/error.h"
#include "session/folders.h"
#include "session/listing.h"
#include "session/new_file.h"

namespace nabla::session {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kPrefix = "session-";
constexpr std::string_view kSuffix = ".nabla";

// The process id in the name of a session's file.
std::optional<pid_t> owner_of(const std::string& name) {
  if (!name.starts_with(kPrefix) || !name.ends_with(kSuffix)) return std::nullopt;
  pid_t owner = 0;
  const char* end = name.data() + name.size() - kSuffix.size();
  const auto [stop, error] = std::from_chars(name.data() + kPrefix.size(), end, owner);
  return error == std::errc() && stop == end && owner > 0 ? std::optional(owner) : std::nullopt;
}

// Statements for the settings that differ from the usual ones.
std::string settings_script(const Session& session) {
  std::string out;
  for (const SettingRow& row : setting_rows()) {
    const std::string value = row.get(session.settings);
    if (value != row.get(session.usual_settings)) out += fmt::format("set {} {}\n", row.name, value);
  }
  return out;
}

bool is_running(pid_t process) { return kill(process, 0) == 0 || errno == EPERM; }

}  // namespace

std::string session_script(const Session& session) {
  std::string out = "# A session of Nabla; read FILE brings it back.\n";
  for (const std::string& line : script_of_definitions(session)) out += line + "\n";
  return out + settings_script(session);
}

Autosave::Autosave(std::string folder, Warn warn) : folder_(std::move(folder)), warn_(std::move(warn)) {
  if (!folder_.empty()) path_ = fmt::format("{}/{}{}{}", folder_, kPrefix, getpid(), kSuffix);
}

Autosave::~Autosave() {
  if (!path_.empty()) unlink(path_.c_str());
}

std::string Autosave::left_behind() {
  if (!folder_.empty()) remove_left_temporaries(folder_, kPrefix);
  std::error_code error;
  fs::path youngest;
  fs::file_time_type age;
  for (const auto& entry : fs::directory_iterator(folder_, error)) {
    const std::optional<pid_t> owner = owner_of(entry.path().filename());
    if (!owner || is_running(*owner)) continue;
    const fs::file_time_type written = entry.last_write_time(error);
    if (error) continue;
    if (!youngest.empty() && written <= age) continue;
    youngest = entry.path();
    age = written;
  }
  if (youngest.empty()) return {};
  const fs::path offered = fs::path(folder_) / "recovered.nabla";
  fs::rename(youngest, offered, error);
  return error ? std::string() : offered.string();
}

void Autosave::keep(const Session& session) {
  std::string settings = settings_script(session);
  if (path_.empty() || (session.version() == kept_version_ && settings == kept_settings_)) return;
  kept_version_ = session.version();
  kept_settings_ = std::move(settings);
  try {
    if (!make_folders_for(path_)) throw base::Error(base::Code::io, {}, std::strerror(errno));
    NewFile file(path_, {}, NewFile::Readers::owner);
    file.write(session_script(session));
    file.complete();
  } catch (const base::Error& e) {
    warn_(fmt::format("warning: the session cannot be kept: {}\n", e.message));
    path_.clear();
  }
}

}  // namespace nabla::session
