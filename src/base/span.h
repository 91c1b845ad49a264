// A place in the text of a statement.
#pragma once

#include <cstdint>

namespace nabla::base {

// Half-open range of byte offsets into the text of one statement.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  constexpr bool empty() const { return end <= begin; }
  constexpr std::uint32_t size() const { return empty() ? 0 : end - begin; }
  friend constexpr bool operator==(Span, Span) = default;
};

// The smallest span that covers both; an empty span covers nothing.
constexpr Span join(Span a, Span b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return {a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end};
}

}  // namespace nabla::base
