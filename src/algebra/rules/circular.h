// The functions that are products of powers of a sine and a cosine, circular or hyperbolic.
#pragma once

#include <span>
#include <string_view>

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

// The inverse functions, each with the sine and cosine (circular or hyperbolic) of its value as texts in x. They hold
// wherever the inverse is defined.
struct InverseCircular {
  const expr::Function* f;
  bool hyperbolic;
  std::string_view sine;
  std::string_view cosine;
};
const InverseCircular* find_inverse_circular(const expr::Function& f);  // nullptr: it is none

}  // namespace nabla::algebra
