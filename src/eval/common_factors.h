// Common factors of products: in a gradient, the same two or three factors stand together in many of them.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace nabla::eval {

// A product as the numbers of its factors. Numbers from kFirstPair on name pairs.
using FactorList = std::vector<std::uint32_t>;
inline constexpr std::uint32_t kFirstPair = 0x80000000;

// Replaces the pair of factors that most products share by a number of its own, again and again, until none is shared.
// Gives the pairs, older first; their members may be pairs. Products of more than a dozen factors are left alone. Cost:
// about the number of pairs in all products. Source: M. A. Breuer, Generation of optimal code for expressions via
// factorization, 1969.
std::vector<std::pair<std::uint32_t, std::uint32_t>> share_factors(std::span<FactorList> products);

}  // namespace nabla::eval
