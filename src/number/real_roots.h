// All real roots of a polynomial with rational coefficients, proven.
#pragma once

#include <span>
#include <vector>

#include "number/ball.h"

namespace nabla::number {

struct RealRoot {
  Ball value;
  std::optional<Rational> exact;  // if the root is rational
  long multiplicity = 1;
};

struct RealRoots {
  std::vector<RealRoot> roots;  // ascending
  long nonreal = 0;             // how many roots are not real, with multiplicity
};

// Of c[0] + c[1] x + … + c[n] x^n with c[n] != 0, n >= 1, each root to about `bits` bits. Source: root isolation of
// arb_fmpz_poly after a squarefree decomposition.
RealRoots real_roots(std::span<const Rational> coefficients, Bits bits);

}  // namespace nabla::number
