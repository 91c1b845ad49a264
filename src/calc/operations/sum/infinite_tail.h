// Tails of infinite sums of hypergeometric terms: their value, or why they have none.
#pragma once

#include <string>
#include <variant>

#include "calc/operations/sum/hypergeometric_term.h"
#include "eval/balls/evaluator.h"

namespace nabla::calc {

// The sum of the terms from `from` on. An exact rational number, or a ball of a radius near 2^-bits.
struct Tail {
  long from = 0;
  std::variant<number::Rational, number::Ball> value;
};

// Why the terms have no sum: "the terms do not tend to 0".
struct Divergence {
  std::string reason;
};

struct Unsettled {};

// The tail of the sum from `first` on, from a place >= max(first, 1) from which on every term is proven to be defined.
// By finite differences for a polynomial times q^k, a geometric majorant where the terms' ratio stays below 1, the
// expansion in powers of 1/k for rational terms, pairs of terms for alternating ones.
std::variant<Tail, Divergence, Unsettled> tail_of(eval::Evaluator& in, const HypergeometricTerm& t, long first,
                                                  base::Bits bits);

// The sum of a polynomial p(first) + … + p(last) for last >= first; exact.
number::Rational polynomial_sum(const Coefficients& p, long first, long last);

}  // namespace nabla::calc
