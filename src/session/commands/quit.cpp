#include "session/command.h"
#include "session/interpreter.h"

namespace nabla::session {

extern const Command quit_command{
    .name = "quit",
    .signature = "quit",
    .help = "Leaves Nabla; at the prompt Ctrl-D does the same.",
    .example = "quit",
    .run =
        [](Invocation& call) {
          call.refuse_arguments();
          call.interpreter.quit();
        },
};

}  // namespace nabla::session
