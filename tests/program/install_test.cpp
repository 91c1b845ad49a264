// What is installed stands on its own: the program finds its modules and lessons.
#include <cstdlib>
#include <filesystem>

#include "support/child.h"

namespace fs = std::filesystem;

TEST_CASE("An installed program has all it needs") {
  const nabla::testing::Folder folder;
  const std::string build = fs::path(NABLA_PROGRAM).parent_path().string();
  REQUIRE(std::system(("cmake --install " + build + " --prefix " + folder.path() + " >/dev/null").c_str()) == 0);
  for (const char* file :
       {"bin/nabla", "lib/nabla/modules/libnabla_picture.so", "lib/nabla/modules/libnabla_prompt.so",
        "share/nabla/lessons/tour.nabla", "share/man/man1/nabla.1.gz", "share/bash-completion/completions/nabla",
        "share/zsh/vendor-completions/_nabla", "share/fish/vendor_completions.d/nabla.fish"}) {
    INFO(file);
    CHECK(fs::file_size(folder.path() + "/" + file) > 0);
  }
  const std::string program = folder.path() + "/bin/nabla";
  CHECK(std::system((program + " -e 'lesson secants' >/dev/null 2>&1").c_str()) == 3 << 8);
  CHECK(std::system((program + " -e 'plot sin(x) as " + folder.path() + "/sine.svg'").c_str()) == 0);
}
