#include "parse/planned.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "parse/token.h"

namespace nabla::parse {

namespace {

constexpr auto kPlanned = std::to_array<Planned>({
    {"apart", "same(1/x - 1/(x + 1), 1/(x^2 + x))"},
    {"collect", "same(x^2 + a x^2, (1 + a) x^2)"},
    {"convergence", "table (2^(k + 1)/(k + 1))/(2^k/k) for k in [10, 100, 1000]"},
    {"critical", "grad(x^2 + y^2 - 2x, [x, y])"},
    {"expand", "(x + 1)^2 - x^2"},
    {"factor", "x^2 + 2x + 1"},
    {"maximize", "extrema x^3 - 3x for x = -2..2"},
    {"maximum", "extrema x^3 - 3x for x = -2..2"},
    {"minimize", "extrema x^3 - 3x for x = -2..2"},
    {"minimum", "extrema x^3 - 3x for x = -2..2"},
    {"ode", "plot field y' = x - y for x = -2..2, y = -2..2"},
    {"solve", "plot x^2 - 2 for x = -3..3 mark roots"},
    {"together", "same(1/x + 1/(x + 1), (2x + 1)/(x^2 + x))"},
});

std::string absence(const Planned& planned) { return fmt::format("{} is not available yet", planned.name); }

}  // namespace

std::span<const Planned> planned_operations() { return kPlanned; }

const Planned* find_planned(std::string_view name) {
  const auto at = std::ranges::lower_bound(kPlanned, name, {}, &Planned::name);
  return at != kPlanned.end() && at->name == name ? &*at : nullptr;
}

base::Error not_available(const Planned& planned, base::Span place) {
  return {base::Code::unknown_name, place, absence(planned), fmt::format("meanwhile: {}", planned.meanwhile)};
}

std::string recommend(const Names& names, std::string_view purpose, std::string_view line) {
  const auto tokens = tokenize(line);
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens[i].kind != TokenKind::name || tokens[i + 1].text != "(") continue;
    const auto* planned = find_planned(tokens[i].text);
    if (planned == nullptr || names.classify(planned->name) != NameClass::unknown) continue;
    return fmt::format("{}: {}, meanwhile {}", purpose, absence(*planned), planned->meanwhile);
  }
  return fmt::format("{}: {}", purpose, line);
}

}  // namespace nabla::parse
