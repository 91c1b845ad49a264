// The prompt on a pseudo-terminal, key by key.
#include <random>

#include "support/typist.h"

using nabla::testing::Home;
using nabla::testing::Look;
using nabla::testing::Terminal;
using nabla::testing::Typist;

namespace {

constexpr int kGrey = 243;
const std::string kUp = "\x1b[A";
const std::string kDown = "\x1b[B";
const std::string kRight = "\x1b[C";
const std::string kLeft = "\x1b[D";
const std::string kEnd = "\x1b[F";
const std::string kCtrlRight = "\x1b[1;5C";
const std::string kBackTab = "\x1b[Z";
const std::string kCtrlA = "\x01";
const std::string kCtrlC = "\x03";
const std::string kCtrlD = "\x04";
const std::string kCtrlL = "\x0c";
const std::string kCtrlR = "\x12";
const std::string kCtrlU = "\x15";
const std::string kBackspace = "\x7f";

}  // namespace

TEST_CASE("What is typed is coloured") {
  Typist t;
  t.type("sin(25) + abcd + (");
  REQUIRE(t.sees_line("∇> sin(25) + abcd + ("));
  const auto color = [&](std::string_view text) { return t.screen().look_of(0, text).color; };
  CHECK(color("sin") == 32);
  CHECK(color("25") == 30);
  CHECK(color("+") == 130);
  CHECK(color("abcd") == 160);
  t.type("1)");
  REQUIRE(t.sees_line("∇> sin(25) + abcd + (1)"));
  CHECK(t.screen().look_of(0, "(1").underlined);
  CHECK_FALSE(t.screen().look_of(0, "(25").underlined);
  t.type(")");
  REQUIRE(t.sees_line("∇> sin(25) + abcd + (1))"));
  CHECK(t.screen().cell(0, 23).look.color == 160);
}

TEST_CASE("An answer is followed by its number in grey") {
  Typist t;
  t.type("1/4\r");
  REQUIRE(t.sees_screen("∇> 1/4\n0.25  %1\n∇>\n"));
  CHECK(t.screen().look_of(1, "0.25") == Look{});
  CHECK(t.screen().look_of(1, "%1").color == kGrey);
  t.type("%1 + 1\r");
  REQUIRE(t.sees("1.25  %2"));
}

TEST_CASE("The history suggests how a line goes on") {
  Typist t({.files = {{"nabla/history", "sqrt(16) + 1\nsqrt(25) + 2\nother\n"}}});
  t.type("set preview off\r");
  REQUIRE(t.sees_screen("∇> set preview off\n∇>\n"));
  t.type("sq");
  REQUIRE(t.sees_line("∇> sqrt(25) + 2"));
  CHECK(t.screen().look_of(1, "rt(").color == kGrey);
  CHECK(t.screen().cursor_column() == 5);
  t.type(kCtrlRight);
  REQUIRE(t.sees([](const Terminal& s) { return s.cursor_column() == 7; }));
  t.type(kRight);
  REQUIRE(t.sees([](const Terminal& s) { return s.cursor_column() == 15; }));
  CHECK(t.screen().look_of(1, "sqrt").color == 32);
  t.type(kCtrlU + "sqrt(1");
  REQUIRE(t.sees_line("∇> sqrt(16) + 1"));
  t.type(kEnd + "\r");
  REQUIRE(t.sees_screen("∇> set preview off\n∇> sqrt(16) + 1\n5  %1\n∇>\n"));
}

TEST_CASE("The answer is shown in grey while its question is typed") {
  Typist t;
  t.type("2^10");
  REQUIRE(t.sees_preview("∇> 2^10\n   1024\n"));
  CHECK(t.screen().look_of(1, "1024").color == kGrey);
  CHECK(t.screen().cursor_row() == 0);
  t.type(" + (1");
  REQUIRE(t.sees_preview("∇> 2^10 + (1\n   1025\n"));
  t.type(")\r");
  REQUIRE(t.sees_screen("∇> 2^10 + (1)\n1025  %1\n∇>\n"));
  t.type("set preview off\r2^11" + kCtrlA);
  REQUIRE(t.sees([](const Terminal& s) { return s.row(3) == "∇> 2^11" && s.cursor_column() == 3; }));
  CHECK(t.screen().row(4).empty());
}

