// Elementary functions over SIMD vectors: SLEEF's routines, found at run time when first needed, so that a program that
// needs none does not pay for them. Source: SLEEF 3.5, <https://sleef.org>; its bounds of the error are tested.
#pragma once

#include <cstdint>

#include "number/functions/vector_form.h"

namespace nabla::functions {

// Sets of vector instructions, by the number of doubles in a vector.
enum class Isa : std::uint8_t { baseline, avx2, avx512 };  // 2, 4, 8

// The routine for powers, which are not calls of a row.
extern const number::VectorForm power_routine;

// The address of the routine of a row of the table, or of power_routine: V (*)(V) or V (*)(V, V). nullptr if SLEEF is
// not installed.
void* vector_routine(const number::VectorForm& f, Isa isa);
// Sine and cosine at once: V2 (*)(V), the sine first.
void* sine_and_cosine_routine(Isa isa);

}  // namespace nabla::functions
