// The engine against its peers: prints a table of ratios. Run by scripts/bench; arguments choose parts, --table FILE
// writes the table in Markdown too.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "common.h"
#include "eval/batch/kernel.h"

namespace bench {
namespace {

std::string table;

}  // namespace

void report(std::string_view work, double value, std::string_view demand) {
  fmt::print("{:<64} {:>8.2f}   {}\n", work, value, demand);
  std::fflush(stdout);
  const std::size_t words = work.find_first_not_of(' ');
  table += fmt::format("| {}{} | {:.2f} | {} |\n", words > 0 ? "… " : "", work.substr(words), value, demand);
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
      {"sweeps", bench::classroom_sweeps}, {"threads", bench::two_threads},   {"points", bench::one_point_at_a_time},
      {"regressions", bench::regressions}, {"rosenbrock", bench::rosenbrock}, {"compile", bench::compile_times},
  };
  std::vector<std::string_view> wanted(argv + 1, argv + argc);
  std::string file;
  if (wanted.size() >= 2 && wanted[0] == "--table") {
    file = wanted[1];
    wanted.erase(wanted.begin(), wanted.begin() + 2);
  }
  fmt::print("instructions: {} doubles in a vector\n", 2 << static_cast<int>(nabla::eval::kernels().isa));
  for (const Part& part : kParts) {
    if (wanted.empty() || std::ranges::find(wanted, part.name) != wanted.end()) part.run();
  }
  if (!file.empty()) std::ofstream(file) << bench::table;
}
