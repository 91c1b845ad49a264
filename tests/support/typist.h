// Somebody who sits at a terminal and uses the program.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/terminal.h"

namespace nabla::testing {

// A new folder for settings and history, removed with all that is in it.
class Home {
 public:
  Home();
  ~Home();
  Home(const Home&) = delete;
  Home& operator=(const Home&) = delete;
  std::string path(std::string_view name) const;
  std::string history() const { return path("nabla/history"); }
  // Makes the folders above.
  void write(std::string_view name, std::string_view content) const;
  std::string read(std::string_view name) const;

 private:
  std::string folder_;
};

class Typist {
 public:
  struct Setting {
    int columns = 60;
    int rows = 16;
    std::vector<std::pair<std::string, std::string>> environment = {};
    std::vector<std::string> arguments = {};
    std::string program = NABLA_PROGRAM;
    std::vector<std::pair<std::string, std::string>> files = {};  // name and content, in the home
  };

  // Waits for the prompt. Without a home given, in a fresh one.
  Typist() : Typist(Setting()) {}
  explicit Typist(const Setting& setting) : Typist(std::make_shared<Home>(), setting) {}
  explicit Typist(const Home& home) : Typist(home, Setting()) {}
  Typist(const Home& home, const Setting& setting)
      : Typist(std::shared_ptr<const Home>(std::shared_ptr<const Home>(), &home), setting) {}
  ~Typist();
  Typist(const Typist&) = delete;
  Typist& operator=(const Typist&) = delete;

  void type(std::string_view bytes);
  // As terminals do it.
  void paste(std::string_view text);
  void resize(int columns, int rows);
  void signal(int number) const;

  // Waits until it is so; false after 20 seconds.
  bool sees(const std::function<bool(const Terminal&)>& condition);
  bool sees(std::string_view text);
  // The row of the cursor.
  bool sees_line(std::string_view text);
  // Until the whole screen is this, each row ended by "\n".
  bool sees_screen(std::string_view text);
  // The same, while the line is typed to again and again: a preview that was late is not shown.
  bool sees_preview(std::string_view screen);
  // Until it is so, while keys are pressed again and again that may come too early.
  bool sees_pressing(std::string_view keys, const std::function<bool(const Terminal&)>& condition);
  // The exit status; 128 + n after signal n; -1 after 20 seconds.
  int ends();

  const Home& home() const { return *home_; }
  const Terminal& screen() const { return terminal_; }
  // Every byte that has been written.
  const std::string& written() const { return written_; }
  // Whether the terminal hands on whole lines, as it does for programs that know nothing of it.
  bool is_cooked() const;

 private:
  Typist(std::shared_ptr<const Home> home, const Setting& setting);
  bool take();

  std::shared_ptr<const Home> home_;
  Terminal terminal_;
  std::string written_;
  int master_ = -1;
  int child_ = -1;
};

}  // namespace nabla::testing
