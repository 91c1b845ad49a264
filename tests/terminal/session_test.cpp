// What lasts beyond one session, on a terminal.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <random>
#include <sstream>
#include <thread>

#include "support/typist.h"

using nabla::testing::Home;
using nabla::testing::Typist;

TEST_CASE("The start file is run before the prompt") {
  Typist t({.files = {{"nabla/start.nabla", "g = 981/100\nset digits 5\n"}}});
  t.type("g/7\r");
  CHECK(t.sees("1.4014"));
}

TEST_CASE("A start file in error is told of, and the prompt comes") {
  Typist t({.files = {{"nabla/start.nabla", "a = 2\n1/0\nb = 3\n"}}});
  CHECK(t.sees("start.nabla:2:1: error"));
  t.type("a\r");
  CHECK(t.sees("2  %1"));
}

TEST_CASE("A start file that is a folder is told of, and the prompt comes") {
  Typist t({.files = {{"nabla/start.nabla/file", ""}}});
  CHECK(t.sees("warning: "));
  CHECK(t.sees_line("∇> type mathematics, help, or lesson tour"));
}

TEST_CASE("Where nothing can be kept one warning says so, and the shell works") {
  const Home home;
  home.write("file", "");
  Typist::Setting setting;
  setting.columns = 200;
  setting.environment = {{"XDG_STATE_HOME", home.path("file")}};
  Typist t(home, setting);
  t.type("a = 2\ra + 3\r");
  REQUIRE(t.sees("5  %1"));
  t.type("a + 4\r");
  REQUIRE(t.sees("6  %2"));
  std::size_t warnings = 0;
  for (int row = 0; row < t.screen().rows(); ++row) warnings += t.screen().row(row).starts_with("warning: ") ? 1 : 0;
  CHECK(warnings == 1);
}

TEST_CASE("A session that was killed is offered by the next") {
  const Home home;
  {
    Typist t(home);
    t.type("f(x) = x^2 + 1\ra = 3\rset digits 7\r2 + 2\r");
    REQUIRE(t.sees("4  %1"));
    t.signal(SIGKILL);
    CHECK(t.ends() == 128 + SIGKILL);
  }
  {
    Typist t(home);
    REQUIRE(t.sees("the last session was cut off"));
    t.type("\x1b[A");
    REQUIRE(t.sees("∇> read /"));
    t.type("\r");
    REQUIRE(t.sees_line("∇>"));
    t.type("f(a)\r");
    CHECK(t.sees("10  %1"));
    t.type("1/3\r");
    CHECK(t.sees("0.3333333)"));
    t.type("quit\r");
    CHECK(t.ends() == 0);
  }
  Typist t(home);
  t.type("7\r");
  REQUIRE(t.sees("7  %1"));
  CHECK(t.written().find("cut off") == std::string::npos);
}

TEST_CASE("Of several sessions that were killed each is offered, the youngest first") {
  const Home home;
  {
    Typist one(home);
    one.type("a = 1\r1\r");
    REQUIRE(one.sees("1  %1"));
    Typist two(home);
    two.type("a = 2\r1\r");
    REQUIRE(two.sees("1  %1"));
    one.signal(SIGKILL);
    two.signal(SIGKILL);
    CHECK(one.ends() == 128 + SIGKILL);
    CHECK(two.ends() == 128 + SIGKILL);
  }
  for (const char* kept : {"a = 2\n", "a = 1\n"}) {
    Typist t(home);
    REQUIRE(t.sees("the last session was cut off"));
    CHECK(home.read("nabla/recovered.nabla").ends_with(kept));
    t.type("\x04");
    CHECK(t.ends() == 0);
  }
}

TEST_CASE("Killed at any moment, history and kept session hold whole statements") {
  const Home home;
  std::mt19937 random(7);
  std::vector<std::string> typed;
  for (int round = 0; round < 25; ++round) {
    {
      Typist t(home);
      std::string keys = "set preview off\r";
      for (int i = 0; i < 20; ++i) {
        typed.push_back("v" + std::to_string(20 * round + i) + " = " + std::string(300, '7'));
        keys += typed.back() + "\r";
      }
      t.type(keys);
      std::this_thread::sleep_for(std::chrono::microseconds(random() % 30'000));
      t.signal(SIGKILL);
      REQUIRE(t.ends() == 128 + SIGKILL);
    }
    CAPTURE(round);
    std::istringstream history(home.read("nabla/history"));
    for (std::string line; std::getline(history, line);) {
      const bool is_whole = line == "set preview off" || std::ranges::find(typed, line) != typed.end();
      INFO(line);
      CHECK(is_whole);
    }
    if (home.read("nabla/history").empty()) continue;
    Typist next(home);
    const std::string kept = home.read("nabla/recovered.nabla");
    CHECK((kept.empty() || kept.ends_with("7\n") || kept.ends_with("set preview off\n")));
    next.type("\x04");
    CHECK(next.ends() == 0);
  }
}
