// Logarithms in terms of natural ones.
#pragma once

#include "expr/graph.h"

namespace nabla::algebra {

// e with log2(x) as ln(x)/ln(2) and so on, and ln(12) as 2·ln(2) + ln(3), if e contains two logarithms: equal wherever
// both are defined. e itself if nothing changes.
expr::Expr by_natural_logarithms(expr::Graph& g, expr::Expr e);

// A sum with ln(2) + ln(3) as ln(6), 2·ln(3) - ln(2) as ln(9/2), if the number stays short.
expr::Expr join_logarithms(expr::Graph& g, expr::Expr sum);

// ln(q) for a rational q > 0 by its prime factors.
expr::Expr logarithm_by_primes(expr::Graph& g, const expr::Rational& q);

}  // namespace nabla::algebra
