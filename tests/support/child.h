// Runs a program and takes what it writes.
#pragma once

#include <string>
#include <vector>

namespace nabla::testing {

struct Outcome {
  int status = -1;  // of the exit; 128 + n if signal n ended it
  std::string out;
  std::string err;
  double seconds = 0;
};

struct Setting {
  std::string input = {};   // of standard input
  std::string folder = {};  // to run in; empty: a fresh one
  std::vector<std::pair<std::string, std::string>> environment = {};
};

// Runs the nabla that was built; ends it after 20 seconds.
Outcome run(std::vector<std::string> arguments, const Setting& setting = {});
// The same for -e STATEMENT.
Outcome ask(const std::string& statement);

// A new folder, removed with all that is in it at the end of its life.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::string& path() const { return path_; }
  std::string write(const std::string& name, const std::string& content) const;  // gives its path

 private:
  std::string path_;
};

}  // namespace nabla::testing
