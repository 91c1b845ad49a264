// The prompt and its surroundings: signals, plain terminals, files that cannot be used.
#include <csignal>

#include "support/typist.h"

using nabla::testing::Home;
using nabla::testing::Terminal;
using nabla::testing::Typist;

namespace {

const std::string kCtrlC = "\x03";
const std::string kCtrlD = "\x04";
const std::string kCtrlZ = "\x1a";
// Hours.
const std::string kLong = "sum(airyai(sin(k)), k, 1, 10^9)\r";

Typist::Setting with(const std::string& name, const std::string& value) {
  Typist::Setting s;
  s.environment = {{name, value}};
  return s;
}

}  // namespace

TEST_CASE("Ctrl-C leaves a line, and stops a computation") {
  Typist t;
  t.type("1 +");
  REQUIRE(t.sees_line("∇> 1 +"));
  t.type(kCtrlC);
  REQUIRE(t.sees_screen("∇> 1 +^C\n∇>\n"));
  t.type(kLong);
  REQUIRE(t.sees([](const Terminal& s) { return s.cursor_row() == 2 && s.cursor_column() == 0; }));
  t.type(kCtrlC);
  REQUIRE(t.sees("error: interrupted"));
  REQUIRE(t.sees_line("∇>"));
  t.type("2^5\r");
  REQUIRE(t.sees("32  %1"));
}

TEST_CASE("Ctrl-C stops all that was entered at once") {
  Typist t;
  t.paste(kLong + "1 + 1\n");
  t.type("\r");
  REQUIRE(t.sees([](const Terminal& s) { return s.cursor_column() == 0 && s.row(0).ends_with("10^9)"); }));
  t.type(kCtrlC);
  REQUIRE(t.sees("error: interrupted"));
  REQUIRE(t.sees_line("∇>"));
  t.type("2^5\r");
  REQUIRE(t.sees("32  %1"));
}

TEST_CASE("Ctrl-Z suspends the program, and it comes back with its line") {
  const Home home;
  Typist::Setting shell;
  shell.program = "/bin/bash";
  shell.arguments = {"--norc", "--noprofile", "-i"};
  shell.environment = {{"PS1", "$ "}, {"HISTFILE", ""}, {"NABLA", NABLA_PROGRAM}};
  Typist t(home, shell);
  REQUIRE(t.sees_line("$"));
  t.type("\"$NABLA\"\r");
  REQUIRE(t.sees_line("∇> type mathematics, help, or lesson tour"));
  t.type("1 + 41");
  REQUIRE(t.sees_line("∇> 1 + 41"));
  t.type(kCtrlZ);
  REQUIRE(t.sees("Stopped"));
  REQUIRE(t.sees_line("$"));
  CHECK(t.sees("∇> 1 + 41^Z\n"));
  t.type("fg\r");
  REQUIRE(t.sees_line("∇> 1 + 41"));
  t.type("\r");
  REQUIRE(t.sees("\n42  %1\n∇>"));
  // And while it computes.
  t.type(kLong);
  REQUIRE(t.sees(
      [](const Terminal& s) { return s.row(s.cursor_row()).empty() && s.row(s.cursor_row() - 1).ends_with("10^9)"); }));
  t.type(kCtrlZ);
  REQUIRE(t.sees_line("$"));
  t.type("fg\r");
  REQUIRE(t.sees([](const Terminal& s) { return s.row(s.cursor_row() - 1) == "\"$NABLA\""; }));
  // The first may come before bash has handed over the terminal.
  REQUIRE(t.sees_pressing(kCtrlC, [](const Terminal& s) {
    return s.text().find("error: interrupted") != std::string::npos && s.row(s.cursor_row()) == "∇>";
  }));
  t.type(kCtrlD);
  REQUIRE(t.sees_line("$"));
}

TEST_CASE("Ctrl-D and quit end the program, and the terminal is as before") {
  for (const std::string& end : {kCtrlD, std::string("quit\r")}) {
    const Home home;
    Typist t(home);
    CHECK_FALSE(t.is_cooked());
    t.type(end);
    CHECK(t.ends() == 0);
    CHECK(t.is_cooked());
    CHECK(t.screen().cursor_column() == 0);
    CHECK(t.screen().cursor_row() == 1);
  }
}

TEST_CASE("A signal that ends the program leaves the terminal as before") {
  Typist t;
  t.type("1 + 1");
  REQUIRE(t.sees_line("∇> 1 + 1"));
  t.signal(SIGTERM);
  CHECK(t.ends() == 128 + SIGTERM);
  CHECK(t.is_cooked());
}

TEST_CASE("Killed at any moment, the history is whole") {
  const Home home;
  {
    Typist t(home);
    t.type("1 + 1\r[1,\r2]\r");
    REQUIRE(t.sees("[1, 2]  %2"));
    t.type("3 +");
    t.signal(SIGKILL);
    CHECK(t.ends() == 128 + SIGKILL);
  }
  CHECK(home.read("nabla/history") == "1 + 1\n[1,\\n2]\n");
  Typist t(home);
  t.type("\x1b[A\x1b[A\x1b[A");
  REQUIRE(t.sees_line("∇> 1 + 1"));
}

TEST_CASE("A plain terminal gets plain text") {
  const Home home;
  home.write("nabla/history", "1 + 2\n");
  const auto [name, value] = GENERATE(table<std::string, std::string>({{"TERM", "dumb"}, {"NO_COLOR", "1"}}));
  Typist t(home, with(name, value));
  t.type("1 +");
  REQUIRE(t.sees_line("∇> 1 +"));
  t.type(" 1\r");
  REQUIRE(t.sees("∇> 1 + 1\n2\n∇>"));
  t.type("[1,\r");
  REQUIRE(t.sees_line("...>"));
  t.type("2]\r");
  REQUIRE(t.sees("\n[1, 2]\n∇>"));
  for (int row = 0; row < t.screen().rows(); ++row) {
    for (int column = 0; column < t.screen().columns(); ++column) CHECK(t.screen().cell(row, column).look.color == -1);
  }
  if (name == "TERM") CHECK(t.written().find('\x1b') == std::string::npos);
  CHECK(home.read("nabla/history") == "1 + 2\n1 + 1\n[1,\\n2]\n");
}

TEST_CASE("A history that cannot be used is told of once") {
  const Home home;
  const bool damaged = GENERATE(false, true);
  if (damaged) {
    home.write("nabla/history", std::string("1\n\0\xff\n2 + 2\n", 11));
  } else {
    home.write("nabla/history/in-the-way", "");
  }
  Typist t(home);
  REQUIRE(t.sees("warning: the history"));
  t.type("1 + 1\r1 + 2\r");
  REQUIRE(t.sees("3  %2"));
  const std::string text = t.screen().text();
  CHECK(text.find("warning") == text.rfind("warning"));
}

TEST_CASE("Two sessions share what is typed") {
  const Home home;
  Typist one(home);
  Typist two(home);
  one.type("40 + 2\r");
  REQUIRE(one.sees("42  %1"));
  two.type("1\r");
  REQUIRE(two.sees("1  %1"));
  one.type("2\r\x1b[A\x1b[A");
  REQUIRE(one.sees_line("∇> 1"));
}
