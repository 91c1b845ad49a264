#include "number/functions/arb_call.h"

namespace nabla::number {
namespace {

constexpr Bits kWideAccuracy = 30;
constexpr Bits kVeryWideAccuracy = 5;
constexpr Bits kEndBits = kPieceBits;

}  // namespace

bool wide(const Ball& x) { return !x.is_exact() && arb_rel_accuracy_bits(x.raw()) < kWideAccuracy; }

Ends::Ends(const Ball& x) { arb_get_interval_arf(arb_midref(lower.raw()), arb_midref(upper.raw()), x.raw(), kEndBits); }

Ball monotone(ArbFunction f, const Ball& x, Bits bits) {
  if (!wide(x)) return call(f, x, bits);
  const Ends ends(x);
  return Ball::hull(call(f, ends.lower, kEndBits), call(f, ends.upper, kEndBits), kEndBits);
}

Ball monotone_on(DomainTest domain, ArbFunction f, Balls x, Bits bits) {
  return domain(x, bits) == Truth::yes ? monotone(f, x[0], bits) : Ball::nan();
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

bool very_wide(const Ball& x) {
  return x.is_finite() && !x.is_exact() && x.accuracy_bits() < kVeryWideAccuracy &&
         mag_cmp_2exp_si(arb_radref(x.raw()), -kVeryWideAccuracy) > 0;
}

Ball piece(const Ball& x, long i) {
  const Ends ends(x);
  const Ball step = div(sub(ends.upper, ends.lower, kEndBits), Ball(kPieces), kEndBits);
  const Ball from = add(ends.lower, mul(step, Ball(i), kEndBits), kEndBits);
  return Ball::hull(from, add(from, step, kEndBits), kEndBits);
}

Ball piecewise(ArbFunction f, const Ball& x, Bits bits) {
  if (!very_wide(x)) return call(f, x, bits);
  const Ball r = over_pieces([f](const Ball& part, Bits b) { return call(f, part, b); }, x);
  return r.is_nan() ? call(f, x, bits) : r;
}

}  // namespace nabla::number
