#include "base/crew.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <vector>

using nabla::eval::Crew;

namespace {

// Whether every piece is done once, and no two workers have the same number.
bool does_all(std::size_t helpers, std::size_t pieces) {
  std::vector<std::atomic<int>> done(pieces);
  std::vector<std::atomic<int>> present(helpers + 1);
  std::atomic<std::size_t> next{0};
  Crew::shared().run(helpers, [&](std::size_t worker) {
    ++present[worker];
    for (std::size_t i = next++; i < pieces; i = next++) ++done[i];
  });
  return std::ranges::all_of(done, [](const auto& n) { return n == 1; }) && present[0] == 1 &&
         std::ranges::all_of(present, [](const auto& n) { return n <= 1; });
}

}  // namespace

TEST_CASE("A crew does all of the work once, whether its helpers come in time or not") {
  for (int round = 0; round < 2000; ++round) {
    CHECK(does_all(static_cast<std::size_t>(round % 4), static_cast<std::size_t>(round)));
  }
}

TEST_CASE("A forked process works alone") {
  REQUIRE(does_all(2, 1000));
  const pid_t child = fork();
  if (child == 0) _exit(does_all(2, 1000) ? 0 : 1);
  int status = -1;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(status == 0);
}
