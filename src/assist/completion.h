// Completion at the Tab key.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nabla::session {
class Session;
}

namespace nabla::assist {

struct Candidate {
  std::string text;  // replaces the completed text
  std::string help;  // one line
};

struct Completion {
  std::size_t begin = 0;  // the bytes of the text that are completed: from here to the cursor
  std::vector<Candidate> candidates;
  std::string signature;  // as signature_at gives it
};

// Names of functions, operations, constants, definitions and commands; a command's words, settings and their values,
// files; signs by names such as "\alpha". Those that begin with the text, else those that do so ignoring case.
Completion complete(std::string_view text, std::size_t cursor, const session::Session& session);

// The signature and title of the call at the cursor; "" outside calls.
std::string signature_at(std::string_view text, std::size_t cursor, const session::Session& session);

// The longest common beginning of all candidates.
std::string common_beginning(const std::vector<Candidate>& candidates);

}  // namespace nabla::assist
