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
  CHECK(tokens_of("1_000_000_x") == "1_000_000 _x");
  CHECK(tokens_of("0x1F 0b101 0b2 0x") == "0x1F 0b101 0 b2 0 x");
  CHECK(tokens_of(".5+1.") == ".5 + 1 .");
  CHECK(tokens_of("1e5e") == "1e5 e");
}

TEST_CASE("paper notation becomes canonical") {
  CHECK(tokens_of("2×3·4÷5−1") == "2 * 3 * 4 / 5 - 1");
  CHECK(tokens_of("x² x⁻¹² y³z") == "x ^ 2 x ^ - 12 y ^ 3 z");
  CHECK(tokens_of("2πr² τ ∞") == "2 pi r ^ 2 tau inf");
  CHECK(tokens_of("≤ ≥ ≠ **") == "<= >= != ^");
  CHECK(tokens_of("f′(x) g’ h″") == "f ' ( x ) g ' h ' '");
  CHECK(tokens_of("∫(x) Σ(k) Π (k) ∑ Σ") == "integrate ( x ) sum ( k ) prod ( k ) sum Σ");
  CHECK(tokens_of("30° √x ∇f ∂") == "30 ° √ x ∇ f ∂");
  CHECK(tokens_of("x₁ x_1 θ τ₂") == "x₁ x_1 θ τ₂");
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
