// `time`: the phases it tells, without their times.
#include <regex>

#include "support/child.h"

using nabla::testing::run;

namespace {

std::string phases(const std::string& statement) {
  const std::string told = run({"-e", "time " + statement}).err;
  return std::regex_replace(std::regex_replace(told, std::regex(" +[0-9.]+ ms"), ""),
                            std::regex("[0-9.]+( million)? a second"), "N a second");
}

}  // namespace

TEST_CASE("time tells what took place, and answers as without it") {
  CHECK(phases("1/3 + 1") == "parse\nexpand\nsimplify\nevaluate\nshow\ntogether\n");
  CHECK(phases("diff(x^2, x)") == "parse\nexpand\ndifferentiate\nsimplify\nevaluate\nshow\ntogether\n");
  CHECK(phases("f(x) = x^2") == "parse\nexpand\nshow\ntogether\n");
  CHECK(phases("table x^2, sin(x) for x = 1..1000 step 1") ==
        "parse\nexpand\ncompile\nevaluate   1008 points, N a second\nshow\ntogether\n");
  CHECK(run({"-e", "time 2 + 3"}).out == "5\n");
  CHECK(run({"-e", "time table x^2 for x = 1..3"}).out == run({"-e", "table x^2 for x = 1..3"}).out);
}

TEST_CASE("time counts the points of plots") {
  const std::string told = phases("plot sin(x) for x = 0..1");
  CHECK(std::regex_match(told, std::regex("parse\nexpand\ncompile\nevaluate   [0-9]+ points, N a second\nshow\n"
                                          "together\n")));
}

TEST_CASE("time without a statement is an error with an example") {
  CHECK(run({"-e", "time"}).err.find("time needs a statement") != std::string::npos);
}
