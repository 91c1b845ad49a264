// How the series of this folder call Arb.
#pragma once

#include <arb_poly.h>

#include "number/functions/domain.h"
#include "number/functions/forms.h"

namespace nabla::number {

using ArbSeries = void (*)(arb_poly_struct* result, const arb_poly_struct* x, slong n, slong bits);

// n coefficients of which none is known.
Series unknown(long n);
Series constant(const Ball& c);
Series truncated(const Series& x, long n);
Series scaled(const Series& x, const Ball& factor, Bits bits);
Series derivative(const Series& x, Bits bits);

// y with y' = slope and the given value at h = 0, to n coefficients; slope needs n - 1.
Series integral(const Series& slope, const Ball& at_zero, long n, Bits bits);

// The function with Taylor coefficients `jet` at x[0], composed with x.
Series composed(const Series& jet, const Series& x, long n, Bits bits);

// Whether the values at h = 0 are certain to lie in the domain.
bool inside(DomainTest domain, Arguments x, Bits bits);

// A ball function at the values at h = 0.
Ball at_zero(BallFunction f, Arguments x, Bits bits);

inline Series call(ArbSeries f, const Series& x, long n, Bits bits) {
  Series r;
  f(r.raw(), x.raw(), n, bits);
  return r;
}

// f(x[0]) where x is certain to lie in the domain.
Series on(DomainTest domain, ArbSeries f, Arguments x, long n, Bits bits);
// At an end of the domain, which is not inside it, the value only.
Series between(DomainTest interior, DomainTest domain, ArbSeries f, Arguments x, long n, Bits bits);

// f(x) by its derivative: x' / denominator.
Series by_slope(BallFunction f, const Series& denominator, Arguments x, long n, Bits bits);

inline Series one() { return constant(Ball(1)); }
inline bool is_constant(const Series& x) { return arb_poly_length(x.raw()) <= 1; }
Series negated(const Series& x, Bits bits);
Series square(const Series& x, long n, Bits bits);
Series inverse(const Series& x, long n, Bits bits);
Series square_root(const Series& x, long n, Bits bits);

}  // namespace nabla::number
