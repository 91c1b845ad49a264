#include "expr/write/bound_names.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace nabla::expr {

std::unordered_map<std::uint16_t, std::string> bound_names(const Graph& g, Expr e) {
  std::unordered_map<std::uint16_t, std::string> names;
  const std::uint16_t deepest = std::max(g.node(e).binders, g.node(e).top_bound);
  if (deepest == 0) return names;
  const std::vector<Expr> taken = symbols(g, e);
  const auto is_taken = [&](std::string_view name) {
    return std::ranges::any_of(taken, [&](Expr s) { return g.name(s) == name; });
  };
  constexpr std::string_view kLetters[] = {"k", "j", "i", "n", "m", "t", "u", "s", "p", "q"};
  std::size_t next = 0;
  for (std::uint16_t height = 1; height <= deepest; ++height) {
    std::string name;
    do {
      name = next < std::size(kLetters) ? std::string(kLetters[next]) : "k" + std::to_string(next);
      ++next;
    } while (is_taken(name));
    names.emplace(height, std::move(name));
  }
  return names;
}

}  // namespace nabla::expr
