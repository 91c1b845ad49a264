// The functions that are products of powers of a sine and a cosine, circular or hyperbolic.
#pragma once

#include <span>

#include "expr/rows.h"

namespace nabla::algebra {

// f(u) = sin(u)^sine · cos(u)^cosine, or sinh and cosh.
struct Circular {
  const expr::Function* f;
  int sine;
  int cosine;
  bool hyperbolic;
};
std::span<const Circular> circular_functions();
const Circular* find_circular(const expr::Function& f);                          // nullptr: it is none
const expr::Function& circular_function(int sine, int cosine, bool hyperbolic);  // one of the table

}  // namespace nabla::algebra
