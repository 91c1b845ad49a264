// An output that keeps what is said as text: for tests, and for examples that are run inside of help.
#pragma once

#include <string>
#include <string_view>

#include "session/output.h"

namespace nabla::session {

class TextOutput final : public Output {
 public:
  explicit TextOutput(const Screen& screen = {}) : screen_(screen) {}

  void write(std::string_view text) override { answers_ += text; }
  void message(std::string_view text) override { messages_ += text; }
  Screen screen() const override { return screen_; }

  const std::string& answers() const { return answers_; }
  const std::string& messages() const { return messages_; }

 private:
  Screen screen_;
  std::string answers_;
  std::string messages_;
};

}  // namespace nabla::session
