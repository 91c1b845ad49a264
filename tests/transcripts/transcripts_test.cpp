// Sessions as text: tests/transcripts, tests/errors, the lessons and the sessions of the README are played again and must read the
// same.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "base/error.h"

namespace {

namespace fs = std::filesystem;
using nabla::base::Code;

const std::string kTests = std::string(NABLA_TEST_FOLDER) + "/..";

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string all_of(std::FILE* pipe) {
  std::string text;
  char buffer[4096];
  for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, got);
  return text;
}

// What tests/transcripts/play makes of a session in a file.
std::string played(const fs::path& path) {
  const std::string command = kTests + "/transcripts/play " + NABLA_PROGRAM + " " + path.string();
  std::FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string text = all_of(pipe);
  pclose(pipe);
  return text;
}

std::vector<fs::path> sessions(const std::string& folder) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(kTests + "/" + folder)) {
    if (entry.path().extension() == ".txt") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  REQUIRE_FALSE(paths.empty());
  return paths;
}

void play_all(const std::string& folder) {
  for (const fs::path& path : sessions(folder)) {
    INFO(path.filename().string() << ": if the change is meant, scripts/transcripts --approve");
    CHECK(played(path) == content(path));
  }
}

}  // namespace

TEST_CASE("Sessions read as they did") { play_all("transcripts"); }

TEST_CASE("Errors read as they did") { play_all("errors"); }

TEST_CASE("Lessons read as they did, and go without errors") {
  play_all("lessons");
  std::size_t lessons = 0;
  for (const auto& entry : fs::directory_iterator(std::string(NABLA_SOURCE_FOLDER) + "/scripts/lessons")) {
    const fs::path transcript = kTests + "/lessons/" + entry.path().stem().string() + ".txt";
    INFO(transcript);
    CHECK(content(transcript).find("error:") == std::string::npos);
    CHECK(fs::exists(transcript));
    ++lessons;
  }
  CHECK(lessons == sessions("lessons").size());
}

TEST_CASE("Every kind of error has a session") {
  // An interrupt needs a terminal; tests/program has it.
  std::set<std::string> named;
  for (const fs::path& path : sessions("errors")) named.insert(path.stem().string());
  for (int code = 0; code <= static_cast<int>(Code::usage); ++code) {
    const std::string name(nabla::base::name_of(static_cast<Code>(code)));
    INFO(name);
    CHECK((name == "interrupted" || named.contains(name)));
  }
}

TEST_CASE("The pages are true: their sessions, and the reference made from the rows") {
  const std::string script = "NABLA=" NABLA_PROGRAM " " NABLA_SOURCE_FOLDER "/scripts/readme --check";
  std::FILE* pipe = popen(script.c_str(), "r");
  REQUIRE(pipe != nullptr);
  const std::string differences = all_of(pipe);
  INFO("if the change is meant, scripts/readme writes it");
  CHECK(differences.empty());
  CHECK(pclose(pipe) == 0);
}
