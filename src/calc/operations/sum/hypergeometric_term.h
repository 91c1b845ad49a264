// Terms N(k)/D(k) · q^k · k!^f · k^s of sums: what they are made of, and rational polynomials in k.
#pragma once

#include <optional>
#include <vector>

#include "base/budget.h"
#include "expr/graph.h"

namespace nabla::calc {

// Coefficients from the constant term on, the last not 0; empty is 0.
using Coefficients = std::vector<number::Rational>;

Coefficients sum_of(const Coefficients& a, const Coefficients& b);
Coefficients product_of(const Coefficients& a, const Coefficients& b);
Coefficients scaled(const Coefficients& a, const number::Rational& c);
number::Rational value_at(const Coefficients& p, const number::Rational& x);
// p(c + m·x) as a polynomial in x.
Coefficients composed(const Coefficients& p, const number::Rational& c, const number::Rational& m);

struct HypergeometricTerm {
  Coefficients over{1};
  Coefficients under{1};       // not 0
  number::Rational ratio = 1;  // q, not 0
  long factorials = 0;         // f
  number::Rational power = 0;  // s, not an integer unless 0; the term has k^s only for k >= 0
};

// The body of a sum in the variable k as such a term; nothing if it is none, or one of a degree above 64.
std::optional<HypergeometricTerm> hypergeometric_term(const expr::Graph& g, expr::Expr body, expr::Expr k,
                                                      base::Budget& budget);

}  // namespace nabla::calc
