#include "base/diagnostic.h"

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
  CHECK(diagnostic({"", "", {}}, "note", std::string(100000, 'x') + " is long").size() < 200);
  const Error error(Code::io, {}, "a", std::string(100000, 'x'), std::string(100000, 'y'));
  CHECK(message_text(error).size() < 400);
  CHECK(clipped_message(std::string(1000, 'x') + "\nb").ends_with("x\nb"));
  CHECK(clipped("αβγδε", 6) == "α…ε");
  CHECK(clipped("abc", 3) == "abc");
}
