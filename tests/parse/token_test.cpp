#include "parse/token.h"

#include "reading.h"

namespace nabla::parse {
namespace {

std::string tokens_of(std::string_view text) {
  std::string out;
  for (const auto& t : tokenize(text)) {
    if (t.kind == TokenKind::end) break;
    out += (out.empty() ? "" : " ") + t.text;
  }
  return out;
}

TEST_CASE("numbers end where they should") {
  CHECK(tokens_of("1..2") == "1 .. 2");
  CHECK(tokens_of("0.1..0.5") == "0.1 .. 0.5");
  CHECK(tokens_of("2e-3x") == "2e-3 x");
  CHECK(tokens_of("2e-x") == "2 e - x");
  CHECK(tokens_of("2e") == "2 e");
  CHECK(tokens_of("2pi") == "2 pi");
  CHECK(tokens_of("0x1F 0b101 0o17 0y") == "0x1F 0b101 0o17 0 y");
  CHECK(tokens_of(".5+1.") == ".5 + 1 .");
  CHECK(tokens_of("1e5e") == "1e5 e");
}

TEST_CASE("paper notation becomes canonical") {
  CHECK(tokens_of("2×3·4÷5−1") == "2 * 3 * 4 / 5 - 1");
  CHECK(tokens_of("x² x⁻¹² y³z") == "x ^ 2 x ^ - 12 y ^ 3 z");
  CHECK(tokens_of("2πr² τ ∞") == "2 pi r ^ 2 tau inf");
  CHECK(tokens_of("≤ ≥ ≠ **") == "<= >= != ^");
  CHECK(tokens_of("f′(x) g’ h″") == "f ' ( x ) g ' h ' '");
  CHECK(tokens_of("∫(x) Σ(k) Π (k) ∑ Σ") == "∫ ( x ) sum ( k ) prod ( k ) sum Σ");
  CHECK(tokens_of("30° √x ∇f ∂") == "30 ° √ x ∇ f ∂");
  CHECK(tokens_of("x₁ x_1 θ τ₂") == "x₁ x_1 θ τ₂");
}

TEST_CASE("what begins like a number and is none is one token") {
  for (const char* text : {"0b2", "0B101", "0X1F", "0O17", "0o8", "0xG", "0x", "0x_1", "1__1", "1_", "1.1_", "1_000_000_x"}) {
    INFO(text);
    CHECK(tokens_of(text) == text);
    CHECK(error_of(text).second.find("is no number; ") != std::string::npos);
  }
  CHECK(shape_of("0o17") == "15");
}

TEST_CASE("look-alike characters are folded, and know their places") {
  CHECK(tokens_of("（x＋1）＾2") == "( x + 1 ) ^ 2");
  CHECK(tokens_of("f（x）＝x²") == "f ( x ) = x ^ 2");
  CHECK(tokens_of("diff（𝑥^2，x）") == "diff ( x ^ 2 , x )");
  CHECK(tokens_of("１／３ + 1。5") == "1 / 3 + 1.5");
  CHECK(tokens_of("µ ϕ Ω ℎ 𝜋") == "μ φ Ω h pi");
  const std::string text = "（x＋1）";
  const auto tokens = tokenize(text);
  REQUIRE(tokens.size() == 6);
  CHECK(source(text, tokens[2].span) == "＋");
  CHECK(source(text, tokens[4].span) == "）");
  CHECK(tokens_of("\"（x＋1）\"") == "（x＋1）");
  CHECK(tokens_of("1\u200B+1\u200E") == "1 + 1");
  CHECK(notes_of("1\u200B+1") == "the invisible character U+200B is left out\n");
}

TEST_CASE("letters that look alike and cannot be folded get a note") {
  CHECK(notes_of("diff(x^2, \u0445)").find("Cyrillic") != std::string::npos);
  CHECK(notes_of("\u0431 + x").empty());
}

TEST_CASE("superscripts are exponents") {
  CHECK(tokens_of("eˣ 2ⁿ e⁻ˣ") == "e ^ x 2 ^ n e ^ - x");
  CHECK(tokens_of("eᵃˣ") == "e ^ ( a x )");
  CHECK(tokens_of("xⁿ⁺¹ x²ⁿ") == "x ^ ( n + 1 ) x ^ ( 2 n )");
  CHECK(shape_of("x⁽ⁿ⁺¹⁾") == "(^ x (+ n 1))");
  CHECK(shape_of("sin⁻¹(x)") == "(asin x)");
}

TEST_CASE("fractions, roots and brackets of paper") {
  CHECK(shape_of("½ + ¼") == "(+ 1/2 1/4)");
  CHECK(shape_of("½x") == "(* 1/2 x)");
  CHECK(shape_of("1⁄2 • 3 ∙ 4") == "(* (/ 1 2) 3 4)");
  CHECK(shape_of("∛27") == "(cbrt 27)");
  CHECK(shape_of("2∜x") == "(* 2 (root x 4))");
  CHECK(shape_of("⌊x⌋ + 2⌈x + 1⌉") == "(+ (floor x) (* 2 (ceil (+ x 1))))");
}

TEST_CASE("LaTeX as it is pasted") {
  CHECK(shape_of("\\frac{1}{2}") == "(/ 1 2)");
  CHECK(shape_of("\\frac12 x") == "(* (/ 1 2) x)");
  CHECK(shape_of("2\\frac{a+1}{\\frac{b}{c}}^2") == "(* 2 (^ (/ (+ a 1) (/ b c)) 2))");
  CHECK(shape_of("x\\frac{1}{2}") == "(* x (/ 1 2))");
  CHECK(shape_of("\\pi\\frac{1}{2}") == "(* pi (/ 1 2))");
  CHECK(shape_of("\\sqrt{x+1}\\cdot\\sqrt[3]{x}") == "(* (sqrt (+ x 1)) (root x 3))");
  CHECK(shape_of("\\sin\\left(x\\right)") == "(sin x)");
  CHECK(shape_of("\\sin^{2}(x) + \\sin^{-1}(x)") == "(+ (^ (sin x) 2) (asin x))");
  CHECK(shape_of("x^{2} + x_{1} + x_{12}^{n+1}") == "(+ (^ x 2) x_1 (^ x_12 (+ n 1)))");
  CHECK(shape_of("2\\pi r \\le \\infty") == "(<= (* 2 pi r) inf)");
  CHECK(shape_of("\\frac{d}{dx} x^2") == "(partial (^ x 2) x 1)");
  CHECK(shape_of("\\frac{d^2}{dx^2} x^2") == "(partial (^ x 2) x 2)");
  CHECK(shape_of("\\frac{\\partial}{\\partial x} x^2") == "(partial (^ x 2) x 1)");
  CHECK(shape_of("\\frac{d}{2c}") == "(/ d (* 2 c))");
  CHECK(shape_of("30^\\circ + 30^{\\circ}") == shape_of("30° + 30°"));
  CHECK(shape_of("\\operatorname{abs}(x)") == "(abs x)");
  CHECK(shape_of("\\left|x\\right|") == "(bars x)");
  CHECK(shape_of("\\lfloor x \\rfloor") == "(floor x)");
  CHECK(error_of("\\foo{x}").second == "'\\foo' means nothing here");
}

TEST_CASE("names are brought to composed form") { CHECK(tokens_of("e\xCC\x81t\xC3\xA9") == "\xC3\xA9t\xC3\xA9"); }

TEST_CASE("tokens know their places") {
  const std::string text = "2πr²";
  const auto tokens = tokenize(text);
  REQUIRE(tokens.size() == 6);
  CHECK(source(text, tokens[1].span) == "π");
  CHECK(source(text, tokens[2].span) == "r");
  CHECK(source(text, tokens[3].span) == "²");
  CHECK(source(text, tokens[4].span) == "²");
  CHECK(tokens[5].kind == TokenKind::end);
  CHECK_FALSE(tokens[2].blank_before);
  CHECK(tokenize("a b")[1].blank_before);
}

TEST_CASE("texts in quotes and comments") {
  const auto tokens = tokenize("print \"a # b; c\", x # and more");
  REQUIRE(tokens.size() == 5);
  CHECK(tokens[1].kind == TokenKind::text);
  CHECK(tokens[1].text == "a # b; c");
  CHECK(tokens[3].text == "x");
}

TEST_CASE("what is no text is refused at its place") {
  const auto column = [](std::string_view text) {
    try {
      tokenize(text);
    } catch (const base::Error& e) {
      return static_cast<int>(e.span.begin) + 1;
    }
    return 0;
  };
  CHECK(column(std::string_view("x\0y", 3)) == 2);
  CHECK(column("ab\xFF") == 3);
  CHECK(column("a + \xE2\x88") == 5);
  CHECK(column("print \"abc") == 7);
  CHECK(column("x²⁻") == 2);
  CHECK(column("./lessons/tour.nabla ~ @ \\ {}") == 0);
}

}  // namespace
}  // namespace nabla::parse
