// Domains of functions: yes if all points of the argument balls lie inside, no if all lie outside, else
// unknown.
#pragma once

#include "number/functions/forms.h"

namespace nabla::number {

// Whether a point lies in the domain of a function.
using DomainTest = Truth (*)(Balls x, Bits bits);

namespace domain {

Truth nonnegative(Balls x, Bits bits);        // x >= 0
Truth positive(Balls x, Bits bits);           // x > 0
Truth nonzero(Balls x, Bits bits);            // x != 0
Truth up_to_one(Balls x, Bits bits);          // |x| <= 1
Truth below_one(Balls x, Bits bits);          // |x| < 1
Truth from_one(Balls x, Bits bits);           // x >= 1
Truth beyond_one(Balls x, Bits bits);         // |x| > 1
Truth one_or_beyond(Balls x, Bits bits);      // |x| >= 1
Truth unit_without_zero(Balls x, Bits bits);  // 0 < x <= 1
Truth not_one(Balls x, Bits bits);            // x != 1
Truth no_zero_of_cos(Balls x, Bits bits);
Truth no_zero_of_sin(Balls x, Bits bits);
Truth no_pole_of_gamma(Balls x, Bits bits);  // x not in 0, -1, -2, …
Truth integers(Balls x, Bits bits);          // all arguments
Truth root(Balls x, Bits bits);              // x, n
Truth log(Balls x, Bits bits);               // x, base
Truth atan2(Balls x, Bits bits);             // not both zero
Truth second_nonzero(Balls x, Bits bits);    // mod(a, n)
Truth round(Balls x, Bits bits);             // x, digits
Truth clamp(Balls x, Bits bits);             // x, lo <= hi
Truth factorial(Balls x, Bits bits);
Truth polygamma(Balls x, Bits bits);
Truth beta(Balls x, Bits bits);
Truth binomial(Balls x, Bits bits);
Truth logarithmic_integral(Balls x, Bits bits);  // x >= 0, x != 1
Truth lambertw(Balls x, Bits bits);              // x >= -1/e
Truth bessel_first(Balls x, Bits bits);          // besselj, besseli: order, x
Truth bessel_second(Balls x, Bits bits);         // bessely, besselk: x > 0
Truth normal(Balls x, Bits bits);                // x, mean, standard deviation > 0

}  // namespace domain

}  // namespace nabla::number
