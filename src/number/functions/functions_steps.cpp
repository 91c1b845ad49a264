// Absolute value, rounding and other functions made of pieces.
#include "number/functions/arb_call.h"
#include "number/functions/domain.h"

namespace nabla::number {
namespace {

constexpr long kMaxDigits = 100'000;  // of round

using Step = void (*)(arf_t value, const arf_t x);

void floor_step(arf_t r, const arf_t x) { arf_floor(r, x); }
void ceil_step(arf_t r, const arf_t x) { arf_ceil(r, x); }
void trunc_step(arf_t r, const arf_t x) { arf_sgn(x) < 0 ? arf_ceil(r, x) : arf_floor(r, x); }
void sign_step(arf_t r, const arf_t x) { arf_set_si(r, arf_sgn(x)); }

void heaviside_step(arf_t r, const arf_t x) {
  arf_set_si(r, arf_sgn(x) + 1);
  arf_mul_2exp_si(r, r, -1);
}

// Halves away from zero.
void round_step(arf_t r, const arf_t x) {
  if (arf_is_int(x) || arf_is_special(x)) return arf_set(r, x);
  if (arf_cmpabs_2exp_si(x, -1) < 0) return arf_zero(r);
  arf_t half;
  arf_init(half);
  arf_set_d(half, arf_sgn(x) < 0 ? -0.5 : 0.5);
  arf_add(half, half, x, ARF_PREC_EXACT, ARF_RND_DOWN);
  trunc_step(r, half);
  arf_clear(half);
}

// A nondecreasing step function: exact if both ends of x lie on one step, else NaN.
Ball on_one_step(Step step, const Ball& x, Bits bits) {
  if (x.is_nan()) return Ball::nan();
  Ball lower, upper;
  if (x.is_exact()) {
    step(arb_midref(lower.raw()), arb_midref(x.raw()));
    return lower;
  }
  arb_get_interval_arf(arb_midref(lower.raw()), arb_midref(upper.raw()), x.raw(), bits);
  step(arb_midref(lower.raw()), arb_midref(lower.raw()));
  step(arb_midref(upper.raw()), arb_midref(upper.raw()));
  return arf_equal(arb_midref(lower.raw()), arb_midref(upper.raw())) ? lower : Ball::nan();
}

}  // namespace

Ball abs(Balls x, Bits bits) { return magnitude(x[0], bits); }
Ball sign(Balls x, Bits bits) { return on_one_step(sign_step, x[0], bits); }
Ball floor(Balls x, Bits bits) { return on_one_step(floor_step, x[0], bits); }
Ball ceil(Balls x, Bits bits) { return on_one_step(ceil_step, x[0], bits); }
Ball trunc(Balls x, Bits bits) { return on_one_step(trunc_step, x[0], bits); }
Ball heaviside(Balls x, Bits bits) { return on_one_step(heaviside_step, x[0], bits); }

Ball round(Balls x, Bits bits) {
  if (x.size() < 2) return on_one_step(round_step, x[0], bits);
  const std::optional<long> digits = x[1].is_exact() ? x[1].unique_integer() : std::nullopt;
  if (!digits || *digits > kMaxDigits || *digits < -kMaxDigits) return Ball::nan();
  Ball scale;
  arb_ui_pow_ui(scale.raw(), 10, static_cast<ulong>(*digits < 0 ? -*digits : *digits), ARF_PREC_EXACT);
  if (*digits < 0) return mul(on_one_step(round_step, div(x[0], scale, bits), bits), scale, bits);
  Ball scaled;
  arb_mul(scaled.raw(), x[0].raw(), scale.raw(), x[0].is_exact() ? ARF_PREC_EXACT : bits);
  return div(on_one_step(round_step, scaled, bits), scale, bits);
}

Ball frac(Balls x, Bits bits) { return sub(x[0], floor(x, bits), bits); }

Ball mod(Balls x, Bits bits) {
  if (domain::second_nonzero(x, bits) != Truth::yes) return Ball::nan();
  const Ball turns = on_one_step(floor_step, div(x[0], x[1], bits), bits);
  return sub(x[0], mul(turns, x[1], bits), bits);
}

Ball min(Balls x, Bits bits) {
  Ball r = x[0];
  for (const Ball& y : x.subspan(1)) arb_min(r.raw(), r.raw(), y.raw(), bits);
  return r;
}

Ball max(Balls x, Bits bits) {
  Ball r = x[0];
  for (const Ball& y : x.subspan(1)) arb_max(r.raw(), r.raw(), y.raw(), bits);
  return r;
}

Ball clamp(Balls x, Bits bits) {
  if (domain::clamp(x, bits) != Truth::yes) return Ball::nan();
  Ball r;
  arb_min(r.raw(), x[0].raw(), x[2].raw(), bits);
  arb_max(r.raw(), r.raw(), x[1].raw(), bits);
  return r;
}

Ball relu(Balls x, Bits bits) {
  Ball r;
  arb_max(r.raw(), x[0].raw(), Ball(0).raw(), bits);
  return r;
}

Ball hypot(Balls x, Bits bits) {
  const Ball a = magnitude(x[0], bits), b = magnitude(x[1], bits);
  Ball r;
  if (!wide(a) && !wide(b)) {
    arb_hypot(r.raw(), a.raw(), b.raw(), bits);
    return r;
  }
  const Ends p(a), q(b);
  Ball upper;
  arb_hypot(r.raw(), p.lower.raw(), q.lower.raw(), bits);
  arb_hypot(upper.raw(), p.upper.raw(), q.upper.raw(), bits);
  return Ball::hull(r, upper, bits);
}

}  // namespace nabla::number
