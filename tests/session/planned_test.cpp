// What is said of operations that have no row yet.
#include "parse/planned.h"

#include <fmt/format.h>

#include "session/session.h"
#include "support/child.h"

namespace {

using nabla::parse::NameClass;
using nabla::testing::ask;

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// The example of each, as it will be asked once it stands.
std::string call_of(std::string_view name) { return fmt::format("{}(x^2, x)", name); }

}  // namespace

TEST_CASE("An operation without a row says so, and with a row it is called") {
  const nabla::session::Session session;
  for (const auto& planned : nabla::parse::planned_operations()) {
    const bool stands = session.classify(planned.name) != NameClass::unknown;
    const auto help = ask(fmt::format("help {}", planned.name));
    if (!stands) CHECK(has(help.out + help.err, "not available yet; meanwhile: "));
    for (const std::string& statement : {call_of(planned.name), std::string(planned.name)}) {
      const auto outcome = ask(statement);
      INFO(statement << "\n" << outcome.err);
      CHECK(has(outcome.err, fmt::format("{} is not available yet; meanwhile: ", planned.name)) == !stands);
    }
  }
}

TEST_CASE("What is to be done meanwhile runs") {
  for (const auto& planned : nabla::parse::planned_operations()) {
    const auto outcome = ask(std::string(planned.meanwhile));
    INFO(planned.name << ": " << planned.meanwhile << "\n" << outcome.err);
    CHECK(outcome.status == 0);
  }
}

TEST_CASE("A message recommends an operation only if it stands") {
  const nabla::session::Session session;
  for (const auto& [statement, name] : {std::pair{"cos(x) = 2", "solve"}, {"x^2 = 2", "solve"}, {"y' = y", "ode"}}) {
    const auto outcome = ask(statement);
    INFO(outcome.err);
    const bool stands = session.classify(name) != NameClass::unknown;
    CHECK(has(outcome.err, fmt::format("{} is not available yet, meanwhile ", name)) == !stands);
    CHECK(has(outcome.err, fmt::format("{}(", name)) == stands);
  }
}
