// An index of the names and aliases of rows, built at compile time.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "expr/rows.h"

namespace nabla::functions {

// Calls take(name, row) for each name and alias.
template <class Row, class Take>
constexpr void for_each_name(std::span<const Row> rows, Take take) {
  for (std::size_t row = 0; row < rows.size(); ++row) {
    take(rows[row].name, row);
    std::string_view rest = rows[row].aliases == expr::kNone ? std::string_view() : rows[row].aliases;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      take(rest.substr(0, end), row);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
}

template <class Row>
constexpr std::size_t count_names(std::span<const Row> rows) {
  std::size_t n = 0;
  for_each_name(rows, [&n](std::string_view, std::size_t) { ++n; });
  return n;
}

template <std::size_t N>
struct Index {
  struct Entry {
    std::string_view name;
    std::uint16_t row = 0;
  };
  std::array<Entry, N> entries;

  std::optional<std::size_t> find(std::string_view name) const {
    const auto at = std::ranges::lower_bound(entries, name, {}, &Entry::name);
    return at != entries.end() && at->name == name ? std::optional<std::size_t>(at->row) : std::nullopt;
  }
};

template <std::size_t N, class Row>
consteval Index<N> make_index(std::span<const Row> rows) {
  Index<N> index;
  std::size_t n = 0;
  for_each_name(rows, [&](std::string_view name, std::size_t row) {
    index.entries[n++] = {name, static_cast<std::uint16_t>(row)};
  });
  std::ranges::sort(index.entries, {}, &Index<N>::Entry::name);
  for (std::size_t i = 1; i < N; ++i) {
    if (index.entries[i].name == index.entries[i - 1].name) throw "a name stands for two rows";
  }
  return index;
}

}  // namespace nabla::functions
