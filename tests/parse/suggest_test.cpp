#include "parse/suggest.h"

#include <string>
#include <vector>

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

TEST_CASE("What other programs call so is the one meant, if it is known") {
  const std::vector<std::string> known{"diff", "li", "limit", "exp"};
  CHECK(closest_name("derivative", known) == "diff");
  CHECK(closest_name("lim", known) == "limit");
  CHECK(closest_name("lim", std::vector<std::string>{"li"}) == "li");
  CHECK(closest_name("exit", known) == "quit");
}

TEST_CASE("Every name of other programs leads to its own here") {
  struct Name {
    const char* elsewhere;
    const char* here;
  };
  const Name names[] = {
      {"ceiling", "ceil"},       {"deriv", "diff"},        {"derivative", "diff"}, {"determinant", "det"},
      {"differentiate", "diff"}, {"draw", "plot"},         {"eig", "eigenvalues"}, {"fact", "factorial"},
      {"gradient", "grad"},      {"graph", "plot"},        {"int", "integrate"},   {"integral", "integrate"},
      {"inv", "inverse"},        {"length", "len"},        {"lim", "limit"},       {"load", "read"},
      {"maximise", "maximize"},  {"minimise", "minimize"}, {"product", "prod"},    {"rot", "curl"},
      {"series", "taylor"},      {"signum", "sign"},       {"summation", "sum"},   {"vars", "show"},
      {"bye", "quit"},           {"exit", "quit"},         {"logout", "quit"}};
  std::vector<std::string> known;
  for (const Name& n : names) known.emplace_back(n.here);
  for (const Name& n : names) {
    INFO(n.elsewhere);
    CHECK(closest_name(n.elsewhere, known) == n.here);
  }
}