TEST_CASE("A preview neither defines nor commands nor waits") {
  Typist t;
  t.type("a = 5");
  REQUIRE(t.sees_line("∇> a = 5"));
  t.type(kCtrlC + "a\r");
  REQUIRE(t.sees_screen("∇> a = 5^C\n∇> a\na  %1\n∇>\n"));
  t.type("quit" + kBackspace);
  REQUIRE(t.sees_line("∇> qui"));
  t.type(kCtrlU + "sum(airyai(sin(k)), k, 1, 10^9)");
  REQUIRE(t.sees_line("∇> sum(airyai(sin(k)), k, 1, 10^9)"));
  t.type(kCtrlU + kCtrlL + "3 - 1");
  REQUIRE(t.sees_preview("∇> 3 - 1\n   2\n"));
}

TEST_CASE("A line is wrapped at the edge and edited there") {
  Typist t({.columns = 20, .rows = 10});
  t.type("set preview off\r1234567890 + 2345678");
  REQUIRE(t.sees_screen("∇> set preview off\n∇> 1234567890 + 2345\n678\n"));
  CHECK(t.screen().cursor_row() == 2);
  CHECK(t.screen().cursor_column() == 3);
  t.type(kBackspace + kBackspace + kBackspace);
  REQUIRE(t.sees([](const Terminal& s) { return s.row(2).empty() && s.cursor_row() == 2 && s.cursor_column() == 0; }));
  t.type(kBackspace);
  REQUIRE(t.sees([](const Terminal& s) { return s.cursor_row() == 1 && s.cursor_column() == 19; }));
  CHECK(t.screen().row(1) == "∇> 1234567890 + 234");
  t.type(kCtrlA + "9");
  REQUIRE(t.sees([](const Terminal& s) { return s.row(1) == "∇> 91234567890 + 234"; }));
  t.type("\r");
  REQUIRE(t.sees_screen("∇> set preview off\n∇> 91234567890 + 234\n91234568124  %1\n∇>\n"));
}

TEST_CASE("Wide characters take two columns") {
  Typist t({.columns = 12, .rows = 10});
  t.type("set preview off\r" + kCtrlL + "漢字漢字漢");
  REQUIRE(t.sees_screen("∇> 漢字漢字\n漢\n"));
  CHECK(t.screen().cursor_row() == 1);
  CHECK(t.screen().cursor_column() == 2);
  t.type(kBackspace + kBackspace);
  REQUIRE(t.sees_screen("∇> 漢字漢\n"));
  t.type(kLeft + kLeft);
  REQUIRE(t.sees([](const Terminal& s) { return s.cursor_column() == 5; }));
  t.type(kBackspace);
  REQUIRE(t.sees_screen("∇> 字漢\n"));
}

TEST_CASE("A pasted session is one text without prompts and answers") {
  Typist t;
  t.type("set preview off\r");
  REQUIRE(t.sees_screen("∇> set preview off\n∇>\n"));
  t.type(kCtrlL);
  t.paste("∇> a = 3\n∇> [a,\n...> a^2]\n[3, 9]\n∇> a + 1\n4\n");
  REQUIRE(t.sees_screen("∇> a = 3\n...> [a,\n...> a^2]\n...> a + 1\n"));
  t.type("\r");
  REQUIRE(t.sees_screen("∇> a = 3\n...> [a,\n...> a^2]\n...> a + 1\n[3, 9]  %1\n4  %2\n∇>\n"));
}

TEST_CASE("Many pasted lines fit in a small terminal") {
  Typist t({.columns = 30, .rows = 6});
  std::string text;
  for (int i = 1; i <= 40; ++i) text += "x" + std::to_string(i) + " = " + std::to_string(i) + "\n";
  t.type("set preview off\r");
  REQUIRE(t.sees_screen("∇> set preview off\n∇>\n"));
  t.paste(text);
  REQUIRE(t.sees([](const Terminal& s) { return s.row(5) == "...> x40 = 40" && s.row(0) == "...> x35 = 35"; }));
  t.type("\r");
  REQUIRE(t.sees_line("∇>"));
  t.type("x1 + x40\r");
  REQUIRE(t.sees("\n41  %1\n∇>\n"));
}

