// Common factors of products: in a gradient, the same two or three factors stand together in many of them.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace nabla::eval {

// Products as the numbers of their factors, which are small; numbers from kFirstPair on name pairs.
class FactorLists {
 public:
  static constexpr std::uint32_t kFirstPair = 0x80000000;

  void add(std::span<const std::uint32_t> factors);
  std::size_t size() const { return lists_.size(); }
  std::span<const std::uint32_t> operator[](std::size_t i) const {
    return {&factors_[lists_[i].first], lists_[i].count};
  }

  // Replaces the pair of factors that most products share by a number of its own, again and again, until none is
  // shared. Gives the pairs, older first; their members may be pairs. Products of more than a dozen factors are left
  // alone. Cost: about the number of pairs in all products. Source: M. A. Breuer, Generation of optimal code for
  // expressions via factorization, 1969.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> share();

 private:
  struct List {
    std::size_t first = 0;
    std::size_t count = 0;
  };
  std::span<std::uint32_t> list(std::size_t i) { return {&factors_[lists_[i].first], lists_[i].count}; }

  std::vector<std::uint32_t> factors_;  // of all lists, one behind the other
  std::vector<List> lists_;
};

}  // namespace nabla::eval
