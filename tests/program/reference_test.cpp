// What is made from the rows: the manual page and the completion files. src/REFERENCE.md is checked in
// transcripts_test.cpp.
#include <array>
#include <cstdio>
#include <fstream>

#include "calc/elaborate/operation_list.h"
#include "functions/table.h"
#include "program/options.h"
#include "session/command.h"
#include "session/settings.h"
#include "support/child.h"

namespace {

using namespace nabla;

std::string reference(const std::string& kind) {
  const testing::Outcome made = testing::run({"--reference", kind});
  CHECK(made.status == 0);
  return made.out;
}

bool is_installed(const std::string& program) {
  return std::system(("command -v " + program + " >/dev/null").c_str()) == 0;
}

// The first line that a command of the shell writes.
std::string first_line(const std::string& command) {
  std::FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::array<char, 4096> line{};
  const bool got = std::fgets(line.data(), static_cast<int>(line.size()), pipe) != nullptr;
  pclose(pipe);
  return got ? line.data() : "";
}

// What bash offers for the last of the words.
std::string completed_by_bash(const std::string& words) {
  return first_line("bash -c 'eval \"$(" NABLA_PROGRAM " --reference bash)\"; COMP_WORDS=(" + words +
                    "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _nabla; echo \"${COMPREPLY[@]}\"'");
}

}  // namespace

TEST_CASE("Every row has its place in the reference") {
  for (const std::string kind : {"markdown", "man"}) {
    const std::string text = reference(kind);
    const auto has = [&](std::string_view name) {
      INFO(kind << " " << name);
      std::string written(name);
      for (std::size_t at = 0; kind == "man" && (at = written.find('-', at)) != std::string::npos; at += 2) {
        written.insert(at, "\\");
      }
      CHECK(text.find(written) != std::string::npos);
    };
    for (const expr::Function& f : functions::table()) has(f.title);
    for (const expr::Operation* o : calc::operations()) has(o->example);
    for (const session::Command* c : session::commands()) has(c->help.substr(0, c->help.find('|')));
    for (const session::SettingRow& s : session::setting_rows()) has(s.help);
    for (const program::OptionText& o : program::option_texts()) has(o.help);
  }
}

TEST_CASE("Completion files hold every option and its words") {
  for (const program::OptionText& o : program::option_texts()) {
    const std::string_view bare = o.name.substr(o.name.starts_with("--") ? 2 : 1);
    for (const std::string kind : {"bash", "zsh", "fish"}) {
      INFO(kind << " " << o.name);
      CHECK(reference(kind).find(bare) != std::string::npos);
    }
  }
  CHECK(completed_by_bash("nabla --st") == "--style\n");
  CHECK(completed_by_bash("nabla --style p") == "plain\n");
  CHECK(completed_by_bash("nabla --style = p") == "plain\n");
  CHECK(completed_by_bash("nabla --format =") == "text csv markdown latex json\n");
  CHECK(completed_by_bash("nabla --digits 1") == "\n");
  CHECK(completed_by_bash("nabla /usr/incl") == "/usr/include\n");
}

TEST_CASE("fish and zsh can read their completion files, where they are installed") {
  if (is_installed("fish")) {
    const testing::Folder home;
    const std::string fish =
        "HOME=" + home.path() + " fish -c '" NABLA_PROGRAM " --reference fish | source; complete -C \"nabla ";
    CHECK(first_line(fish + "--st\"'") == "--style\tx²·√y or x^2*sqrt(y)\n");
    CHECK(first_line(fish + "--style u\"'").starts_with("unicode\t"));
  }
  if (is_installed("zsh")) {
    CHECK(first_line(NABLA_PROGRAM " --reference zsh | zsh -fn /dev/stdin 2>&1").empty());
  }
}

TEST_CASE("The manual page is well formed, where there is a formatter") {
  if (!is_installed("groff")) return;
  CHECK(first_line(NABLA_PROGRAM " --reference man | groff -man -Tutf8 -Kutf8 -ww -z 2>&1").empty());
}

TEST_CASE("A kind of reference that there is not is bad usage") {
  const testing::Outcome outcome = testing::run({"--reference", "html"});
  CHECK(outcome.status == 2);
  CHECK(outcome.out.empty());
}
