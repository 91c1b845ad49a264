// How the functions of this folder call Arb.
#pragma once

#include "number/ball.h"
#include "number/functions/domain.h"

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

// f(x[0]) for an f that is monotone on its domain, NaN outside.
Ball monotone_on(DomainTest domain, ArbFunction f, Balls x, Bits bits);

// |x| as a ball without needless width: [0, 3] for [-1, 3].
Ball magnitude(const Ball& x, Bits bits);

// Whether x is so wide that a function which turns is enclosed better piece by piece.
bool very_wide(const Ball& x);

// The hull of the values of f on equal pieces of x; NaN if f is not finite on one.
template <class F>
Ball over_pieces(F f, const Ball& x);

// f(x): of a very wide ball over its pieces.
Ball piecewise(ArbFunction f, const Ball& x, Bits bits);

// The i-th of kPieces equal pieces of x, from 0.
inline constexpr long kPieces = 16;
inline constexpr Bits kPieceBits = 96;
Ball piece(const Ball& x, long i);

template <class F>
Ball over_pieces(F f, const Ball& x) {
  Ball all;
  for (long i = 0; i < kPieces; ++i) {
    const Ball part = f(piece(x, i), kPieceBits);
    if (!part.is_finite()) return Ball::nan();
    all = i == 0 ? part : Ball::hull(all, part, kPieceBits);
  }
  return all;
}

}  // namespace nabla::number
