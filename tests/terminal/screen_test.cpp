#include "terminal/screen.h"

#include "support/terminal.h"

using namespace nabla;
using namespace nabla::session;
using namespace nabla::assist;
using namespace nabla::terminal;
using nabla::testing::Terminal;

namespace {

// What a terminal shows of a frame that is written out as it is.
std::string shown(const Frame& frame, int columns, int rows) {
  Terminal t(columns, rows);
  for (std::size_t i = 0; i < frame.rows.size(); ++i) {
    t.write(frame.rows[i].bytes);
    if (!frame.rows[i].goes_on && i + 1 < frame.rows.size()) t.write("\r\n");
  }
  return t.text();
}

Scene scene(std::string_view text, std::size_t cursor) {
  Scene s;
  s.prompt = "> ";
  s.continuation = ". ";
  s.text = text;
  s.cursor = cursor;
  return s;
}

}  // namespace

TEST_CASE("Text is wrapped at the edge, wide characters whole") {
  const Frame f = lay_out(scene("abcdefghij", 10), 8, 10);
  CHECK(shown(f, 8, 10) == "> abcdef\nghij\n");
  CHECK(f.cursor_row == 1);
  CHECK(f.cursor_column == 4);

  const Frame wide = lay_out(scene("abcde漢字", 5), 8, 10);
  CHECK(shown(wide, 8, 10) == "> abcde\n漢字\n");
  CHECK(wide.cursor_row == 1);
  CHECK(wide.cursor_column == 0);
}

TEST_CASE("The cursor behind a full row stands in the next") {
  const Frame f = lay_out(scene("abcdef", 6), 8, 10);
  CHECK(f.rows.size() == 2);
  CHECK(f.cursor_row == 1);
  CHECK(f.cursor_column == 0);
}

TEST_CASE("Further lines have the prompt of further lines") {
  const Frame f = lay_out(scene("ab\ncd", 2), 20, 10);
  CHECK(shown(f, 20, 10) == "> ab\n. cd\n");
  CHECK(f.cursor_row == 0);
  CHECK(f.cursor_column == 4);
}

TEST_CASE("Combining characters take no room, and what is not to be seen is not written") {
  const Frame f = lay_out(scene("e\u0301x\x01\u202Ey\xff", 9), 40, 10);
  CHECK(shown(f, 40, 10) == "> e\u0301x^A\uFFFDy\uFFFD\n");
  CHECK(f.rows.front().width == 9);
}

TEST_CASE("More rows than the terminal has are cut around the cursor") {
  std::string text = "0";
  for (int i = 1; i < 50; ++i) text += "\n" + std::to_string(i);
  const Frame f = lay_out(scene(text, text.size()), 20, 5);
  CHECK(shown(f, 20, 5) == ". 45\n. 46\n. 47\n. 48\n. 49\n");
  CHECK(f.cursor_row == 4);
  const Frame first = lay_out(scene(text, 0), 20, 5);
  CHECK(shown(first, 20, 5) == "> 0\n. 1\n. 2\n. 3\n. 4\n");
}

TEST_CASE("A suggestion of several lines is laid out as they will be") {
  Scene s = scene("[1,", 3);
  s.suggestion = " 2,\n3]";
  const Frame f = lay_out(s, 20, 5);
  CHECK(shown(f, 20, 5) == "> [1, 2,\n. 3]\n");
  CHECK(f.cursor_row == 0);
  CHECK(f.cursor_column == 5);
}

TEST_CASE("What stands below is cut at the edge, and first to go") {
  Scene s = scene("ab", 2);
  s.below = {{{"a long line of text", kGrey}}, {{"second", kGrey}}};
  CHECK(shown(lay_out(s, 10, 10), 10, 10) == "> ab\na long l…\nsecond\n");
  CHECK(shown(lay_out(s, 10, 2), 10, 2) == "> ab\na long l…\n");
  CHECK(shown(lay_out(s, 10, 1), 10, 1) == "> ab\n");
}
