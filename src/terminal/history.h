// The history of statements typed, over all sessions.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace nabla::terminal {

// A file with a statement a line, oldest first, readable by its owner only; several sessions may add to it at once. The
// line ends of a statement of several lines are written "\n", and a backslash "\\". If the file cannot be used, warns
// once and then ignores it.
class History {
 public:
  static constexpr std::size_t kMostLines = 10'000;

  // $XDG_STATE_HOME/nabla/history, by default below ~/.local/state; empty if there is no home.
  static std::string default_path();

  using Warn = std::function<void(const std::string& line)>;

  // An empty path: nothing is written.
  History(std::string path, Warn warn) : path_(std::move(path)), warn_(std::move(warn)) {}

  // The statements of the file without earlier duplicates, at most kMostLines.
  std::vector<std::string> load();
  // The statements added by other sessions since `load` or the last call.
  std::vector<std::string> added();
  // Appends in one write, so that the file has whole lines even if the program is killed.
  void append(std::string_view statement);
  // Rewrites the file if it has grown far beyond kMostLines: as a new file, which replaces the old one when it is safe
  // on the disk.
  void compact();

 private:
  struct Contents {
    std::vector<std::string> statements;
    std::size_t lines = 0;
    std::size_t unreadable = 0;
  };
  bool read_from(off_t begin, std::string& text);
  static Contents parse(std::string_view text);
  void give_up(std::string_view doing, std::string_view reason);

  std::string path_;
  Warn warn_;
  off_t known_ = 0;        // bytes of the file that have been read or written here
  std::size_t lines_ = 0;  // of the file
  bool ends_line_ = true;  // the file ends in a line end
};

}  // namespace nabla::terminal
