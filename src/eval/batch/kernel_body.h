// The kernels, written once over a vector type and compiled for each set of instructions by the files that include
// this. Everything is in an unnamed namespace, and no inline function of another header is used, so that code for a
// newer machine cannot be linked into what runs on an older one. NABLA_WIDTH: doubles in a vector.
//
// Bounds of the error follow the value computed: |f(x + e) - f(x)| by a slope valid on the whole of [x - e, x + e],
// plus the rounding of the result. Every bound is enlarged by kInflate, which covers its own rounding.
#include "eval/batch/kernel_choice.h"
#include "eval/batch/kernel_point.h"
#include "eval/batch/kernel_sums.h"
