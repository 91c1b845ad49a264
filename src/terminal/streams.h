// Standard output for answers, standard error for everything else.
#pragma once

#include <string_view>

namespace nabla::terminal {

// Buffered. A closed pipe ends the program quietly; any other failure to write ends it with a message and status 1.
void write_answer(std::string_view text);
void flush_answers();
// Whether standard output is a terminal.
bool answers_on_screen();
// After the answers so far.
void write_message(std::string_view text);

}  // namespace nabla::terminal
