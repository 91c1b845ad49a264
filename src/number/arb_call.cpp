#include "number/arb_call.h"

namespace nabla::number {
namespace {

constexpr Bits kWideAccuracy = 30;
constexpr Bits kEndBits = 96;
constexpr long kPieces = 16;

// The ball from a to b (exact, a <= b).
Ball interval(const Ball& a, const Ball& b) {
  Ball r;
  arb_set_interval_arf(r.raw(), arb_midref(a.raw()), arb_midref(b.raw()), kEndBits);
  return r;
}

}  // namespace

bool wide(const Ball& x) { return !x.is_exact() && arb_rel_accuracy_bits(x.raw()) < kWideAccuracy; }

Ends::Ends(const Ball& x) { arb_get_interval_arf(arb_midref(lower.raw()), arb_midref(upper.raw()), x.raw(), kEndBits); }

Ball monotone(ArbFunction f, const Ball& x, Bits bits) {
  if (!wide(x)) return call(f, x, bits);
  const Ends ends(x);
  return Ball::hull(call(f, ends.lower, kEndBits), call(f, ends.upper, kEndBits), kEndBits);
}

Ball magnitude(const Ball& x, Bits bits) {
  Ball r;
  if (x.is_nonnegative() || x.is_nonpositive() || !x.is_finite()) {
    arb_abs(r.raw(), x.raw());
    return r;
  }
  Ball largest;
  arb_get_abs_ubound_arf(arb_midref(largest.raw()), x.raw(), bits);
  return Ball::hull(r, largest, bits);
}

Ball piecewise(ArbFunction f, const Ball& x, Bits bits) {
  Ball whole = call(f, x, bits);
  if (whole.is_finite() || !x.is_finite() || !wide(x)) return whole;
  const Ends ends(x);
  const Ball step = div(sub(ends.upper, ends.lower, kEndBits), Ball(kPieces), kEndBits);
  Ball a = ends.lower;
  for (long i = 1; i <= kPieces; ++i) {
    Ball b = ends.upper;
    if (i < kPieces) {
      b = add(ends.lower, mul(step, Ball(i), kEndBits), kEndBits);
      mag_zero(arb_radref(b.raw()));
    }
    const Ball part = call(f, interval(a, b), kEndBits);
    if (!part.is_finite()) return whole;
    whole = i == 1 ? part : Ball::hull(whole, part, kEndBits);
    a = b;
  }
  return whole;
}

}  // namespace nabla::number
