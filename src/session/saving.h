// The session as a script, for `save` and for recovery after a killed terminal.
#pragma once

#include <functional>
#include <string>

#include "session/session.h"

namespace nabla::session {

// Statements for the definitions, and for the settings that differ from the usual ones.
std::string session_script(const Session& session);

// Keeps the definitions of a prompt in a file while it runs; the file remains if the process is killed.
class Autosave {
 public:
  using Warn = std::function<void(const std::string& line)>;

  // $XDG_STATE_HOME/nabla, by default below ~/.local/state. An empty path: nothing is written.
  Autosave(std::string folder, Warn warn);
  // Removes the file after a regular end of the session.
  ~Autosave();
  Autosave(const Autosave&) = delete;
  Autosave& operator=(const Autosave&) = delete;

  // The file of a session that was killed, the youngest if there are several; the others are left for the next start.
  // "" if there is none. It stays until the next one replaces it.
  std::string left_behind();
  // Writes the session if it has changed. Warns once if that fails.
  void keep(const Session& session);

 private:
  std::string folder_;
  std::string path_;
  Warn warn_;
  long kept_version_ = 0;
  std::string kept_settings_;
};

}  // namespace nabla::session
