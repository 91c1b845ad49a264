// Tables and plots as files: whole, the same at every run, or not there at all.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "support/child.h"

using nabla::testing::Folder;
using nabla::testing::Outcome;
using nabla::testing::run;

namespace {

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

std::size_t count_files(const std::string& folder) {
  std::size_t n = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder)) ++n;
  return n;
}

}  // namespace

TEST_CASE("pictures are files of their kind, the same at every run") {
  for (const auto& [extension, start] :
       {std::pair<std::string, std::string>{"svg", "<?xml"}, {"png", "\x89PNG\r\n"}, {"pdf", "%PDF"}}) {
    const Folder folder;
    const std::string statement = "plot sin(x), 1/x for x = -5..5 mark roots as p." + extension;
    const Outcome o = run({"-e", statement}, {.folder = folder.path()});
    CHECK(o.status == 0);
    CHECK(o.out.empty());
    const std::string first = content(folder.path() + "/p." + extension);
    CHECK(first.starts_with(start));
    run({"-e", statement}, {.folder = folder.path()});
    CHECK((content(folder.path() + "/p." + extension) == first));
    CHECK(count_files(folder.path()) == 1);
  }
}

TEST_CASE("a table is a file of its kind") {
  const Folder folder;
  const Outcome o = run({"-e", "table x^2, 1/x for x = 0..2 as t.csv", "-e",
                         "table x y for x = 1..2, y = 1..2 as \"a b.md\"", "-e", "table x^2 for x = 0..1 as t.json"},
                        {.folder = folder.path()});
  CHECK(o.status == 0);
  CHECK(content(folder.path() + "/t.csv") == "x,x^2,1/x\n0,0,\n1,1,1\n2,4,0.5\n");
  CHECK(content(folder.path() + "/a b.md") ==
        "| x \\ y | 1 | 2 |\n| ---: | ---: | ---: |\n| 1 | 1 | 2 |\n| 2 | 2 | 4 |\n");
  CHECK(content(folder.path() + "/t.json").find("\"rows\":[[0,0],[1,1]]") != std::string::npos);
}

TEST_CASE("what fails leaves no file, and an old one as it was") {
  const Folder folder;
  folder.write("old.svg", "old");
  folder.write("file", "");
  for (const char* statement : {"plot ln(x) for x = -2..-1 as old.svg", "plot x as file/p.svg", "plot x as old.gif",
                                "table x for x = 0..1 as file/t.csv", "table y for x = 0..1 as t.csv"}) {
    const Outcome o = run({"-e", statement}, {.folder = folder.path()});
    CHECK(o.status == 1);
    CHECK(o.err.find("error: ") != std::string::npos);
  }
  CHECK(count_files(folder.path()) == 2);
  CHECK(content(folder.path() + "/old.svg") == "old");
  CHECK(run({"--sandbox", "-e", "plot x as p.svg"}, {.folder = folder.path()}).status == 1);
  CHECK(count_files(folder.path()) == 2);
}

TEST_CASE("what is written to standard output stands among the answers") {
  const Folder folder;
  const std::string into = folder.path() + "/out";
  const std::string command = NABLA_PROGRAM " -e 'a = 2' -e 6 -e 'save /dev/stdout' -e 7 > " + into;
  CHECK(std::system(command.c_str()) == 0);
  const std::string found = content(into);
  CHECK(found.starts_with("6\n#"));
  CHECK(found.ends_with("a = 2\n7\n"));
  CHECK(run({"-e", "a = 2", "-e", "6", "-e", "save /dev/stdout", "-e", "7"}).out == found);
  CHECK(count_files(folder.path()) == 1);
}

TEST_CASE("without a terminal a plot is ASCII of the width asked for") {
  for (const char* width : {"40", "80", "120"}) {
    const Outcome o = run({"--width", width, "-e", "plot sin(x), x^2/9 for x = -3..3"});
    CHECK(o.status == 0);
    std::istringstream lines(o.out);
    for (std::string line; std::getline(lines, line);) {
      CHECK(line.size() <= std::stoul(width));
      CHECK(line.find_first_not_of("*+-|. x0123456789sin()^/") == std::string::npos);
    }
  }
}

TEST_CASE("a long table is written to its end") {
  const Outcome o = run({"--format", "csv", "-e", "table x^2 for x = 1..100000 step 1"});
  CHECK(o.status == 0);
  CHECK(std::count(o.out.begin(), o.out.end(), '\n') == 100'001);
  CHECK(o.out.ends_with("100000,10000000000\n"));
}
