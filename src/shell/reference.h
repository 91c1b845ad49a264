<<<<<<< HEAD
// What is made from the rows of functions, operations, commands, settings and options for reading outside the program.
#pragma once

=======
// Pages made from the rows of functions, operations, commands, settings and options, so that nothing is written twice.
#pragma once

#include <span>
>>>>>>> e4c3c00 (Make the reference, manual page, completion files and package from the tables)
#include <string>
#include <string_view>

namespace nabla::shell {

<<<<<<< HEAD
// By kind: "markdown" (the part of the README), "man" (roff), "bash", "zsh", "fish" (completion files).
// Throws Error (usage) if there is no such kind.
std::string reference(std::string_view kind);

// The completion files.
=======
struct Page {
  std::string_view name;  // as --page takes it
  std::string_view file;  // where it is kept in the source tree
  std::string (*text)();
};

std::span<const Page> pages();

// The reference as Markdown: everything (docs/reference.md), and the part of the README between its marks.
std::string markdown_reference();
std::string markdown_summary();
std::string man_page();
>>>>>>> e4c3c00 (Make the reference, manual page, completion files and package from the tables)
std::string bash_completion();
std::string zsh_completion();
std::string fish_completion();

}  // namespace nabla::shell
