// The functions that are products of powers of a sine and a cosine, circular or hyperbolic, and their inverses.
#pragma once

#include "expr/rows.h"

namespace nabla::algebra {

using expr::Circular;

// nullptr if it is none.
inline const Circular* find_circular(const expr::Function& f) {
  return f.circular.sine != 0 || f.circular.cosine != 0 ? &f.circular : nullptr;
}
inline const expr::SineAndCosine* find_inverse_circular(const expr::Function& f) {
  return f.sine_and_cosine.sine.empty() ? nullptr : &f.sine_and_cosine;
}

const expr::Function& circular_function(int sine, int cosine, bool hyperbolic);  // one of the table

}  // namespace nabla::algebra