TEST_CASE("Lines that come without brackets around the paste are run one by one") {
  Typist t;
  t.type("a = 2\ra^2\ra^3\r");
  REQUIRE(t.sees("8  %2"));
}

TEST_CASE("After a resize the line is drawn anew") {
  Typist t({.columns = 40, .rows = 8});
  t.type("set preview off\r1111 + 2222 + 3333 + 4444");
  REQUIRE(t.sees_line("∇> 1111 + 2222 + 3333 + 4444"));
  t.resize(20, 8);
  REQUIRE(t.sees_screen("∇> set preview off\n∇> 1111 + 2222 + 333\n3 + 4444\n"));
  t.type("5");
  REQUIRE(t.sees_screen("∇> set preview off\n∇> 1111 + 2222 + 333\n3 + 44445\n"));
  t.resize(60, 8);
  REQUIRE(t.sees_screen("∇> set preview off\n∇> 1111 + 2222 + 3333 + 44445\n"));
  t.type(kBackspace + "\r");
  REQUIRE(t.sees_screen("∇> set preview off\n∇> 1111 + 2222 + 3333 + 4444\n11110  %1\n∇>\n"));
}

TEST_CASE("A statement of several lines comes back whole and is edited as one") {
  Typist t;
  t.type("set preview off\r[1,\r2]\r");
  REQUIRE(t.sees_screen("∇> set preview off\n∇> [1,\n...> 2]\n[1, 2]  %1\n∇>\n"));
  t.type(kCtrlL + kUp);
  REQUIRE(t.sees_screen("∇> [1,\n...> 2]\n"));
  CHECK(t.screen().cursor_row() == 1);
  t.type(kUp + kBackspace + "7");
  REQUIRE(t.sees_screen("∇> [7,\n...> 2]\n"));
  t.type("\r");
  REQUIRE(t.sees_screen("∇> [7,\n...> 2]\n[7, 2]  %2\n∇>\n"));
}

TEST_CASE("An empty line ends a statement whose bracket is open") {
  Typist t;
  t.type("(1 +\r\r");
  REQUIRE(t.sees("error"));
  REQUIRE(t.sees_line("∇>"));
  CHECK(t.home().read("nabla/history") == "(1 +\n");
}

TEST_CASE("Up and down walk through what begins alike") {
  Typist t({.files = {{"nabla/history", "1 + 1\nsqrt(4)\n1 + 2\nsqrt(9)\n"}}});
  t.type(kUp);
  REQUIRE(t.sees_line("∇> sqrt(9)"));
  t.type(kDown + "1" + kUp);
  REQUIRE(t.sees_line("∇> 1 + 2"));
  CHECK(t.screen().cursor_column() == 8);
  t.type(kUp);
  REQUIRE(t.sees_line("∇> 1 + 1"));
  t.type(kDown + kDown);
  REQUIRE(t.sees([](const Terminal& s) { return s.cursor_column() == 4; }));
}

TEST_CASE("Ctrl-R searches, and shows what it searches for") {
  Typist t({.files = {{"nabla/history", "cos(0) + 41\nsqrt(4)\n"}}});
  t.type(kCtrlR + "+ 4");
  REQUIRE(t.sees_line("(reverse-i-search)`+ 4': cos(0) + 41"));
  t.type("\r");
  REQUIRE(t.sees_screen("∇> cos(0) + 41\n42  %1\n∇>\n"));
}

TEST_CASE("A keyboard macro is played, and one that is not there is not, in a search neither") {
  Typist t({.files = {{"nabla/history", "40 + 2\n"}}});
  t.type("set preview off\r");
  REQUIRE(t.sees_screen("∇> set preview off\n∇>\n"));
  for (const char* keys : {"\x18"
                           "e",
                           "\x18)",
                           "\x12\x18"
                           "e",
                           "\x12\x18)"}) {
    t.type(keys);
    t.type(kCtrlA + "\x0b" + "1 + 1\r");
    REQUIRE(t.sees([](const Terminal& s) {
      return s.text().find("\n2  %") != std::string::npos && s.row(s.cursor_row()) == "∇>";
    }));
    t.type(kCtrlL);
    REQUIRE(t.sees_screen("∇>\n"));
  }
  // Of keys that come at once readline records the first.
  t.type("\x18(7");
  REQUIRE(t.sees_line("∇> 7"));
  t.type("*");
  REQUIRE(t.sees_line("∇> 7*"));
  t.type("\x18)6\r");
  REQUIRE(t.sees("42  %5"));
  t.type(
      "\x18"
      "e5\r");
  REQUIRE(t.sees("35  %6"));
}

