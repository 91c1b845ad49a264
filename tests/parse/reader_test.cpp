#include "parse/reader.h"

#include "reading.h"

namespace nabla::parse {
namespace {

using Piece = StatementReader::Piece;

std::vector<Piece> pieces(std::string_view script) {
  StatementReader reader;
  std::vector<Piece> out;
  while (!script.empty()) {
    const auto end = std::min(script.find('\n'), script.size());
    reader.feed(script.substr(0, end), out);
    script.remove_prefix(std::min(end + 1, script.size()));
  }
  reader.finish(out);
  return out;
}

std::string texts(std::string_view script) {
  std::string out;
  for (const auto& p : pieces(script)) out += (out.empty() ? "" : "|") + p.text;
  return out;
}

TEST_CASE("statements end at semicolons and line ends") {
  CHECK(texts("a = 1; b = 2\nc") == "a = 1|b = 2|c");
  CHECK(texts(" ; ;;\n\n  x  \n") == "x");
  CHECK(texts("x # note; y\ny") == "x|y");
  CHECK(texts("# only a comment").empty());
  CHECK(texts("print \"a; # b\", x; y") == "print \"a; # b\", x|y");
  CHECK(texts("x\r\ny\r\n") == "x|y");
}

TEST_CASE("an open bracket or a backslash continues the line, an empty line ends it") {
  CHECK(texts("f(x,\n  y) + 1\nz") == "f(x,\n  y) + 1|z");
  CHECK(texts("1 + \\\n2") == "1 + \n2");
  CHECK(texts("(1 + # one\n2)") == "(1 +\n2)");
  CHECK(texts("(1 +\n\n2") == "(1 +|2");
  CHECK(texts("(1; 2\n3") == "(1|2|3");
  CHECK(texts(")\n2") == ")|2");
}

TEST_CASE("prompts are dropped") {
  CHECK(texts("∇> f(x) = x\n∇> f(2)\n  ∇> [1,\n...> 2]") == "f(x) = x|f(2)|[1,\n     2]");
  CHECK(texts("nabla> 1+1\nnabla>\nnabla>3") == "1+1|nabla>3");
}

TEST_CASE("pieces know their places") {
  const auto p = pieces("x; yy\n∇> [a,\n  b]\n  c");
  REQUIRE(p.size() == 4);
  CHECK((p[0].line == 1 && p[0].column == 1));
  CHECK((p[1].line == 1 && p[1].column == 4));
  CHECK((p[2].line == 2 && p[2].column == 4));
  REQUIRE(p[2].line_starts == std::vector<std::size_t>{4});
  CHECK(p[2].source_line(1) == "[a,");
  CHECK(p[2].source_line(6) == "  b]");
  CHECK((p[3].line == 4 && p[3].column == 3));
}

TEST_CASE("open() tells whether more lines are due") {
  StatementReader reader;
  std::vector<Piece> out;
  reader.feed("f(1,", out);
  CHECK(reader.open());
  reader.feed("2)", out);
  CHECK_FALSE(reader.open());
  reader.feed("(", out);
  reader.reset();
  CHECK_FALSE(reader.open());
  CHECK(out.size() == 1);
}

}  // namespace
}  // namespace nabla::parse
