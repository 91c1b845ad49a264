#include "base/suggest.h"

#include <algorithm>
#include <tuple>
#include <vector>

namespace nabla::base {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool differ_in_case_only(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  const std::size_t longer = std::max(a.size(), b.size());
  if (longer - std::min(a.size(), b.size()) > limit) return limit + 1;
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return std::min(above[b.size()], limit + 1);
}

std::string nearest_name(std::string_view unknown, std::span<const std::string> known) {
  if (unknown.empty() || unknown.size() > 40) return {};
  const std::size_t limit = unknown.size() < 2 ? 0 : unknown.size() < 6 ? 1 : 2;
  using Rank = std::tuple<bool, std::size_t, bool, std::size_t, std::string_view>;
  Rank best{true, limit + 1, true, 0, {}};
  for (const std::string& name : known) {
    const bool case_only = differ_in_case_only(unknown, name);
    const std::size_t distance = case_only ? 0 : edit_distance(unknown, name, limit);
    if (distance > limit || (!case_only && name.size() <= distance)) continue;
    best = std::min(best, Rank{!case_only, distance, lower(name.front()) != lower(unknown.front()), name.size(), name});
  }
  return std::string(std::get<4>(best));
}

}  // namespace nabla::base
