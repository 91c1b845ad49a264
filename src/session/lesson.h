// Lessons: scripts played a step at a time, with their comments as text. The first comment is the
// title.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parse/reader.h"

namespace nabla::session {

// A text, and the statements that follow it.
struct LessonStep {
  std::string words;  // lines ending in "\n"
  std::vector<parse::StatementReader::Piece> statements;
};

struct Lesson {
  std::string name;
  std::string title;
  std::string path;
  std::string shown_path;  // in notes and errors
  std::vector<LessonStep> steps;
  std::size_t next = 0;  // step
};

// The lessons that come with the program, in the order of their titles, which begin with a number. Their steps are left
// out.
std::vector<Lesson> shipped_lessons();

// A shipped lesson by its name, or a file by its path, which has a "/" or ends in ".nabla". Throws Error (argument,
// io), its span left empty.
Lesson find_lesson(std::string_view name);

// Whether the text is a path and not a name.
bool is_lesson_path(std::string_view name);

}  // namespace nabla::session