TEST_CASE("Tab offers what fits below the line, and goes through it") {
  Typist t;
  t.type("set preview off\r" + kCtrlL + "acot\t");
  REQUIRE(t.sees([](const Terminal& s) { return s.row(1).starts_with("acot(") && s.row(2).starts_with("acoth("); }));
  CHECK(t.screen().row(0) == "∇> acot");
  t.type("\t");
  REQUIRE(t.sees_line("∇> acot("));
  CHECK(t.screen().look_of(1, "acot").reversed);
  t.type("\t");
  REQUIRE(t.sees_line("∇> acoth("));
  t.type(kBackTab);
  REQUIRE(t.sees_line("∇> acot("));
  t.type("1");
  REQUIRE(t.sees_screen("∇> acot(1\n"));
  t.type(kCtrlU + "\\alp\t + 2\\int\t(");
  REQUIRE(t.sees_line("∇> α + 2∫("));
  t.type(kCtrlU + "atan\t2\t");
  REQUIRE(t.sees([](const Terminal& s) { return s.row(0) == "∇> atan2(" && s.row(1).starts_with("atan2(y, x)"); }));
}

TEST_CASE("Inside a call that has no answer yet its signature is shown") {
  Typist t({.columns = 60, .rows = 10});
  t.type("1 + atan2(");
  REQUIRE(t.sees_preview("∇> 1 + atan2(\n   atan2(y, x)   angle of a point\n"));
  CHECK(t.screen().look_of(1, "angle").color == kGrey);
  t.type("1, 1)\r");
  REQUIRE(t.sees("1 + π/4  (1.78539816340)  %1\n"));
  t.type("if(");
  REQUIRE(t.sees("if(c, a, b)"));
}

TEST_CASE("Ctrl-L wipes the screen and keeps the line") {
  Typist t;
  t.type("1\r2 + 1");
  REQUIRE(t.sees_preview("∇> 1\n1  %1\n∇> 2 + 1\n   3\n"));
  t.type(kCtrlL);
  REQUIRE(t.sees_preview("∇> 2 + 1\n   3\n"));
}

TEST_CASE("vi mode") {
  Typist t({.files = {{"inputrc", "set editing-mode vi\nset keyseq-timeout 50\n"}}});
  t.type("set preview off\r12 + 3\x1b");
  REQUIRE(t.sees([](const Terminal& s) { return s.row(1) == "∇> 12 + 3" && s.cursor_column() == 8; }));
  t.type("0x");
  REQUIRE(t.sees_line("∇> 2 + 3"));
  t.type("A4\r");
  REQUIRE(t.sees_screen("∇> set preview off\n∇> 2 + 34\n36  %1\n∇>\n"));
}

TEST_CASE("The mode of vi is shown where the user wants it, and only while a line is typed") {
  Typist t({.files = {{"inputrc",
                       "set editing-mode vi\nset keyseq-timeout 50\nset show-mode-in-prompt on\n"
                       "set vi-ins-mode-string \"\\1\\e[5 q\\2+\"\n"}}});
  t.type("set preview off\r12 + 3");
  REQUIRE(t.sees_screen("∇> set preview off\n+∇> 12 + 3\n"));
  t.type("\x1b");
  REQUIRE(t.sees_line("(cmd)∇> 12 + 3"));
  CHECK(t.screen().cursor_column() == 13);
  t.type("a");
  REQUIRE(t.sees_line("+∇> 12 + 3"));
  t.type("\r");
  REQUIRE(t.sees_screen("∇> set preview off\n∇> 12 + 3\n15  %1\n+∇>\n"));
}

