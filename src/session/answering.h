// Makes the answer to be shown from a value.
#pragma once

#include "session/workspace.h"
#include "view/answers/answer.h"

namespace nabla::session {

// Numbers to `settings.digits` digits, exact, proven or estimated, with their closed forms; expressions simplified,
// with the conditions under which they hold. Throws Error if a number has no value.
view::Answer answer_of(Workspace& work, const expr::Value& value, const Settings& settings);

}  // namespace nabla::session
