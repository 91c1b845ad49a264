#include "terminal/history.h"

#include <sys/stat.h>
#include <unistd.h>

#include "support/typist.h"

namespace {

struct History : nabla::terminal::History {
  explicit History(std::string path)
      : nabla::terminal::History(std::move(path), [this](const std::string&) { ++warnings; }) {}
  int warnings = 0;
};

}  // namespace

using nabla::testing::Home;
using Texts = std::vector<std::string>;

TEST_CASE("What is appended is loaded, once, in order, several lines as one") {
  const Home home;
  History first(home.history());
  CHECK(first.load().empty());
  const Texts typed{"1 + 1", "[1,\n2]", "a \\\n+ b", "\\n", "1 + 1"};
  for (const std::string& t : typed) first.append(t);
  CHECK(History(home.history()).load() == Texts{"[1,\n2]", "a \\\n+ b", "\\n", "1 + 1"});
  struct stat about {};
  REQUIRE(stat(home.history().c_str(), &about) == 0);
  CHECK((about.st_mode & 0777) == 0600);
}

TEST_CASE("Sessions see what others add") {
  const Home home;
  History one(home.history());
  History two(home.history());
  one.load();
  two.load();
  one.append("1");
  CHECK(two.added() == Texts{"1"});
  CHECK(two.added().empty());
  two.append("2");
  CHECK(two.added().empty());
  CHECK(one.added() == Texts{"2"});
}

TEST_CASE("A long file keeps the newest statements, on the disk when it is compacted") {
  const Home home;
  std::string lines;
  for (int i = 0; i < 20'000; ++i) lines += std::to_string(i) + "\n";
  home.write("nabla/history", lines);
  History h(home.history());
  const Texts loaded = h.load();
  REQUIRE(loaded.size() == History::kMostLines);
  CHECK(loaded.front() == "10000");
  CHECK(loaded.back() == "19999");
  h.append("last");
  h.compact();
  CHECK(home.read("nabla/history").starts_with("10001\n"));
  CHECK(home.read("nabla/history").ends_with("\n19999\nlast\n"));
  h.append("one more");
  CHECK(History(home.history()).load().back() == "one more");
  struct stat about {};
  REQUIRE(stat(home.history().c_str(), &about) == 0);
  CHECK((about.st_mode & 0777) == 0600);
}

TEST_CASE("A line that was cut off does not spoil the next") {
  const Home home;
  home.write("nabla/history", "1\n2 +");
  History h(home.history());
  CHECK(h.load() == Texts{"1", "2 +"});
  h.append("3");
  CHECK(History(home.history()).load() == Texts{"1", "2 +", "3"});
}

TEST_CASE("A damaged file gives what is text in it") {
  const Home home;
  home.write("nabla/history", std::string("1\n\xff\xfe\n\0\0\x01\n2\n", 11));
  History h(home.history());
  CHECK(h.load() == Texts{"1", "2"});
  CHECK(h.warnings == 1);
}

TEST_CASE("What is no file is left alone") {
  const Home home;
  home.write("folder/history/file", "");
  History folder(home.path("folder/history"));
  CHECK(folder.load().empty());
  CHECK(folder.warnings == 1);
  folder.append("1");
  CHECK(folder.warnings == 1);

  home.write("link/other", "");
  REQUIRE(symlink("/dev/full", home.path("link/history").c_str()) == 0);
  History device(home.path("link/history"));
  CHECK(device.load().empty());
  CHECK(device.warnings == 1);
  device.append("1");
  CHECK(device.warnings == 1);

  REQUIRE(mkfifo(home.path("pipe").c_str(), 0600) == 0);
  History pipe(home.path("pipe"));
  CHECK(pipe.load().empty());
  CHECK(pipe.warnings == 1);

  History below_file(home.path("link/other/history"));
  CHECK(below_file.load().empty());
  CHECK(below_file.warnings == 1);
  below_file.append("1");
  CHECK(below_file.warnings == 1);

  History nowhere("");
  CHECK(nowhere.load().empty());
  nowhere.append("1");
  nowhere.compact();
}
