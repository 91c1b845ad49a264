#include "parse/suggest.h"

#include <string>
#include <vector>

#include "parse/phrase_book.h"

using nabla::parse::closest_name;

TEST_CASE("The nearest name is the one meant") {
  const std::vector<std::string> known{"sin", "sinh", "cos", "csc", "diff", "asin", "integrate", "print", "e"};
  CHECK(closest_name("sine", known) == "sin");
  CHECK(closest_name("sinn", known) == "sin");
  CHECK(closest_name("Cos", known) == "cos");
  CHECK(closest_name("csc2", known) == "csc");
  CHECK(closest_name("deff", known) == "diff");
  CHECK(closest_name("intergate", known) == "integrate");
  CHECK(closest_name("flurb", known).empty());
  CHECK(closest_name("q", known).empty());
}

TEST_CASE("What begins otherwise, or is further away than a third of its length, is not meant") {
  const std::vector<std::string> known{"coth", "grad", "div", "sec", "li", "cos", "floor", "expand"};
  for (const char* name : {"ploth", "quad", "disp", "seq3", "ls2", "cls2", "float", "hi", "export"}) {
    INFO(name);
    CHECK(closest_name(name, known).empty());
  }
  CHECK(closest_name("Floor", known) == "floor");
}

TEST_CASE("Every name of other programs leads to its own here") {
  struct Name {
    const char* elsewhere;
    const char* here;
  };
  const Name names[] = {
      {"ceiling", "ceil"},       {"deriv", "diff"},       {"derivative", "diff"}, {"determinant", "det"},
      {"differentiate", "diff"}, {"draw", "plot"},        {"eig", "eigenvalues"}, {"fact", "factorial"},
      {"gradient", "grad"},      {"graph", "plot"},       {"int", "integrate"},   {"integral", "integrate"},
      {"inv", "inverse"},        {"length", "len"},       {"lim", "limit"},       {"load", "read"},
      {"maximise", "extrema"},   {"minimise", "extrema"}, {"product", "prod"},    {"rot", "curl"},
      {"series", "taylor"},      {"signum", "sign"},      {"summation", "sum"},   {"vars", "show"},
      {"bye", "quit"},           {"exit", "quit"},        {"logout", "quit"}};
  for (const Name& n : names) {
    INFO(n.elsewhere);
    const auto* phrase = nabla::parse::find_phrase(n.elsewhere);
    REQUIRE(phrase != nullptr);
    const bool leads =
        phrase->line.find(n.here) != std::string_view::npos || phrase->remark.find(n.here) != std::string_view::npos;
    CHECK(leads);
  }
}
