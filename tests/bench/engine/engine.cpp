// The engine against its peers: prints a table of ratios. Run by scripts/bench; arguments choose parts.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include "common.h"
#include "eval/kernel.h"

namespace bench {

void report(std::string_view work, double value, std::string_view demand) {
  fmt::print("{:<64} {:>8.2f}   {}\n", work, value, demand);
  std::fflush(stdout);
}

void demand_equal(std::string_view what, double a, double b) {
  if (std::abs(a - b) > 1e-12 * std::max({1.0, std::abs(a), std::abs(b)})) {
    fmt::print("DISAGREEMENT in {}: {:.17g} and {:.17g}\n", what, a, b);
  }
}

}  // namespace bench

int main(int argc, char** argv) {
  struct Part {
    std::string_view name;
    void (*run)();
  };
  constexpr Part kParts[] = {
      {"sweeps", bench::classroom_sweeps}, {"points", bench::one_point_at_a_time}, {"regressions", bench::regressions},
      {"rosenbrock", bench::rosenbrock},   {"compile", bench::compile_times},
  };
  const std::vector<std::string_view> wanted(argv + 1, argv + argc);
  fmt::print("instructions: {} doubles in a vector\n", 2 << static_cast<int>(nabla::eval::kernels().isa));
  for (const Part& part : kParts) {
    if (wanted.empty() || std::ranges::find(wanted, part.name) != wanted.end()) part.run();
  }
}
