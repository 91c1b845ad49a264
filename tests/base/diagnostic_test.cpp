#include "base/diagnostic.h"

#include <sstream>

#include "base/text.h"

using namespace nabla::base;

TEST_CASE("A diagnostic shows the place under its line") {
  CHECK(diagnostic({"lesson.nabla:3:8", "f(x) = sinn(x)", {7, 11}}, "error", "unknown function 'sinn'") ==
        "lesson.nabla:3:8: error: unknown function 'sinn'\n"
        "  f(x) = sinn(x)\n"
        "         ^~~~\n");
}

TEST_CASE("The caret stands under wide and combined characters") {
  CHECK(diagnostic({"", "π = 3", {0, 2}}, "error", "no") == "error: no\n  π = 3\n  ^\n");
  CHECK(diagnostic({"", "ππ+x", {5, 6}}, "error", "no") == "error: no\n  ππ+x\n     ^\n");
}

TEST_CASE("The caret may stand after the end of the line") {
  CHECK(diagnostic({"", "5 *", {3, 3}}, "error", "no") == "error: no\n  5 *\n     ^\n");
}

TEST_CASE("Of a long line the part around the mark is shown") {
  const std::string line(100000, 'x');
  const std::string told = diagnostic({"", line, {50000, 50002}}, "error", "no");
  CHECK(told.size() < 400);
  CHECK(told.find("^~\n") != std::string::npos);
}

TEST_CASE("A message ends with what was meant and what to do") {
  CHECK(message_text(Error(Code::unknown_name, {}, "unknown function 'sinn'", "", "sin")) ==
        "unknown function 'sinn'; did you mean 'sin'?");
  CHECK(message_text(Error(Code::syntax, {}, "a function needs brackets", "write sin(x)")) ==
        "a function needs brackets; write sin(x)");
}

TEST_CASE("Of a long message the beginning and the end are told") {
  CHECK(diagnostic({"", "", {}}, "note", std::string(100000, 'x')).size() < 1100);
  std::string drowned(100000, 'x');
  drowned.append(" is long");
  CHECK(diagnostic({"", "", {}}, "note", drowned).size() < 200);
  const Error error(Code::io, {}, "a", std::string(100000, 'x'), std::string(100000, 'y'));
  CHECK(message_text(error).size() < 400);
  CHECK(clipped_message(drowned).ends_with("x is long"));
  CHECK(clipped("αβγδε", 6) == "α…ε");
  CHECK(clipped("abc", 3) == "abc");
}

TEST_CASE("On a terminal a message is folded between words, and its line is not wrapped") {
  const std::string line = std::string(45, 'x') + std::string(100, 'y');
  const std::string told =
      diagnostic({"", line, {45, 46}, 40}, "error", "one two three four five six seven eight nine");
  CHECK(told.starts_with("error: one two three four five six seven\neight nine\n  …xx"));
  std::istringstream lines(told);
  for (std::string l; std::getline(lines, l);) CHECK(display_width(l) <= 40);
  const std::string near = diagnostic({"", line, {18, 19}, 40}, "error", "no");
  std::istringstream near_lines(near);
  for (std::string l; std::getline(near_lines, l);) CHECK(display_width(l) <= 40);
}

TEST_CASE("Folded text hangs under the column that it began in") {
  CHECK(folded("  name   one two three", 20) == "  name   one two\n         three\n");
  CHECK(folded("one two three\nfour", 8) == "one two\nthree\nfour\n");
  CHECK(folded("a_word_that_is_long", 8) == "a_word_that_is_long\n");
  CHECK(folded("", 8).empty());
}
