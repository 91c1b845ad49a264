// What the Tab key offers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nabla::session {
class Session;
}

namespace nabla::assist {

struct Candidate {
  std::string text;  // takes the place of what is completed
  std::string help;  // one line
};

struct Completion {
  std::size_t begin = 0;  // the bytes of the text that are completed: from here to the cursor
  std::vector<Candidate> candidates;
  std::string signature;  // as signature_at gives it
};

// Names of functions, operations, constants, definitions and commands; a command's words, settings and their values,
// files; "\alpha" and its kin. Those that begin as the text does, else those that do so but for case.
Completion complete(std::string_view text, std::size_t cursor, const session::Session& session);

// Of the call that the cursor is in, with what it does; "" outside calls.
std::string signature_at(std::string_view text, std::size_t cursor, const session::Session& session);

// What all candidates begin with.
std::string common_beginning(const std::vector<Candidate>& candidates);

}  // namespace nabla::assist
