// Interpreter: statements from texts, files, descriptors and lessons.
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "base/text.h"
#include "session/interpreter.h"
#include "session/style.h"

namespace nabla::session {

using base::Code;
using base::Error;
using Piece = parse::StatementReader::Piece;

namespace {

constexpr int kMostFilesOpen = 16;
constexpr std::size_t kLongestLine = 32 << 20;  // bytes
constexpr int kPatience = 50;                   // milliseconds between two looks at the clock while nothing comes
constexpr int kLessonColumns = 80;              // for which lessons are written
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// The paragraphs of a text folded anew for a narrow terminal; lines that begin with a blank stay lines.
std::string fitting(std::string_view text, int columns) {
  if (columns >= kLessonColumns) return std::string(text);
  std::string joined;
  bool goes_on = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    const bool fills = !line.empty() && line.front() != ' ';
    if (goes_on) joined += fills ? ' ' : '\n';
    joined += line;
    if (!fills) joined += '\n';
    goes_on = fills;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return base::folded(joined, static_cast<std::size_t>(columns));
}

// Cuts what is fed into lines and statements.
class Feeder {
 public:
  Feeder(Interpreter& interpreter, const Source& source) : interpreter_(interpreter), source_(source) {}

  void feed(std::string_view text) {
    while (interpreter_.running()) {
      const std::size_t end = text.find('\n');
      if (end == std::string_view::npos) break;
      rest_ += text.substr(0, end);
      text.remove_prefix(end + 1);
      line();
    }
    rest_ += text;
    if (rest_.size() > kLongestLine) throw Error(Code::limit, {}, "a line has more than 32 million characters");
  }

  void finish() {
    if (!interpreter_.running()) return;
    if (!rest_.empty()) line();
    reader_.finish(pieces_);
    run();
  }

 private:
  void line() {
    if (is_first_ && rest_.starts_with(kByteOrderMark)) rest_.erase(0, kByteOrderMark.size());
    is_first_ = false;
    if (rest_.ends_with('\r')) rest_.pop_back();
    reader_.feed(rest_, pieces_);
    rest_.clear();
    run();
  }

  void run() {
    for (const Piece& p : pieces_) {
      if (interpreter_.running()) interpreter_.run(p, source_);
    }
    pieces_.clear();
  }

  Interpreter& interpreter_;
  const Source& source_;
  parse::StatementReader reader_;
  std::vector<Piece> pieces_;
  std::string rest_;
  bool is_first_ = true;
};

// A file that is being read, while this lives. Throws Error (limit) if there are too many.
class OpenFile {
 public:
  OpenFile(int& open_files, const std::string& path) : open_files_(open_files) {
    if (open_files >= kMostFilesOpen) {
      throw Error(Code::limit, {}, fmt::format("files that read files are {} deep", open_files),
                  fmt::format("does {} read itself?", path));
    }
    ++open_files_;
  }
  ~OpenFile() { --open_files_; }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

 private:
  int& open_files_;
};

[[noreturn]] void cannot_read(const std::string& name, std::string_view why) {
  throw Error(Code::io, {}, fmt::format("{} cannot be read: {}", name, why));
}

}  // namespace

void Interpreter::run_text(std::string_view text, const Source& source) {
  Feeder feeder(*this, source);
  feeder.feed(text);
  feeder.finish();
}

// Returns when there is something to read, or the end. Throws Error (timeout, interrupted) when the run ends before.
void Interpreter::wait_for_text(int descriptor) const {
  base::Budget budget;
  budget.stop = session_.stop.get();
  budget.deadline = files_open_ > 0 ? deadline() : options_.end;
  pollfd waiting{descriptor, POLLIN, 0};
  for (;;) {
    const int found = poll(&waiting, 1, kPatience);
    if (found > 0 || (found < 0 && errno != EINTR)) return;
    while (budget.is_over()) budget.check();
  }
}

void Interpreter::run_descriptor(int descriptor, const Source& source) {
  Feeder feeder(*this, source);
  std::array<char, 1 << 16> buffer;
  while (running()) {
    output_.flush();
    wait_for_text(descriptor);
    const ssize_t got = read(descriptor, buffer.data(), buffer.size());
    if (got == 0) break;
    if (got > 0) {
      feeder.feed({buffer.data(), static_cast<std::size_t>(got)});
    } else if (errno != EINTR && errno != EAGAIN) {
      cannot_read(source.name, std::strerror(errno));
    }
  }
  feeder.finish();
}

void Interpreter::run_file(const std::string& path) {
  const OpenFile counted(files_open_, path);
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (descriptor < 0) cannot_read(path, std::strerror(errno));
  struct Closing {
    int descriptor;
    ~Closing() { close(descriptor); }
  } const closing{descriptor};
  struct stat status {};
  if (fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) cannot_read(path, "it is a folder");
  run_descriptor(descriptor, {path, 0});
}

void Interpreter::play(Lesson lesson) {
  const OpenFile counted(files_open_, lesson.path);
  if (source_->name.empty()) {
    output_.write(fitting("Enter goes on; what you type in between is yours. lesson stop ends it.\n",
                          screen_width(session_.settings, output_.screen())));
    lesson_ = std::move(lesson);
    return go_on();
  }
  for (const LessonStep& step : lesson.steps) {
    if (running()) play_step(lesson, step);
  }
}

void Interpreter::go_on() {
  if (!lesson_) return;
  // A step may begin another lesson.
  const Lesson lesson = *lesson_;
  const bool last = lesson.next + 1 >= lesson.steps.size();
  if (last) {
    lesson_.reset();
  } else {
    ++lesson_->next;
  }
  if (lesson.next < lesson.steps.size()) play_step(lesson, lesson.steps[lesson.next]);
  if (last) output_.write(fmt::format("\nThat was the lesson {}.\n", lesson.name));
}

void Interpreter::play_step(const Lesson& lesson, const LessonStep& step) {
  const bool aloud = session_.settings.look.format == view::Format::text;
  if (aloud && !step.words.empty()) {
    output_.write("\n" + fitting(step.words, screen_width(session_.settings, output_.screen())));
  }
  const Source source{lesson.shown_path, 0};
  const bool echoes = std::exchange(options_.echo, aloud);
  for (const Piece& p : step.statements) {
    if (running()) run(p, source);
  }
  options_.echo = echoes;
}

}  // namespace nabla::session
