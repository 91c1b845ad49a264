// A question answered apart from the statements of a session, which stays as it is: for previews and examples.
#pragma once

#include <string>
#include <string_view>

#include "session/session.h"

namespace nabla::session {

// The only statement of a text, without its comment; "" if there are several or none.
std::string only_statement(std::string_view text);

// The answer to a statement, as text without its last "\n". "" if the statement is no question, or the answer repeats
// it. Throws Error, but for an undefined answer, which is told.
std::string answer_to(std::string_view statement, const Session& session);

}  // namespace nabla::session
