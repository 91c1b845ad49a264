// The output of the program: standard output, which may be a terminal, for answers, and standard error for messages.
#pragma once

#include "session/output.h"

namespace nabla::terminal {

class TerminalOutput final : public session::Output {
 public:
  // Whether a person types at it in colours: then the number of an answer (%3) stands behind it, in grey, what is
  // echoed is coloured, and excerpts are cut to the width.
  void use_colours(bool on) { coloured_ = on; }

  void answer(const view::Answer& found, const view::Look& look, long number) override;
  void write(std::string_view text) override;
  void message(std::string_view text) override;
  void flush() override;
  session::Screen screen() const override;
  std::unique_ptr<session::Progress> progress(std::size_t total, bool written_here) override;
  std::string coloured(std::string_view statement, const session::Session& session) const override;

 private:
  bool coloured_ = false;
};

}  // namespace nabla::terminal
