// Derivatives as the language writes them: primes, d/dx, diff, implicit.
#pragma once

#include "expr/value.h"

namespace nabla::parse {
class Term;
}

namespace nabla::calc {

class Elaborator;

// f'(x), sin''(2), bare f': the term's head is prime.
expr::Value elaborate_prime(Elaborator& in, const parse::Term& t);
// d/dx E, ∂²/∂x∂y E: the term's head is partial.
expr::Value elaborate_partial(Elaborator& in, const parse::Term& t);

// diff(E, x), diff(E, x, n), diff(E, x, 2, y)
expr::Value elaborate_diff(Elaborator& in, const parse::Term& call);
// implicit(L = R, y, x): dy/dx on the curve
expr::Value elaborate_implicit(Elaborator& in, const parse::Term& call);

}  // namespace nabla::calc
