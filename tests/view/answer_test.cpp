#include "view/answers/answer.h"

#include <algorithm>

using namespace nabla::view;

namespace {

Cell number(std::string decimal, Certainty certainty = Certainty::exact) {
  Cell c;
  c.decimal = std::move(decimal);
  c.certainty = certainty;
  return c;
}

// JSON is written with ' for " in these tests.
std::string quotes(std::string s) {
  std::replace(s.begin(), s.end(), '\'', '"');
  return s;
}

Answer single(Cell c, std::string input) {
  Answer a;
  a.input = std::move(input);
  a.certainty = c.certainty;
  a.cells = {std::move(c)};
  return a;
}

Answer vector(std::vector<Cell> cells, Certainty certainty) {
  Answer a;
  a.kind = AnswerKind::vector;
  a.rows = static_cast<std::uint32_t>(cells.size());
  a.cells = std::move(cells);
  a.certainty = certainty;
  return a;
}

}  // namespace

TEST_CASE("A closed form comes first in unicode style only") {
  Cell c = number("0.866025403784", Certainty::proven);
  c.unicode = "√3/2";
  c.plain = "sqrt(3)/2";
  const Answer a = single(c, "sin(pi/3)");
  CHECK(text(a, Style::unicode, Exact::on) == "√3/2  (0.866025403784)\n");
  CHECK(text(a, Style::unicode, Exact::only) == "√3/2\n");
  CHECK(text(a, Style::unicode, Exact::off) == "0.866025403784\n");
  CHECK(text(a, Style::plain, Exact::on) == "0.866025403784\n");
  CHECK(json(a) == quotes("{'line':1,'input':'sin(pi/3)','kind':'number','value':0.866025403784,'exact':'sqrt(3)/"
                          "2','certainty':'proven'}\n"));
}

TEST_CASE("Estimates are marked") {
  const Answer a = single(number("1.2345", Certainty::estimated), "double(1.2345)");
  CHECK(text(a, Style::unicode, Exact::on) == "≈ 1.2345\n");
  CHECK(text(a, Style::plain, Exact::on) == "~ 1.2345\n");
  CHECK(latex(a) == "\\approx 1.2345\n");
}

TEST_CASE("JSON keeps digits, escapes text and names infinities") {
  CHECK(json(single(number("12345678901234567890.123456789"), "a\"\\\n\x01")) ==
        quotes("{'line':1,'input':'a\\\"\\\\\\n\\u0001','kind':'number','value':12345678901234567890.123456789,'"
               "certainty':'exact'}\n"));
  CHECK(json(single(number("-inf"), "x")).find(quotes("'value':'-inf'")) != std::string::npos);
  CHECK(json(single(number("1"), "\xff")).find(quotes("'input':'\uFFFD'")) != std::string::npos);
}

TEST_CASE("Vectors, matrices and undefined answers have one line") {
  const Answer v = vector({number("0.5"), number("0.841470984808", Certainty::proven)}, Certainty::proven);
  CHECK(text(v, Style::plain, Exact::on) == "[0.5, 0.841470984808]\n");
  CHECK(csv(v) == "0.5,0.841470984808\n");
  CHECK(json(v) == quotes("{'line':1,'input':'','kind':'vector','value':[0.5,0.841470984808],'certainty':'proven'}\n"));
  Answer m = v;
  m.kind = AnswerKind::matrix;
  m.rows = 1;
  m.columns = 2;
  CHECK(text(m, Style::plain, Exact::on) == "[[0.5, 0.841470984808]]\n");
  CHECK(latex(m) == "\\begin{pmatrix} 0.5 & 0.841470984808 \\end{pmatrix}\n");
  Answer u;
  u.kind = AnswerKind::undefined;
  u.message = "limit does not exist";
  u.left = "-inf";
  u.right = "inf";
  CHECK(text(u, Style::plain, Exact::on) == "undefined: limit does not exist (left -inf, right inf)\n");
  CHECK(json(u) ==
        quotes(
            "{'line':1,'input':'','kind':'undefined','message':'limit does not exist','left':'-inf','right':'inf'}\n"));
}

TEST_CASE("Tables in every format") {
  Answer t;
  t.kind = AnswerKind::table;
  t.header = {"x", "1/x"};
  t.rows = 2;
  t.columns = 2;
  Cell gap;
  gap.content = Cell::Content::nothing;
  t.cells = {number("0"), gap, number("1"), number("1")};
  CHECK(text(t, Style::plain, Exact::on) == "x |    1/x\n--+----------\n0 | undefined\n1 |     1\n");
  CHECK(csv(t) == "x,1/x\n0,\n1,1\n");
  CHECK(
      json(t) ==
      quotes(
          "{'line':1,'input':'','kind':'table','columns':['x','1/x'],'rows':[[0,null],[1,1]],'certainty':'exact'}\n"));
  CHECK(markdown(t, Style::plain) == "| x | 1/x |\n| ---: | ---: |\n| 0 | undefined |\n| 1 | 1 |\n");
}
