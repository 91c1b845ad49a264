// The session as a script, for `save` and for the case that the terminal is killed.
#pragma once

#include <functional>
#include <string>

#include "session/session.h"

namespace nabla::session {

// Statements that make the definitions, and the settings that differ from the usual ones.
std::string session_script(const Session& session);

// The definitions of a prompt, kept in a file while it runs, and left behind if it ends without a word.
class Autosave {
 public:
  using Warn = std::function<void(const std::string& line)>;

  // $XDG_STATE_HOME/nabla, by default below ~/.local/state. An empty path: nothing is kept.
  Autosave(std::string folder, Warn warn);
  // Forgets the file: the session has ended as it should.
  ~Autosave();
  Autosave(const Autosave&) = delete;
  Autosave& operator=(const Autosave&) = delete;

  // The file of a session that ended without a word, the youngest if there are several; the others are left for the
  // next start. "" if there is none. It stays until the next one takes its place.
  std::string left_behind();
  // Writes the session if it has changed. A failure is told once.
  void keep(const Session& session);

 private:
  std::string folder_;
  std::string path_;
  Warn warn_;
  long kept_version_ = 0;
  std::string kept_settings_;
};

}  // namespace nabla::session
