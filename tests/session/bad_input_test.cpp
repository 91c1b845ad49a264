// Nothing crashes, hangs or eats the machine: an answer or a clear error with its place, and the session goes on.
#include "support/child.h"

using nabla::testing::Folder;
using nabla::testing::Outcome;
using nabla::testing::run;

namespace {

constexpr double kNoHang = 10;  // seconds; on a quiet machine all take well under one

// Gives a hostile text to a session that holds a = 41, and asks for a + 1 after it.
Outcome survive(const std::string& text) {
  const Outcome o = run({"--keep-going", "-"}, {.input = "a = 41\n" + text + "\n\na + 1\n"});
  INFO(text.substr(0, 60));
  CHECK(o.status <= 3);
  CHECK(o.out.ends_with("42\n"));
  CHECK(o.seconds < kNoHang);
  return o;
}

Outcome fails(const std::string& text) {
  const Outcome o = survive(text);
  INFO(text.substr(0, 60));
  CHECK(o.status == 1);
  CHECK(o.err.find("<stdin>:2:") != std::string::npos);
  CHECK(o.err.size() < 2000);
  return o;
}

std::string repeated(std::string_view part, int times) {
  std::string s;
  for (int i = 0; i < times; ++i) s += part;
  return s;
}

}  // namespace

TEST_CASE("Brackets that do not match") {
  fails("(1 + 2");
  fails("1 + 2)");
  fails("[1, 2");
  fails("(1, 2]");
  fails("|x");
  fails(repeated("(", 20'000));
  fails(repeated(")", 20'000));
  fails(repeated("[", 20'000));
}

TEST_CASE("Deep nesting") {
  survive(repeated("(", 20'000) + "1" + repeated(")", 20'000));
  survive(repeated("sin(", 20'000) + "1" + repeated(")", 20'000));
  survive(repeated("-", 20'000) + "1");
  survive(repeated("2^", 20'000) + "1");
  survive(repeated("|", 20'000) + "1");
  survive("1" + repeated("!", 20'000));
}

TEST_CASE("Long lines") {
  survive(std::string(1'000'000, '1'));
  survive(std::string(1'000'000, 'x'));
  survive("1" + repeated(" + 1", 250'000));
  survive(repeated(" ", 1'000'000) + "1");
}

TEST_CASE("Bytes that are no text") {
  fails(std::string("1 + \0 2", 7));
  fails("1 + \xff");
  fails("\xc3");
  fails("1 \x01 2");
}

TEST_CASE("Numbers beyond all bounds") {
  survive("1e999999999");
  fails("10^10^10");
  fails("(10^9)!");
  survive("2^(2^100)");
  survive("0^-1000000000000");
  survive("1e-999999999");
  survive("sin(1e999999)");
}

TEST_CASE("Recursion without end") {
  const Outcome endless = run({"-e", "f(x) = f(x)", "-e", "f(1)"});
  CHECK(endless.status == 1);
  CHECK(endless.seconds < kNoHang);
  const Outcome runaway = run({"-e", "h(x) = h(x + 1)", "-e", "h(0)"});
  CHECK(runaway.status == 1);
  CHECK(runaway.err.find("recurs") != std::string::npos);
  CHECK(runaway.seconds < kNoHang);
}

TEST_CASE("Circles") {
  fails("b = b + 1");
  CHECK(run({"-e", "y = x + 1", "-e", "x = y"}).status == 1);
}

TEST_CASE("A history that cannot be written") {
  const Folder folder;
  folder.write("nabla", "a file where a folder is due");
  const Outcome o = run({"-e", "1"}, {.folder = folder.path()});
  CHECK(o.out == "1\n");
  CHECK(o.err == "");
}
