#include "calc/operations/same.h"

#include <tuple>

#include "asking.h"

using namespace nabla;

namespace {

struct Verdict {
  std::string answer;  // "true", "false", "unknown": true as far as is known
  std::string note;
};

Verdict verdict(const std::string& a, const std::string& b) {
  test::Asking ask;
  const expr::Expr e = ask.value("same(" + a + ", " + b + ")").scalar();
  const expr::Graph& g = ask.graph();
  if (g.kind(e) == expr::Kind::boolean) return {g.truth(e) ? "true" : "false", ask.notes()};
  return {g.is(e, expr::kEstimate) ? "unknown" : "?", ask.notes()};
}

}  // namespace

TEST_CASE("homework that is right is proven, without a word", "[calc]") {
  const std::pair<const char*, const char*> pairs[] = {
      {"(x + 1)^3", "x^3 + 3x^2 + 3x + 1"},
      {"diff(x*e^x, x)", "(1 + x) e^x"},
      {"sin(x)^4 + cos(x)^4", "(3 + cos(4x))/4"},
      {"tan(x/2)", "sin(x)/(1 + cos(x))"},
      {"sin(acos(x))", "sqrt(1 - x^2)"},
      {"ln(x^2)", "2ln(|x|)"},
      {"0.1 + 0.2", "0.3"},
      {"sum(k^2, k, 1, 10)", "385"},
      {"[x, 2x]", "[x, x + x]"},
      {"max(x, y)", "(x + y + |x - y|)/2"},
  };
  for (const auto& [a, b] : pairs) {
    const Verdict v = verdict(a, b);
    INFO(a << " and " << b);
    CHECK(v.answer == "true");
    CHECK(v.note.empty());
  }
}

TEST_CASE("homework that is wrong is refuted by a point where it shows", "[calc]") {
  for (const auto& [a, b] : {std::pair{"sin(x)^2", "1"},
                             {"sqrt(x^2)", "x"},
                             {"diff(x^3, x)", "3x"},
                             {"x", "x + 1e-30"},
                             {"ln(x y)", "ln(x)*ln(y)"},
                             {"[x, x]", "[x, x + 1]"},
                             {"pi", "22/7"}}) {
    const Verdict v = verdict(a, b);
    INFO(a << " and " << b << ": " << v.note);
    CHECK(v.answer == "false");
    REQUIRE(v.note.starts_with("they differ"));
    // What is shown of the two values is not the same.
    const std::size_t against = v.note.find(" against ");
    if (against == std::string::npos) {
      CHECK(v.note.find(": by ") != std::string::npos);
    } else {
      const std::size_t colon = v.note.rfind(": ", against);
      CHECK(v.note.substr(colon + 2, against - colon - 2) + "\n" != v.note.substr(against + 9));
    }
  }
  CHECK(verdict("[x, y]", "[x, y, z]").answer == "false");
}

TEST_CASE("what is neither proven nor refuted is said to be so", "[calc]") {
  CHECK(verdict("gamma(x)*gamma(1 - x)", "pi/sin(pi*x)").answer == "unknown");
  CHECK(verdict("4atan(1/5) - atan(1/239)", "pi/4").answer == "unknown");
}

TEST_CASE("equal where both have a value, and it is said where only one has", "[calc]") {
  for (const auto& [a, b, note] : {std::tuple{"x/x", "1", "at x = 0 only the right has one"},
                                   {"ln(x^2)", "2ln(x)", "at x = -1 only the left has one"},
                                   {"diff(atan(x) + atan(1/x), x)", "0", "at x = 0 only the right has one"},
                                   {"(x - 7)^2/(x - 7)", "x - 7", "at x = 7 only the right has one"},
                                   {"diff(ln(x), x)", "1/x", "at x = -1 only the right has one"}}) {
    const Verdict v = verdict(a, b);
    INFO(a << " and " << b << ": " << v.note);
    CHECK(v.answer == "true");
    CHECK(v.note.find(note) != std::string::npos);
  }
  CHECK(verdict("ln(-x^2 - 1)", "3").note.find("no point was found") != std::string::npos);
  CHECK(verdict("sqrt(x - 2)", "sqrt(-x - 3)").note.find("no point was found") != std::string::npos);
}

TEST_CASE("functions that differ at few points are refuted there", "[calc]") {
  for (const auto& [a, b, place] : {std::tuple{"sign(x^2)", "1", "x = 0"},
                                    {"if(x < 0, -1, 1)", "sign(x)", "x = 0"},
                                    {"if(x == 0.7, 1, 0)", "0", "x = 0.7"},
                                    {"asin(x)", "asin(x) + if(x == 1, 1, 0)", "x = 1"},
                                    {"floor(x)", "ceil(x) - 1", "x = 0"},
                                    {"|x - 5| + sign((x - 5)^2)", "|x - 5| + 1", "x = 5"},
                                    {"if(y == x, 1, 0)", "0", "x = 0, y = 0"},
                                    {"diff(if(x == 0, 0, x), x)", "if(x == 0, 0, 1)", "x = 0"},
                                    {"diff(if(x^2 <= 0, 0, x), x)", "if(x^2 <= 0, 0, 1)", "x = 0"},
                                    {"diff(if(x <= 2 and x >= 2, 2, x), x)", "if(x == 2, 0, 1)", "x = 2"}}) {
    const Verdict v = verdict(a, b);
    INFO(a << " and " << b << ": " << v.note);
    CHECK(v.answer == "false");
    CHECK(v.note.find(std::string("at ") + place) != std::string::npos);
  }
  for (const auto& [a, b] : {std::pair{"1/x", "1/x + 1e-300"}, {"pi", "pi + 1e-300"}, {"sin(x)", "sin(x) + 1e-400"}}) {
    INFO(a << " and " << b);
    CHECK(verdict(a, b).answer == "false");
  }
}

TEST_CASE("derivatives of functions with pieces are proven where they meet too", "[calc]") {
  CHECK(verdict("diff(if(x < 0, x^2, x^3), x)", "if(x < 0, 2x, 3x^2)").answer == "true");
  CHECK(verdict("diff(x*|x|, x)", "2|x|").answer == "true");
  // Where pieces meet at points that are not told, nothing is proven.
  CHECK(verdict("diff(if(sin(x) == 1/3, 0, x), x)", "if(sin(x) == 1/3, 0, 1)").answer == "unknown");
}
