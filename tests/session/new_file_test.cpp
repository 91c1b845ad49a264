// Files are replaced whole; what is no plain file stays what it is.
#include "session/new_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/error.h"
#include "support/child.h"

using nabla::session::NewFile;
using nabla::testing::Folder;
namespace fs = std::filesystem;

namespace {

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

void put(const std::string& path, std::string_view text) {
  NewFile file(path, {});
  file.write(text);
  file.complete();
}

long count_files(const std::string& folder) { return std::distance(fs::directory_iterator(folder), {}); }

}  // namespace

TEST_CASE("a file keeps its mode, a link its place, and other names their content") {
  const Folder folder;
  const std::string plain = folder.write("plain", "old");
  REQUIRE(chmod(plain.c_str(), 0640) == 0);
  fs::create_symlink("plain", folder.path() + "/link");
  fs::create_symlink("not there yet", folder.path() + "/dangling");
  put(folder.path() + "/link", "new");
  CHECK(content(plain) == "new");
  CHECK(fs::is_symlink(folder.path() + "/link"));
  CHECK((fs::status(plain).permissions() & fs::perms::mask) == fs::perms(0640));
  put(folder.path() + "/dangling", "made");
  CHECK(content(folder.path() + "/not there yet") == "made");
  fs::create_hard_link(plain, folder.path() + "/second");
  put(plain, "for both");
  CHECK(content(folder.path() + "/second") == "for both");
  CHECK(count_files(folder.path()) == 5);
}

TEST_CASE("devices and pipes are written to") {
  CHECK_THROWS_AS(put("/dev/full", "text"), nabla::base::Error);
  CHECK(fs::is_character_file("/dev/full"));
  put("/dev/null", "text");
  CHECK(fs::is_character_file("/dev/null"));
  const Folder folder;
  const std::string pipe = folder.path() + "/pipe";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  CHECK_THROWS_AS(put(pipe, "nobody reads"), nabla::base::Error);
  const int reader = open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
  put(pipe, "text");
  char got[8] = {};
  CHECK(read(reader, got, sizeof got) == 4);
  close(reader);
  CHECK(fs::is_fifo(pipe));
}

TEST_CASE("what is not to be written is refused") {
  const Folder folder;
  const std::string fixed = folder.write("fixed", "old");
  REQUIRE(chmod(fixed.c_str(), 0444) == 0);
  if (geteuid() != 0) {
    CHECK_THROWS_AS(put(fixed, "new"), nabla::base::Error);
    CHECK(content(fixed) == "old");
  } else {
    put(fixed, "new");
    CHECK((fs::status(fixed).permissions() & fs::perms::mask) == fs::perms(0444));
  }
  CHECK_THROWS_AS(put(folder.path(), "text"), nabla::base::Error);
}

TEST_CASE("an incomplete file is not there, and what killed processes left goes") {
  const Folder folder;
  const std::string left = folder.write(".t.csv.nabla-999999999.abcdef", "left");
  const std::string in_use = folder.write(fmt::format(".t.csv.nabla-{}.abcdef", getppid()), "in use");
  const std::string other = folder.write("t.csv.backup", "of the user");
  { NewFile(folder.path() + "/t.csv", {}).write("half"); }
  CHECK_FALSE(fs::exists(folder.path() + "/t.csv"));
  CHECK_FALSE(fs::exists(left));
  CHECK(fs::exists(in_use));
  CHECK(fs::exists(other));
  CHECK(count_files(folder.path()) == 2);
}
