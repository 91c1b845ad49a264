// From a value to the answer that is shown.
#pragma once

#include "session/workspace.h"
#include "view/answers/answer.h"

namespace nabla::session {

// Numbers to the digits set, exact, proven or estimated, with their closed forms; expressions simplified, with the
// conditions under which they hold. Throws Error where a number of it has no value.
view::Answer answer_of(Workspace& work, const expr::Value& value, const Settings& settings);

}  // namespace nabla::session
