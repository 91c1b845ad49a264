// Lessons at the prompt.
#include "support/typist.h"

using nabla::testing::Home;
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

Typist::Setting wide() {
  Typist::Setting s;
  s.columns = 80;
  return s;
}

}  // namespace

TEST_CASE("Enter goes on in a lesson, and anything may be typed in between") {
  const Home home;
  home.write("adding.nabla", kScript);
  Typist t(home, wide());
  t.type("lesson " + home.path("adding.nabla") + "\r");
  REQUIRE(t.sees("First we add.\n∇> 1 + 1\n2  %1\n"));
  CHECK(t.screen().text().find("Then there is a name.") == std::string::npos);
  t.type("\r");
  REQUIRE(t.sees("Then there is a name.\n∇> a = 5\n"));
  t.type("a + 1\r");
  REQUIRE(t.sees("6  %2\n"));
  t.type("\r");
  REQUIRE(t.sees("∇> a^2\n25  %3\n"));
  t.type("\r");
  REQUIRE(t.sees("That is all.\n\nThat was the lesson adding.\n"));
  t.type("\ra\r");
  REQUIRE(t.sees("∇> a\n5  %4\n"));
}

TEST_CASE("In a lesson Enter is invited, leaves no empty prompt, and what is played is coloured") {
  const Home home;
  home.write("adding.nabla", kScript);
  Typist t(home, wide());
  t.type("lesson " + home.path("adding.nabla") + "\r");
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
  const Home home;
  home.write("long.nabla", "# one two three four five\n# six seven eight nine ten\n#\n#   as it is\n# eleven\n1 + 1\n");
  Typist::Setting narrow;
  narrow.columns = 30;
  Typist t(home, narrow);
  t.type("set preview off\rlesson " + home.path("long.nabla") + "\r");
  REQUIRE(t.sees("one two three four five six\nseven eight nine ten\n\n  as it is\neleven\n∇> 1 + 1\n2  %1\n"));
}

TEST_CASE("An error does not end a lesson, and lesson stop does") {
  const Home home;
  home.write("wrong.nabla", "1/0\n2 + 2\n3 + 3\n");
  Typist t(home, wide());
  t.type("lesson " + home.path("wrong.nabla") + "\r");
  REQUIRE(t.sees("division by zero"));
  t.type("\r");
  REQUIRE(t.sees("4  %1\n"));
  t.type("lesson stop\r");
  REQUIRE(t.sees_line("∇>"));
  t.type("\r\r7\r");
  REQUIRE(t.sees("7  %2\n"));
  CHECK(t.screen().text().find("3 + 3") == std::string::npos);
}
