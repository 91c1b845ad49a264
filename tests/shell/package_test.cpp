// What is made from the program's tables is as they say.
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "child.h"
#include "shell/reference.h"

namespace {

std::string content(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("The reference, the manual page and the completion files are what the tables say") {
  for (const nabla::shell::Page& page : nabla::shell::pages()) {
    INFO(page.file << ": if the tables are right, scripts/reference");
    const std::string kept = content(std::string(NABLA_SOURCE_FOLDER) + "/" + std::string(page.file));
    const std::string made = page.text();
    CHECK((page.name == "summary" ? kept.find(made) != std::string::npos : kept == made));
    CHECK(nabla::testing::run({"--page", std::string(page.name)}).out == made);
  }
  CHECK(nabla::testing::run({"--page", "nosuch"}).status == 2);
}

TEST_CASE("The completion for bash is a script that bash can read") {
  const std::string check = R"(bash -c 'source ")" NABLA_SOURCE_FOLDER R"(/share/bash-completion/completions/nabla"
COMP_WORDS=(nabla --style p)
COMP_CWORD=2
_nabla
test "${COMPREPLY[*]}" = plain')";
  CHECK(std::system(check.c_str()) == 0);
}
