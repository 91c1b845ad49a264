#include "reading.h"

namespace nabla::parse {
namespace {

TEST_CASE("kinds of statements") {
  const auto f = read("f(x, z) = x z  # a comment");
  CHECK(f.kind == StatementKind::function);
  CHECK(f.name == "f");
  REQUIRE(f.parameters.size() == 2);
  CHECK(f.parameters[1].name == "z");
  CHECK(f.parameters[1].span == base::Span{5, 6});
  CHECK(f.text == "f(x, z) = x z");
  CHECK(shape(f.body) == "(* x z)");

  const auto a = read("a = sqrt(2)");
  CHECK(a.kind == StatementKind::value);
  CHECK(a.name == "a");
  CHECK(shape(a.body) == "(sqrt 2)");

  CHECK(read("a == 2").kind == StatementKind::question);
  CHECK(read("x^2 at x = 3").kind == StatementKind::question);
  CHECK(read("y = x at x = 3").kind == StatementKind::value);
  CHECK(read("").kind == StatementKind::empty);
  CHECK(read("  # nothing").kind == StatementKind::empty);
}

TEST_CASE("commands keep their tokens") {
  const auto s = read("table x^2, 2x for x = 0..1 step 0.1");
  CHECK(s.kind == StatementKind::command);
  CHECK(s.name == "table");
  REQUIRE(s.rest.size() == 15);
  CHECK(s.rest.back().kind == TokenKind::end);
  CHECK(find_top_level(s.rest, ",") == std::vector<std::size_t>{3});
  CHECK(find_top_level(s.rest, "for") == std::vector<std::size_t>{6});
  CHECK(find_top_level(s.rest, "..") == std::vector<std::size_t>{10});
  CHECK(find_top_level(tokenize("f(x, 2), [1, 2]"), ",").size() == 1);
  const auto help = read("?sin");
  CHECK(help.name == "help");
  CHECK(help.rest.front().text == "sin");
  CHECK(read("read ./a-b.nabla").rest.size() > 3);
  CHECK(read("show").rest.size() == 1);
}

TEST_CASE("parts of commands are read as expressions") {
  const KnownNames names;
  const std::string text = "plot q(1 - q) = 2 for q = 0..1";
  const auto s = read(text);
  const auto words = find_top_level(s.rest, "for");
  REQUIRE(words.size() == 1);
  std::vector<base::Note> notes;
  const std::vector<std::string> bound{"q"};
  const std::span<const Token> tokens(s.rest.data(), words[0]);
  CHECK(shape(parse_expression(*s.terms, tokens, text, names, bound, true, notes)) == "(= (* q (- 1 q)) 2)");
  CHECK_THROWS_AS(parse_expression(*s.terms, tokens, text, names, bound, false, notes), base::Error);
  CHECK_THROWS_AS(parse_expression(*s.terms, {}, text, names, bound, false, notes), base::Error);
}

TEST_CASE("names in a definition") {
  CHECK(shape_of("fact(n) = n <= 1 ? 1 : n fact(n-1)") == "(if (<= n 1) 1 (* n (fact (- n 1))))");
  CHECK(shape_of("h(x) = h(x + 1)") == "(h (+ x 1))");
  CHECK(shape_of("h(sin) = sin(2)") == "(* sin 2)");
  CHECK(shape_of("h(q) = q(q + 1)") == "(* q (+ q 1))");
}

struct Case {
  const char* text;
  int column;
  const char* message;  // a part of it
};

TEST_CASE("errors stand at their place and say what to do") {
  for (const auto& [text, column, message] : std::initializer_list<Case>{
           {"sine(1)", 1, "did you mean 'sin'"},
           {"2 + csc2(1)", 5, "did you mean 'csc'"},
           {"deff(x^2, x)", 1, "did you mean 'diff'"},
           {"Cos(0)", 1, "did you mean 'cos'"},
           {"xsin(x)", 1, "write x sin("},
           {"q(x+1)", 1, "for a product write q * ("},
           {"(3 + 4", 1, "never closed"},
           {"3 + 4)", 6, "there is no '('"},
           {"[1, 2,", 1, "never closed"},
           {"cos(2", 4, "never closed"},
           {"(1, [2)", 7, "stands where ']' must close"},
           {"(|x)", 2, "'|' is never closed"},
           {"5 *", 4, "missing after '*'"},
           {"5 *   # more", 4, "missing after '*'"},
           {"/ 3", 1, "missing before '/'"},
           {"2 ^ ^ 3", 5, "missing before '^'"},
           {"(2 + ) 3", 6, "missing after '+'"},
           {"max(1, , 2)", 8, "missing after ','"},
           {"()", 1, "nothing stands"},
           {"u[]", 2, "element"},
           {"u[1, 2, 3]", 7, "A[1, 2]"},
           {"x 2", 3, "x * 2"},
           {"2 3", 3, "never the right factor"},
           {"sin x", 1, "write sin(x)"},
           {"1 + sin 2x", 5, "write sin(2x)"},
           {"sin^2 x", 1, "write sin^2(x)"},
           {"3!!", 3, "(n!)!"},
           {"2²!", 4, "brackets"},
           {"x²^3", 4, "brackets"},
           {"√-x", 1, "√(-x)"},
           {"x'(2) + y'(2)", 1, "unknown function 'x'"},
           {"y'(2)", 1, "diff(y, x)"},
           {"(x)'", 4, "prime"},
           {"f^-1(x)", 1, "1/f(x)"},
           {"x ? 1", 3, "no ':'"},
           {"x : 1", 3, "no '?'"},
           {"if(x, 1)", 1, "three arguments"},
           {"1 + (x = 2)", 8, "did you mean ==?"},
           {"sin(x = 2)", 7, "did you mean ==?"},
           {"1, 2", 2, "[a, b]"},
           {"(1, 2)", 3, "[1, 2]"},
           {"1,5 + 2", 2, "with a point: 1.5"},
           {"5 % 3", 3, "mod(a, n)"},
           {"0..1", 2, "after 'for'"},
           {"[a, b for k in 1..2]", 7, "[[a, b] for"},
           {"[k for k = 1..2]", 8, "for k in"},
           {"[k for k in 2]", 14, "range"},
           {"x for k in 1..2", 3, "[E for k in 1..n]"},
           {"x at 2", 6, "x^2 at x = 3"},
           {"x step 2", 3, "word of the language"},
           {"x in y", 3, "word of the language"},
           {"2 + not x", 5, "brackets"},
           {"3.", 2, "never ends in '.'"},
           {"{x}", 1, "round brackets"},
           {"x & z", 3, "write and"},
           {"x =< z", 3, "write <="},
           {"x; z", 2, "one statement"},
           {"!x", 1, "write not"},
           {"% x", 1, "%3"},
           {"1 + \"abc\"", 5, "quotes"},
           {"d/dx", 1, "what is to be differentiated"},
           {"d^2/dx x", 1, "orders"},
           {"∂²/∂x x", 1, "orders"},
           {"∂/x", 1, "partial"},
           {"dz/dx", 1, "diff(E, x)"},
           {"∇2", 1, "∇f"},
           {"cos(2x) = 1", 9, "solve(cos(2x) = 1, x)"},
           {"x + 1 = 2", 7, "solve(x + 1 = 2, x)"},
           {"f(2) = 3", 6, "solve(f(2) = 3, x)"},
           {"y' = x", 1, "ode(y' = x, [x, 0, 1], [y, 1])"},
           {"dz/dt = z", 1, "ode(dz/dt = z, [t, 0, 1], [z, 1])"},
           {"f() = 3", 1, "needs a parameter"},
           {"f(x, x) = 2", 6, "already"},
           {"f(e) = 2", 3, "reserved"},
           {"f(table) = 2", 3, "reserved"},
           {"x = y = 3", 7, "did you mean ==?"},
           {"x =", 4, "missing after '='"},
           {"= 3", 1, "name is missing"},
           {"pi = 3", 1, "pi is built in"},
           {"ans = 3", 1, "ans is built in"},
           {"at = 3", 1, "'at' is a word"},
           {"table = 3", 1, "'table' is a command"},
           {"tabel x for x = 0..1", 1, "did you mean 'table'"},
           {"1e999999999", 1, ""},
       }) {
    CAPTURE(text);
    const auto [place, said] = error_of(text);
    CHECK(place == column);
    CHECK(said.find(message) != std::string::npos);
    if (said.find(message) == std::string::npos) CHECK(said == message);
  }
}

}  // namespace
}  // namespace nabla::parse
