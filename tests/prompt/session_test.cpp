// What lasts beyond one session, on a terminal.
#include <csignal>

#include "typist.h"

using nabla::testing::Home;
using nabla::testing::Typist;

TEST_CASE("The start file is run before the prompt") {
  const Home home;
  home.write("nabla/start.nabla", "g = 981/100\nset digits 5\n");
  Typist t(home);
  t.type("g/7\r");
  CHECK(t.sees("1.4014"));
}

TEST_CASE("A start file in error is told of, and the prompt comes") {
  const Home home;
  home.write("nabla/start.nabla", "a = 2\n1/0\nb = 3\n");
  Typist t(home);
  CHECK(t.sees("start.nabla:2:1: error"));
  t.type("a\r");
  CHECK(t.sees("2  %1"));
}

TEST_CASE("A start file that is a folder is told of, and the prompt comes") {
  const Home home;
  home.write("nabla/start.nabla/file", "");
  Typist t(home);
  CHECK(t.sees("warning: "));
  CHECK(t.sees_line("∇>"));
}

TEST_CASE("A session that was killed is offered by the next") {
  const Home home;
  {
    Typist t(home);
    t.type("f(x) = x^2 + 1\ra = 3\r2 + 2\r");
    REQUIRE(t.sees("4  %1"));
    t.signal(SIGKILL);
    CHECK(t.ends() == 128 + SIGKILL);
  }
  {
    Typist t(home);
    REQUIRE(t.sees("the last session was cut off"));
    t.type("read " + home.path("nabla/recovered.nabla") + "\r");
    t.type("f(a)\r");
    CHECK(t.sees("10  %1"));
    t.type("quit\r");
    CHECK(t.ends() == 0);
  }
  Typist t(home);
  t.type("7\r");
  REQUIRE(t.sees("7  %1"));
  CHECK(t.written().find("cut off") == std::string::npos);
}
