// Lessons at the prompt.
#include "support/typist.h"

using nabla::testing::Typist;

namespace {

constexpr std::string_view kScript =
    "# A lesson for a test\n"
    "#\n"
    "# First we add.\n"
    "1 + 1\n"
    "\n"
    "# Then there is a name.\n"
    "a = 5\n"
    "a^2\n"
    "# That is all.\n";

// Somebody who has begun a lesson that is a file of their own.
struct Pupil : Typist {
  explicit Pupil(std::string_view script, int columns = 80)
      : Typist({.columns = columns, .files = {{"mine.nabla", std::string(script)}}}) {
    type("lesson " + home().path("mine.nabla") + "\r");
  }
};

}  // namespace

TEST_CASE("Enter goes on in a lesson, and anything may be typed in between") {
  Pupil t(kScript);
  REQUIRE(t.sees("First we add.\n∇> 1 + 1\n2  %1\n"));
  CHECK(t.screen().text().find("Then there is a name.") == std::string::npos);
  t.type("\r");
  REQUIRE(t.sees("Then there is a name.\n∇> a = 5\n"));
  t.type("a + 1\r");
  REQUIRE(t.sees("6  %2\n"));
  t.type("\r");
  REQUIRE(t.sees("∇> a^2\n25  %3\n"));
  t.type("\r");
  REQUIRE(t.sees("That is all.\n\nThat was the lesson mine.\n"));
  t.type("\ra\r");
  REQUIRE(t.sees("∇> a\n5  %4\n"));
}

TEST_CASE("In a lesson Enter is invited, leaves no empty prompt, and what is played is coloured") {
  Pupil t(kScript);
  REQUIRE(t.sees("∇> 1 + 1\n2  %1\n∇> Enter goes on\n"));
  const auto row_of = [&](std::string_view text) {
    int row = 0;
    while (t.screen().row(row) != text) ++row;
    return row;
  };
  CHECK(t.screen().look_of(row_of("∇> Enter goes on"), "Enter").color == 243);
  CHECK(t.screen().look_of(row_of("∇> 1 + 1"), "1").color == 30);
  CHECK(t.screen().look_of(row_of("∇> 1 + 1"), "+").color == 130);
  t.type("7");
  REQUIRE(t.sees_line("∇> 7"));
  t.type("\x15\r");
  REQUIRE(t.sees("2  %1\n\nThen there is a name.\n∇> a = 5\n∇> Enter goes on\n"));
}

TEST_CASE("The words of a lesson fill a narrow terminal") {
  Pupil t("# one two three four five\n# six seven eight nine ten\n#\n#   as it is\n# eleven\n1 + 1\n", 30);
  REQUIRE(t.sees("one two three four five six\nseven eight nine ten\n\n  as it is\neleven\n∇> 1 + 1\n2  %1\n"));
}

TEST_CASE("An error does not end a lesson, and lesson stop does") {
  Pupil t("1/0\n2 + 2\n3 + 3\n");
  REQUIRE(t.sees("division by zero"));
  t.type("\r");
  REQUIRE(t.sees("4  %1\n"));
  t.type("lesson stop\r");
  REQUIRE(t.sees_line("∇>"));
  t.type("\r\r7\r");
  REQUIRE(t.sees("7  %2\n"));
  CHECK(t.screen().text().find("3 + 3") == std::string::npos);
}
