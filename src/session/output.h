// What a session speaks to: a terminal, a text, a notebook. Whatever it has to say goes here and nowhere else.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "view/answers/answer.h"
#include "view/answers/table.h"

namespace nabla::session {

class Session;

// What an output can show.
struct Screen {
  int columns = 0;        // 0: not known
  int rows = 0;           // 0: not known
  bool color = false;     // it understands ANSI colours, and its user wants them
  bool unicode = true;    // else it shows ASCII only, whatever style is set
  bool numbered = false;  // a person types at it: answers show their numbers, and excerpts are cut to its width
};

// Tells how far a long computation has come; its end ends the telling.
class Progress {
 public:
  virtual ~Progress() = default;
  // 0 to the total it was made for.
  virtual void reach(std::size_t) {}
};

// Used by one thread at a time.
class Output {
 public:
  virtual ~Output() = default;

  // The answer to a statement; `number` is the N of its %N, 0 for what is no question. Unless overridden, it is
  // rendered in `look` and written; the same answer may be rendered in any other.
  virtual void answer(const view::Answer& found, const view::Look& look, long number);
  // A table whose rows come one after another. Unless overridden, they are written as they come.
  virtual std::unique_ptr<view::TableWriter> table(const view::TableLook& look, view::TableHead head);
  // Whole lines that stand among the answers: rendered answers, echoed statements, the words of a lesson.
  virtual void write(std::string_view text) = 0;
  // Whole lines of a note, a warning or an error. They come after the answers so far.
  virtual void message(std::string_view text) = 0;
  // The session is about to wait: what has been written is to be seen.
  virtual void flush() {}

  virtual Screen screen() const { return {}; }
  // `written_here`: what is computed is written to this output meanwhile, row by row.
  virtual std::unique_ptr<Progress> progress(std::size_t total, bool written_here);
  // A statement as it is echoed: coloured, where that is wanted.
  virtual std::string coloured(std::string_view statement, const Session& session) const;
};

}  // namespace nabla::session
