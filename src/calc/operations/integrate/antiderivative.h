// The two-argument form integrate(E, x).
#pragma once

#include "calc/elaborate/elaborate.h"

namespace nabla::calc {

// An antiderivative of the body by x (a symbol), element by element. `call` is the term, for the places of errors.
// Throws Error (undecided) if none is found.
Value antiderivative(Elaborator& in, const Value& body, Expr x, const Term& call);

}  // namespace nabla::calc
