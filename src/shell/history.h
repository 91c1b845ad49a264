// The lines typed, over all sessions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nabla::shell {

// A file with a statement a line, oldest first, readable by its owner only. A file that cannot be used is told of once
// and then left alone.
class History {
 public:
  static constexpr std::size_t kMostLines = 10'000;

  // $XDG_STATE_HOME/nabla/history, by default below ~/.local/state; empty if there is no home.
  static std::string default_path();

  explicit History(std::string path) : path_(std::move(path)) {}

  // The lines of the file, the last of equal ones only; rewrites the file if it has grown far beyond that.
  std::vector<std::string> load();
  void append(std::string_view line);

 private:
  void give_up(std::string_view doing, int reason);
  void rewrite(const std::vector<std::string>& lines);

  std::string path_;
};

}  // namespace nabla::shell
