// The reference, made from the rows of functions, operations, commands, settings and options.
#pragma once

#include <string>
#include <string_view>

namespace nabla::program {

// By kind: "markdown" (src/REFERENCE.md), "man" (roff), "bash", "zsh", "fish" (completion files).
// Throws Error (usage) if there is no such kind.
std::string reference(std::string_view kind);

// The completion files.
std::string bash_completion();
std::string zsh_completion();
std::string fish_completion();

}  // namespace nabla::program
