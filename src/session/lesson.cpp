#include "session/lesson.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>

#include "base/error.h"
#include "parse/suggest.h"

namespace nabla::session {

namespace {

namespace fs = std::filesystem;
using base::Code;
using base::Error;

constexpr std::string_view kExtension = ".nabla";
constexpr std::string_view kBlanks = " \t\r";

// The text of a comment line; nothing for other lines.
std::optional<std::string_view> comment(std::string_view line) {
  const std::size_t mark = line.find_first_not_of(kBlanks);
  if (mark == std::string_view::npos || line[mark] != '#') return std::nullopt;
  line.remove_prefix(mark + 1);
  if (line.starts_with(' ')) line.remove_prefix(1);
  return line.substr(0, line.find_last_not_of(kBlanks) + 1);
}

// Beside the program in a build folder, else where it is installed; "" if there is none.
fs::path lesson_folder() {
  std::error_code ignored;
  const fs::path folder = fs::read_symlink("/proc/self/exe", ignored).parent_path();
  for (const char* place : {"lessons", "../lessons", "../share/nabla/lessons"}) {
    if (fs::is_directory(folder / place, ignored)) return folder / place;
  }
  return {};
}

Lesson named(const fs::path& path) {
  Lesson lesson;
  lesson.name = path.stem().string();
  lesson.path = path.string();
  lesson.shown_path = path.filename().string();
  return lesson;
}

// Calls visit(line) for each line of a lesson's file.
template <class Visit>
void each_line(const Lesson& lesson, Visit visit) {
  std::error_code ignored;
  if (fs::is_directory(lesson.path, ignored))
    throw Error(Code::io, {}, lesson.path + " cannot be read: it is a folder");
  std::ifstream file(lesson.path);
  if (!file) throw Error(Code::io, {}, lesson.path + " cannot be read: " + std::strerror(errno));
  for (std::string line; std::getline(file, line);) {
    if (!visit(line)) return;
  }
}

void read_title(Lesson& lesson) {
  each_line(lesson, [&](std::string_view line) {
    if (const auto words = comment(line)) lesson.title = *words;
    return lesson.title.empty();
  });
}

void read_steps(Lesson& lesson) {
  parse::StatementReader reader;
  LessonStep step;
  const auto end_step = [&] {
    if (!step.words.empty() || !step.statements.empty()) lesson.steps.push_back(std::move(step));
    step = {};
  };
  each_line(lesson, [&](std::string_view line) {
    const bool within = reader.open();
    if (line.ends_with('\r')) line.remove_suffix(1);
    reader.feed(line, step.statements);
    if (!within) {
      if (const auto words = comment(line)) step.words += std::string(*words) + "\n";
    }
    if (!step.statements.empty() && !reader.open()) end_step();
    return true;
  });
  reader.finish(step.statements);
  end_step();
}

}  // namespace

std::vector<Lesson> shipped_lessons() {
  std::vector<Lesson> lessons;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(lesson_folder(), failed)) {
    if (entry.path().extension() == kExtension) read_title(lessons.emplace_back(named(entry.path())));
  }
  std::ranges::sort(lessons, {}, &Lesson::title);
  return lessons;
}

bool is_lesson_path(std::string_view name) {
  return name.find('/') != std::string_view::npos || name.ends_with(kExtension);
}

Lesson find_lesson(std::string_view name) {
  Lesson lesson;
  if (is_lesson_path(name)) {
    lesson = named(fs::path(name));
    lesson.shown_path = lesson.path;
    read_title(lesson);
  } else {
    std::vector<Lesson> all = shipped_lessons();
    const auto found = std::ranges::find(all, name, &Lesson::name);
    if (found == all.end()) {
      std::vector<std::string> names;
      for (const Lesson& l : all) names.push_back(l.name);
      throw Error(Code::argument, {}, "there is no lesson '" + std::string(name) + "'", "lesson alone lists them",
                  parse::closest_name(name, names));
    }
    lesson = std::move(*found);
  }
  read_steps(lesson);
  return lesson;
}

}  // namespace nabla::session
