// Nothing a user types may crash, hang or eat the machine.
#include <random>

#include "reading.h"

namespace nabla::parse {
namespace {

std::string repeat(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

base::Code code_of(const std::string& text) {
  try {
    read(text);
  } catch (const base::Error& e) {
    return e.code;
  }
  return base::Code::usage;  // read without an error
}

TEST_CASE("redundant brackets of any depth are read, deep nesting is refused") {
  const int deep = 20'000;
  CHECK(shape_of(repeat("(", deep) + "x" + repeat(")", deep)) == "x");
  CHECK(error_of(repeat("(", deep)).first == deep);
  CHECK(error_of(repeat(")", deep)).first == 1);
  CHECK(shape_of(repeat("-", deep) + "x") == "x");
  for (const auto* open : {"[", "sin(", "(1+", "-(", "|", "f(1, "}) {
    const auto close = open[0] == '|' ? "|" : open[0] == '[' ? "]" : ")";
    CAPTURE(open);
    CHECK(code_of(repeat(open, deep) + "x" + repeat(close, deep)) == base::Code::limit);
    CHECK(code_of(repeat(open, 900) + "x" + repeat(close, 900)) == base::Code::usage);
  }
  for (const auto* prefix : {"√", "d/dx ", "not ", "x^", "x ? 1 : ", "x/", "x and "}) {
    CAPTURE(prefix);
    CHECK(code_of(repeat(prefix, 50'000) + "x") == base::Code::limit);
    CHECK(code_of(repeat(prefix, 900) + "x") == base::Code::usage);
  }
}

TEST_CASE("long sums, products and lists are flat") {
  const int many = 30'000;
  CHECK(read("x" + repeat(" + 3x^2", many)).body.size() == many + 1);
  CHECK(read("x" + repeat(" + x - z", many)).body.size() == 2 * many + 1);
  CHECK(read("x" + repeat("*z", many)).body.size() == many + 1);
  CHECK(read(repeat("(x)", many)).body.size() == many);
  CHECK(read("[1" + repeat(",1", many) + "]").body.size() == many + 1);
  CHECK(read("max(1" + repeat(",x", many) + ")").body.size() == many + 1);
  CHECK(read("solve(x" + repeat("+1", many) + " = 2, x)").body[0][0].size() == many + 1);
  CHECK(read(repeat("9", 500'000)).body.head() == Head::number);
  std::string nested = "1";
  for (int i = 0; i < 500; ++i) nested = "(" + repeat("x z+", 50) + nested + ")";
  CHECK(read(nested).body.size() == 51);
}

TEST_CASE("random signs are read or refused, never more") {
  std::mt19937_64 random(99);
  const std::vector<std::string> words{"x",      "y",    "f",
                                       "sin",    "2",    "1.5",
                                       "(",      ")",    "[",
                                       "]",      "|",    "||",
                                       "+",      "-",    "*",
                                       "/",      "^",    "!",
                                       "'",      ",",    "=",
                                       "==",     "<",    "?",
                                       ":",      "at",   "for",
                                       "in",     "..",   "√",
                                       "∇",      "∂",    "d",
                                       "dx",     "dy",   "°",
                                       "²",      "⁻¹",   "not",
                                       "and",    "or",   "%",
                                       "ans",    "if",   " ",
                                       "\"",     "ode",  "sum",
                                       "e",      "π",    "for k in 1..",
                                       "at x =", "d/dx", "#"};
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (auto n = random() % 14; n > 0; --n) text += words[random() % words.size()] + (random() % 3 == 0 ? " " : "");
    try {
      const auto s = read(text);
      if (s.body) shape(s.body);
    } catch (const base::Error& e) {
      CAPTURE(text);
      if (e.span.end > text.size() || e.message.find("cannot be read as an expression") != std::string::npos) {
        CHECK(text == e.message);
      }
    }
  }
}

TEST_CASE("random bytes are refused at a place inside the text") {
  std::mt19937_64 random(5);
  for (int i = 0; i < 5000; ++i) {
    std::string text;
    for (auto n = random() % 40; n > 0; --n) text += static_cast<char>(random() % 256);
    const auto place = error_of(text).first;
    if (place > static_cast<int>(text.size()) + 1) CHECK(place == 0);
  }
}

}  // namespace
}  // namespace nabla::parse
