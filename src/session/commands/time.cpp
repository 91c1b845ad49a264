#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/stopwatch.h"
#include "session/command.h"
#include "session/interpreter.h"

namespace nabla::session {

namespace {

using base::Phase;

constexpr std::array<std::string_view, base::kPhases> kNames{"parse",   "expand",   "differentiate", "simplify",
                                                             "compile", "evaluate", "show"};

// "1.95 million"
std::string rounded(double n) {
  if (n >= 1e6) return fmt::format("{:.3g} million", n / 1e6);
  return fmt::format("{:.0f}", n);
}

std::string line(std::string_view name, double seconds) {
  return fmt::format("{:<13} {:>11.3f} ms", name, seconds * 1e3);
}

// A line for each phase that took place.
std::string report(const base::Stopwatch& watch) {
  std::string out;
  double total = 0;
  for (std::size_t i = 0; i < base::kPhases; ++i) {
    const auto phase = static_cast<Phase>(i);
    const double seconds = watch.seconds(phase);
    total += seconds;
    if (seconds == 0) continue;
    out += line(kNames[i], seconds);
    if (phase == Phase::evaluate && watch.points() > 0) {
      out += fmt::format("   {} points, {} a second", watch.points(),
                         rounded(static_cast<double>(watch.points()) / seconds));
    }
    out += '\n';
  }
  return out + line("together", total) + '\n';
}

void run(Invocation& call) {
  const auto tokens = call.tokens();
  if (tokens.empty()) {
    throw base::Error(base::Code::argument, call.statement.name_span, "time needs a statement", "time 100!");
  }
  base::Stopwatch watch;
  call.interpreter.run_part(call.text(), tokens.front().span.begin, &watch);
  watch.turn_to(Phase::show);
  call.interpreter.output().message(report(watch));
}

}  // namespace

extern const Command time_command{
    .name = "time",
    .signature = "time STATEMENT",
    .help = "Runs a statement and says where its time went, and how many points a second were evaluated.",
    .example = "time table sin(x), cos(x) for x = 0..1 step 0.1",
    .run = run,
};

}  // namespace nabla::session
