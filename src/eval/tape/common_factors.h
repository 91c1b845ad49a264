// Common factors of products: in a gradient, many products share two or three factors.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace nabla::eval {

// Products as lists of factor numbers, which are small; numbers from kFirstPair on name pairs.
class FactorLists {
 public:
  static constexpr std::uint32_t kFirstPair = 0x80000000;

  void add(std::span<const std::uint32_t> factors);
  std::size_t size() const { return lists_.size(); }
  std::span<const std::uint32_t> operator[](std::size_t i) const {
    return {&factors_[lists_[i].first], lists_[i].count};
  }

  // Repeatedly replaces the pair of factors that most products share by a new number, until no pair is shared. Returns
  // the pairs, oldest first; their members may be pairs. Products of more than a dozen factors are skipped. Cost: about
  // the number of pairs in all products. Source: M. A. Breuer, Generation of optimal code for expressions via
  // factorization, 1969.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> share();

 private:
  struct List {
    std::size_t first = 0;
    std::size_t count = 0;
  };
  std::span<std::uint32_t> list(std::size_t i) { return {&factors_[lists_[i].first], lists_[i].count}; }

  std::vector<std::uint32_t> factors_;  // of all lists, concatenated
  std::vector<List> lists_;
};

}  // namespace nabla::eval
