// Sessions as text: tests/transcripts, tests/errors, the lessons and the README are played again and must read the
// same.
#include <unistd.h>

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
constexpr std::string_view kPrompt = "∇> ";

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// What tests/transcripts/play makes of a session in a file.
std::string played(const fs::path& path) {
  const std::string command = kTests + "/transcripts/play " + NABLA_PROGRAM + " " + path.string();
  std::FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string text;
  char buffer[4096];
  for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, got);
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

// The indented blocks of a page that begin with a prompt.
std::vector<std::string> sessions_in(const std::string& page) {
  std::vector<std::string> found;
  std::istringstream lines(page);
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    const bool indented = line.starts_with("    ");
    if (indented && !inside && line.starts_with("    " + std::string(kPrompt))) found.emplace_back();
    inside = indented && (inside || line.starts_with("    " + std::string(kPrompt)));
    if (inside) found.back() += line.substr(4) + "\n";
  }
  return found;
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
  // An interrupt needs a terminal; tests/shell has it.
  std::set<std::string> named;
  for (const fs::path& path : sessions("errors")) named.insert(path.stem().string());
  for (int code = 0; code <= static_cast<int>(Code::usage); ++code) {
    const std::string name(nabla::base::name_of(static_cast<Code>(code)));
    INFO(name);
    CHECK((name == "interrupted" || named.contains(name)));
  }
}

TEST_CASE("The sessions of the README are true") {
  const auto found = sessions_in(content(std::string(NABLA_SOURCE_FOLDER) + "/README.md"));
  REQUIRE_FALSE(found.empty());
  const fs::path path = fs::temp_directory_path() / ("nabla-readme-" + std::to_string(getpid()) + ".txt");
  for (const std::string& session : found) {
    std::ofstream(path, std::ios::binary) << session;
    CHECK(played(path) == session);
  }
  fs::remove(path);
}
