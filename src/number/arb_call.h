// How the functions of this folder call Arb.
#pragma once

#include "number/ball.h"

namespace nabla::number {

using ArbFunction = void (*)(arb_ptr result, arb_srcptr x, slong bits);

inline Ball call(ArbFunction f, const Ball& x, Bits bits) {
  Ball r;
  f(r.raw(), x.raw(), bits);
  return r;
}

// Whether x is so wide (under 30 good bits) that a function is enclosed better from the ends of x.
bool wide(const Ball& x);

// The ends of x as exact balls, rounded outwards to enough bits for a wide ball.
struct Ends {
  explicit Ends(const Ball& x);
  Ball lower, upper;
};

// f(x) for an f that is monotone on x: of a wide ball from its ends.
Ball monotone(ArbFunction f, const Ball& x, Bits bits);

// |x| as a ball without needless width: [0, 3] for [-1, 3].
Ball magnitude(const Ball& x, Bits bits);

// f(x) where Arb gives no finite enclosure of wide balls: the hull over pieces of x, if that is finite.
Ball piecewise(ArbFunction f, const Ball& x, Bits bits);

}  // namespace nabla::number
