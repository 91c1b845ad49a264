// Derivatives as the language writes them: primes, d/dx, diff.
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

}  // namespace nabla::calc
