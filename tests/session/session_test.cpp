// Saving, taking back, showing; help; lessons.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/text.h"
#include "session/command.h"
#include "session/help/help.h"
#include "session/help/words.h"
#include "support/child.h"

using nabla::testing::Folder;
using nabla::testing::Outcome;
using nabla::testing::run;

namespace {

std::string content(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("A saved session reads back as it was") {
  const Folder folder;
  const std::string definitions =
      "g(x) = x\nf(x) = g(x) + a x\na = sqrt(2)\ng(x) = x^3\ny = t^2 + 1\nt = 3\nu = [1/3, pi]\n"
      "odd(n) = 0\neven(n) = n == 0 ? 1 : odd(n - 1)\nodd(n) = n == 0 ? 0 : even(n - 1)\nset digits 20\n";
  const std::string questions = "f(2)\ny\nu\neven(10)\nodd(7)\n1/3\n";
  const Outcome before = run({"-"}, {.input = definitions + "save s.nabla\n" + questions, .folder = folder.path()});
  REQUIRE(before.err == "");
  const Outcome after = run({"s.nabla", "-"}, {.input = questions, .folder = folder.path()});
  CHECK(after.err == "");
  CHECK(after.out == before.out);
  const std::string script = content(folder.path() + "/s.nabla");
  CHECK(script.find("a = sqrt(2)\n") != std::string::npos);
  CHECK(script.find("set digits 20\n") != std::string::npos);
  run({"s.nabla", "-"}, {.input = "save again.nabla\n", .folder = folder.path()});
  CHECK(content(folder.path() + "/again.nabla").find("f(x) = g(x) + a x\n") != std::string::npos);
}

TEST_CASE("What cannot be saved is an error, and nothing is half written") {
  const Folder folder;
  CHECK(run({"-e", "save /nowhere/s.nabla"}).err.find("cannot be written") != std::string::npos);
  CHECK(run({"-e", "save ."}).status == 1);
  CHECK(run({"--sandbox", "-e", "a = 1", "-e", "save s.nabla"}, {.folder = folder.path()}).status == 1);
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("Definitions and clears are taken back one by one") {
  const Outcome o =
      run({"--keep-going", "-"}, {.input = "a = 1\na = 2\nb = 3\nundo\nundo\na\nclear\nundo\na\nundo\nundo\n"});
  CHECK(o.out == "1\n1\n");
  CHECK(o.err.find("b is not defined any more") != std::string::npos);
  CHECK(o.err.find("nothing to take back") != std::string::npos);
}

TEST_CASE("A list of definitions says what they are and what they use") {
  const Outcome o = run({"-"}, {.input = "f(x) = a x\na = 2\ny = t + 1\nu = [a, 1]\nshow\nshow f\n"});
  CHECK(o.out ==
        "f(x) = a x  # function; uses a\n"
        "a = 2       # number\n"
        "y = t + 1   # expression in t\n"
        "u = [2, 1]  # vector of 2\n"
        "f(x) = a x  # function; uses a\n");
}

TEST_CASE("There is help on every name, on lines of 80 columns") {
  const nabla::session::Session session;
  std::vector<std::string> names = session.all();
  for (const std::string_view word : nabla::session::command_words()) names.emplace_back(word);
  for (const auto& row : nabla::session::setting_rows()) names.emplace_back(row.name);
  for (const auto& word : nabla::session::words()) names.emplace_back(word.name);
  for (const std::string_view topic : nabla::session::help_topics()) names.emplace_back(topic);
  for (const std::string& name : names) {
    INFO(name);
    const auto text = nabla::session::help_on(session, name);
    REQUIRE(text);
    std::istringstream lines(*text);
    for (std::string line; std::getline(lines, line);) {
      INFO(line);
      CHECK(nabla::base::display_width(line) <= 80);
    }
  }
  const std::string tour = nabla::session::help_tour();
  CHECK(std::count(tour.begin(), tour.end(), '\n') <= 23);
}

TEST_CASE("Help fits in a narrow terminal, columns under each other") {
  const nabla::session::Session session;
  const auto text = nabla::session::help_on(session, "normpdf", 50);
  REQUIRE(text);
  std::istringstream lines(*text);
  bool goes_on = false;
  for (std::string line; std::getline(lines, line);) {
    INFO(line);
    CHECK(nabla::base::display_width(line) <= 50);
    goes_on = goes_on || line.starts_with(std::string(14, ' '));
  }
  CHECK(goes_on);
  CHECK(nabla::session::help_search(nabla::session::Session(), "term", 50).find("\n                      ") !=
        std::string::npos);
}

TEST_CASE("An example is answered in the style of the session") {
  nabla::session::Session session;
  CHECK(nabla::session::help_on(session, "diff")->find("2x·sin(x) + x²·cos(x)\n") != std::string::npos);
  session.settings.look.style = nabla::view::Style::plain;
  CHECK(nabla::session::help_on(session, "diff")->find("2*x*sin(x) + x^2*cos(x)\n") != std::string::npos);
}

TEST_CASE("A word that names nothing is looked for in all help") {
  const Outcome o = run({"-e", "help unit circle"});
  CHECK(o.out.find("sin(x)") != std::string::npos);
  CHECK(o.out.find("log") == std::string::npos);
  const std::string ans = run({"-e", "help rans"}).out;
  CHECK(ans.empty());
  CHECK(run({"-e", "help zorp"}).status == 1);
}
