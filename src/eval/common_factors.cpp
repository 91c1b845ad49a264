#include "eval/common_factors.h"

#include <algorithm>
#include <queue>
#include <unordered_map>

namespace nabla::eval {
namespace {

constexpr std::size_t kMostFactors = 12;

using Key = std::uint64_t;

Key key_of(std::uint32_t a, std::uint32_t b) { return (Key{std::min(a, b)} << 32) | std::max(a, b); }

}  // namespace

std::vector<std::pair<std::uint32_t, std::uint32_t>> share_factors(std::span<FactorList> products) {
  std::vector<std::pair<Key, std::uint32_t>> standing;  // pairs, with a product in which they stand
  std::unordered_map<std::uint32_t, std::uint32_t> occurrences;
  for (const FactorList& f : products) {
    for (std::uint32_t x : f) ++occurrences[x];
  }
  for (std::uint32_t p = 0; p < products.size(); ++p) {
    FactorList f = products[p];
    if (f.size() > kMostFactors) continue;
    std::erase_if(f, [&](std::uint32_t x) { return occurrences.at(x) < 2; });
    for (std::size_t i = 0; i < f.size(); ++i) {
      for (std::size_t j = i + 1; j < f.size(); ++j) {
        if (f[i] != f[j]) standing.emplace_back(key_of(f[i], f[j]), p);
      }
    }
  }
  std::ranges::sort(standing);
  std::unordered_map<Key, std::vector<std::uint32_t>> holders;  // products in which a shared pair stands, or stood
  for (std::size_t i = 0; i < standing.size();) {
    std::size_t end = i + 1;
    while (end < standing.size() && standing[end].first == standing[i].first) ++end;
    if (end - i > 1) {
      std::vector<std::uint32_t>& list = holders[standing[i].first];
      for (std::size_t k = i; k < end; ++k) list.push_back(standing[k].second);
    }
    i = end;
  }
  const auto enter = [&](std::uint32_t product, std::uint32_t a, std::uint32_t b) {
    if (a != b) holders[key_of(a, b)].push_back(product);
  };
  const auto holds = [&](std::uint32_t product, Key key) {
    const FactorList& f = products[product];
    return std::ranges::find(f, static_cast<std::uint32_t>(key >> 32)) != f.end() &&
           std::ranges::find(f, static_cast<std::uint32_t>(key)) != f.end();
  };
  std::priority_queue<std::pair<std::size_t, Key>> queue;
  for (const auto& [key, list] : holders) {
    if (list.size() > 1) queue.emplace(list.size(), key);
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  while (!queue.empty()) {
    const auto [count, key] = queue.top();
    queue.pop();
    std::vector<std::uint32_t>& list = holders.at(key);
    std::erase_if(list, [&](std::uint32_t p) { return !holds(p, key); });
    std::ranges::sort(list);
    list.erase(std::unique(list.begin(), list.end()), list.end());
    if (list.size() < 2) continue;
    if (list.size() < count) {
      queue.emplace(list.size(), key);
      continue;
    }
    const auto pair = kFirstPair + static_cast<std::uint32_t>(pairs.size());
    const auto a = static_cast<std::uint32_t>(key >> 32);
    const auto b = static_cast<std::uint32_t>(key);
    pairs.emplace_back(a, b);
    const std::vector<std::uint32_t> changed = list;
    std::vector<Key> fresh;
    for (std::uint32_t p : changed) {
      FactorList& f = products[p];
      f.erase(std::ranges::find(f, a));
      f.erase(std::ranges::find(f, b));
      for (std::uint32_t other : f) {
        enter(p, other, pair);
        fresh.push_back(key_of(other, pair));
      }
      f.push_back(pair);
    }
    std::ranges::sort(fresh);
    fresh.erase(std::unique(fresh.begin(), fresh.end()), fresh.end());
    for (Key k : fresh) {
      if (const auto found = holders.find(k); found != holders.end() && found->second.size() > 1) {
        queue.emplace(found->second.size(), k);
      }
    }
  }
  return pairs;
}

}  // namespace nabla::eval
