#include "eval/tape/common_factors.h"

#include <algorithm>
#include <queue>

namespace nabla::eval {
namespace {

constexpr std::size_t kMostFactors = 12;

using Key = std::uint64_t;  // of a pair of factors

Key key_of(std::uint32_t a, std::uint32_t b) { return (Key{std::min(a, b)} << 32) | std::max(a, b); }

// An occurrence of a pair of factors in a product.
struct Standing {
  Key pair;
  std::uint32_t product;
  friend auto operator<=>(const Standing&, const Standing&) = default;
};

// A pair with the range of its occurrences.
struct Candidate {
  std::size_t products;
  Key pair;
  std::size_t first;
  bool operator<(const Candidate& o) const { return std::pair(products, pair) < std::pair(o.products, o.pair); }
};

// Sorts the occurrences from `first` on and makes candidates of the pairs that several products share.
void gather(std::vector<Standing>& standing, std::size_t first, std::priority_queue<Candidate>& queue) {
  const auto begin = standing.begin() + static_cast<std::ptrdiff_t>(first);
  std::sort(begin, standing.end());
  standing.erase(std::unique(begin, standing.end()), standing.end());
  for (std::size_t i = first; i < standing.size();) {
    std::size_t end = i + 1;
    while (end < standing.size() && standing[end].pair == standing[i].pair) ++end;
    if (end - i > 1) queue.push({end - i, standing[i].pair, i});
    i = end;
  }
}

bool holds(std::span<const std::uint32_t> list, Key pair) {
  return std::ranges::find(list, static_cast<std::uint32_t>(pair >> 32)) != list.end() &&
         std::ranges::find(list, static_cast<std::uint32_t>(pair)) != list.end();
}

}  // namespace

void FactorLists::add(std::span<const std::uint32_t> factors) {
  lists_.push_back({factors_.size(), factors.size()});
  factors_.insert(factors_.end(), factors.begin(), factors.end());
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> FactorLists::share() {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  std::vector<Standing> standing;
  std::priority_queue<Candidate> queue;
  for (std::uint32_t p = 0; p < lists_.size(); ++p) {
    const std::span<const std::uint32_t> f = list(p);
    if (f.size() > kMostFactors) continue;
    for (std::size_t i = 0; i < f.size(); ++i) {
      for (std::size_t j = i + 1; j < f.size(); ++j) {
        if (f[i] != f[j]) standing.push_back({key_of(f[i], f[j]), p});
      }
    }
  }
  gather(standing, 0, queue);
  while (!queue.empty()) {
    const Candidate best = queue.top();
    queue.pop();
    // Drop occurrences of which a factor has gone into another pair.
    const auto first = standing.begin() + static_cast<std::ptrdiff_t>(best.first);
    const auto end = std::remove_if(first, first + static_cast<std::ptrdiff_t>(best.products),
                                    [&](const Standing& s) { return !holds(list(s.product), best.pair); });
    const auto left = static_cast<std::size_t>(end - first);
    if (left < best.products) {
      if (left > 1) queue.push({left, best.pair, best.first});
      continue;
    }
    const std::uint32_t number = kFirstPair + static_cast<std::uint32_t>(pairs.size());
    const auto a = static_cast<std::uint32_t>(best.pair >> 32);
    const auto b = static_cast<std::uint32_t>(best.pair);
    pairs.emplace_back(a, b);
    const std::size_t fresh = standing.size();
    for (std::size_t k = best.first; k < best.first + best.products; ++k) {
      const std::uint32_t product = standing[k].product;
      const std::span<std::uint32_t> f = list(product);
      std::swap(*std::ranges::find(f, a), f[f.size() - 1]);
      std::swap(*std::ranges::find(f, b), f[f.size() - 2]);
      f[f.size() - 2] = number;
      --lists_[product].count;
      for (std::uint32_t other : f.first(f.size() - 2)) {
        if (other != number) standing.push_back({key_of(other, number), product});
      }
    }
    gather(standing, fresh, queue);
  }
  return pairs;
}

}  // namespace nabla::eval
