// Help: what it tells to type can be typed.
#include "session/help/help.h"

#include <set>
#include <sstream>

#include "algebra/rational/identities.h"
#include "parse/planned.h"
#include "session/help/meanings.h"
#include "session/help/topics.h"
#include "session/help/words.h"
#include "support/child.h"
#include "view/answers/format.h"

namespace {

using nabla::testing::Outcome;
using nabla::testing::run;

std::size_t lines_of(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

TEST_CASE("Every statement of the written topics can be typed") {
  for (const nabla::session::WrittenTopic& topic : nabla::session::written_topics()) {
    for (const nabla::session::TopicLine& line : topic.lines) {
      INFO(line.statement);
      const Outcome o = run({"-e", std::string(line.statement)});
      INFO(o.err);
      CHECK((o.status == 0 || o.status == 3));
    }
  }
}

TEST_CASE("Help lists every identity, and `same` proves it") {
  const std::string help = run({"-e", "help identities"}).out;
  std::string script;
  std::string expected;
  for (const nabla::algebra::Identity& i : nabla::algebra::identities()) {
    INFO(i.left);
    CHECK(help.find(std::string(i.left) + " = " + std::string(i.right)) != std::string::npos);
    script += "same(" + std::string(i.left) + ", " + std::string(i.right) + ")\n";
    expected += "true\n";
  }
  CHECK(run({"-"}, {.input = script}).out == expected);
}

TEST_CASE("Every format has its line in help, may be set, and its extension names files of tables") {
  const std::string help = run({"-e", "help formats"}).out;
  const std::string table = run({"-e", "help table"}).out;
  for (const nabla::view::FormatRow& row : nabla::view::formats()) {
    INFO(row.name);
    CHECK(help.find("set format " + std::string(row.name)) != std::string::npos);
    CHECK(run({"--format", std::string(row.name), "-e", "1 + 1"}).status == 0);
    CHECK(nabla::view::format_named(row.name) == &row);
    if (row.extension.empty()) continue;
    CHECK(help.find("." + std::string(row.extension)) != std::string::npos);
    CHECK(table.find("." + std::string(row.extension)) != std::string::npos);
    CHECK(nabla::view::format_of_extension(row.extension) == &row);
  }
  CHECK(nabla::view::format_of_extension("") == nullptr);
}

TEST_CASE("The example of every word of the language gives its answer") {
  for (const nabla::session::Word& word : nabla::session::words()) {
    if (word.answer.empty()) continue;
    INFO(word.example);
    CHECK(run({"-e", std::string(word.example)}).out == std::string(word.answer) + "\n");
  }
}

TEST_CASE("A derivative by each argument says by which") {
  CHECK(run({"-e", "help round"}).out.find("by x: 0\n") != std::string::npos);
  CHECK(run({"-e", "help atan2"}).out.find("by y: x/(x^2 + y^2); by x: -y/(x^2 + y^2)\n") != std::string::npos);
  CHECK(run({"-e", "help sin"}).out.find("derivative  cos(x)\n") != std::string::npos);
}

TEST_CASE("Every lesson and topic is listed, and the first help is one screen") {
  const std::string topics = run({"-e", "help topics"}).out;
  for (const char* name : {"notation", "functions", "constants", "calculus", "commands", "plots", "settings", "formats",
                           "certainty", "lessons", "gradients"}) {
    INFO(name);
    CHECK(topics.find(name) != std::string::npos);
  }
  CHECK(lines_of(run({"-e", "help"}).out) <= 22);
}

TEST_CASE("Help on a command shows its example at work") {
  CHECK(run({"-e", "x = 7; help steps"}).out.find("product rule") != std::string::npos);
  CHECK(run({"-e", "?table"}).out.find("1.41421356237") != std::string::npos);
  CHECK(lines_of(run({"--format", "json", "-e", "help table"}).out) == 1);
}

TEST_CASE("What a word is looked for stands in help, or is planned") {
  const nabla::session::Session session;
  std::set<std::string> words;
  for (const nabla::session::Meaning& meaning : nabla::session::meanings()) {
    std::istringstream list{std::string(meaning.words)};
    for (std::string word; list >> word;) {
      INFO(word);
      CHECK(words.insert(word).second);
    }
    std::istringstream names{std::string(meaning.names)};
    for (std::string name; names >> name;) {
      INFO(meaning.words << ": " << name);
      const auto topics = nabla::session::help_topics();
      const bool stands = nabla::session::help_on(session, name).has_value() ||
                          std::find(topics.begin(), topics.end(), name) != topics.end();
      CHECK((stands || nabla::parse::find_planned(name) != nullptr));
    }
    CHECK_FALSE(nabla::session::help_search(session, *words.begin()).empty());
  }
}

TEST_CASE("Help finds by meaning") {
  const auto first_line = [](const char* word) {
    const std::string out = run({"-e", std::string("help ") + word}).out;
    const std::size_t begin = out.find('\n') + 1;
    return out.substr(begin, out.find('\n', begin) - begin);
  };
  CHECK(first_line("derivative").find("diff(") != std::string::npos);
  CHECK(first_line("maximum").find("extrema") != std::string::npos);
  CHECK(first_line("modulo").find("mod(") != std::string::npos);
  CHECK(first_line("combinations").find("binomial(") != std::string::npos);
  CHECK(first_line("exit").find("quit") != std::string::npos);
  CHECK(first_line("percent").find("20/100*150") != std::string::npos);
  for (const char* word : {"zero", "fraction", "export", "latex", "paste", "me"}) {
    INFO(word);
    CHECK_FALSE(first_line(word).empty());
  }
}
