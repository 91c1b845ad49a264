// Expressions at complex points in plain double arithmetic, for the complex-step derivative.
#pragma once

#include <complex>

#include "eval/balls/evaluator.h"

namespace nabla::eval {

// The value of e for x = z, with other variables bound as in `in`. Functions are continued from the real axis by their
// Taylor series, so z must lie close to it; conditions compare real parts. NaN if there is no value or x occurs in an
// operation or a recursive call.
std::complex<double> complex_value(Evaluator& in, Expr e, Expr x, std::complex<double> z);

}  // namespace nabla::eval