TEST_CASE("vi mode: words, changes, repetition and the search") {
  Typist t({.files = {{"inputrc", "set editing-mode vi\nset keyseq-timeout 50\n"},
                      {"nabla/history", "sin(1) + 41\ncos(0)\n"}}});
  t.type("set preview off\r11 + 22 + 33\x1b");
  REQUIRE(t.sees([](const Terminal& s) { return s.cursor_column() == 14; }));
  t.type("bbdw");
  REQUIRE(t.sees_line("∇> 11 + 22 33"));
  t.type("u0cw55\x1b");
  REQUIRE(t.sees_line("∇> 55 + 22 + 33"));
  REQUIRE(t.sees([](const Terminal& s) { return s.cursor_column() == 4; }));
  t.type("dd");
  REQUIRE(t.sees_line("∇>"));
  t.type("/41\r");
  REQUIRE(t.sees_line("∇> sin(1) + 41"));
  t.type("ddkk");
  REQUIRE(t.sees_line("∇> cos(0)"));
  t.type("0Ccos(0) + 1\x1b[D\x1b[C\r");
  REQUIRE(t.sees("∇> cos(0) + 1\n2  %1\n"));
}

TEST_CASE("Whatever is typed, the screen is as if it were drawn anew") {
  static const std::vector<std::string> kKeys{"s",
                                              "q",
                                              "1",
                                              "+ ",
                                              "(",
                                              "[",
                                              ")",
                                              "]",
                                              "漢",
                                              "👍",
                                              "e\u0301",
                                              "\r",
                                              "x",
                                              kRight,
                                              kEnd,
                                              kLeft,
                                              kLeft,
                                              kUp,
                                              kDown,
                                              kBackspace,
                                              "\x17",
                                              "\x19",
                                              "\x1f",
                                              "\x0b",
                                              "\t",
                                              "\x14",
                                              "α",
                                              "\x1b"
                                              "b",
                                              "\x1b"
                                              "f",
                                              "\x1b"
                                              "u",
                                              kCtrlA,
                                              kCtrlRight,
                                              "\x16\x01",
                                              kBackTab,
                                              "\\alp\t",
                                              "\x1b[3~",
                                              "#"};
  Typist t({.columns = 30,
            .rows = 60,
            .files = {{"nabla/history", "sqrt(16) + 1\n[1,\\n2,\\n3] + sin(x)\n漢字 + 漢字 + 漢字 + 漢字\n"}}});
  t.type("set preview off\r");
  REQUIRE(t.sees_screen("∇> set preview off\n∇>\n"));
  std::mt19937 random(20);
  for (int round = 0; round < 60; ++round) {
    std::string keys;
    for (int i = 0; i < 12; ++i) keys += kKeys[random() % kKeys.size()];
    CAPTURE(round, keys);
    const std::string mark = "~" + std::to_string(round) + "~";
    t.type("1" + keys + "\x05" + mark);
    REQUIRE(t.sees([&](const Terminal& s) {
      std::string text = s.text();
      std::erase(text, '\n');
      return text.find(mark) != std::string::npos;
    }));
    const auto prompt_row = [&] {
      int row = t.screen().rows() - 1;
      while (row > 0 && !t.screen().row(row).starts_with("∇>")) --row;
      return row;
    };
    const auto from = [&](int row) {
      std::string out;
      for (int r = row; r < t.screen().rows(); ++r) out += t.screen().row(r) + "\n";
      out.erase(out.find_last_not_of('\n') + 1);
      return out;
    };
    const std::string drawn = from(prompt_row());
    t.type(kCtrlL);
    REQUIRE(t.sees([&](const Terminal&) { return prompt_row() == 0 && from(0) == drawn; }));
    t.type(kCtrlC);
    REQUIRE(t.sees_line("∇>"));
    t.type("1\r");
    REQUIRE(t.sees([](const Terminal& s) {
      const int row = s.cursor_row();
      return row >= 2 && s.row(row) == "∇>" && s.row(row - 2) == "∇> 1";
    }));
  }
}

TEST_CASE("A newcomer is told in grey where to begin, once") {
  const Home home;
  {
    Typist t(home);
    CHECK(t.sees_line("∇> type mathematics, help, or lesson tour"));
    t.type("1+1\r");
    REQUIRE(t.sees_screen("∇> 1+1\n2  %1\n∇>\n"));
    t.type(kCtrlD);
  }
  Typist t(home);
  t.type("2");
  CHECK(t.sees_screen("∇> 2\n"));
}
