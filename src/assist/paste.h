// Pasted texts of several lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nabla::assist {

// Without line ends; the last one may be empty.
std::vector<std::string_view> lines_of(std::string_view text);

// The statements of a pasted text: without prompts and, if it is a session, without the answers.
std::string unprompted(std::string_view pasted, std::string_view prompt, std::string_view continuation);

}  // namespace nabla::assist
