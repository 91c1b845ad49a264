// How errors of a routine's arguments change its result, by a bound of the slope on the whole interval.
#pragma once

#include "eval/batch/kernel_vector.h"

namespace {

// Routines: |f(x + e) - f(x)| by the rule for the slope.
template <Slope kSlope>
NABLA_INLINE V spread(V x, V e, V r, [[maybe_unused]] Routine logarithm) {
  const V ax = magnitude(x);
  const V ar = magnitude(r);
  if constexpr (kSlope == Slope::sine) return e < 2 ? e : all(2);
  if constexpr (kSlope == Slope::arc_tangent) return e;
  if constexpr (kSlope == Slope::exponential || kSlope == Slope::exponential2 || kSlope == Slope::exponential10) {
    const double base = kSlope == Slope::exponential    ? 1
                        : kSlope == Slope::exponential2 ? 0.6931471805599454
                                                        : 2.302585092994046;
    const V t = e * base;
    return unless(t > 1, (ar + kTiny) * (t * (1 + t)) * kInflate);
  }
  if constexpr (kSlope == Slope::logarithm || kSlope == Slope::logarithm2 || kSlope == Slope::logarithm10) {
    const double scale = kSlope == Slope::logarithm    ? 1
                         : kSlope == Slope::logarithm2 ? 1.4426950408889636
                                                       : 0.4342944819032519;
    const V least = (x - e) * (1 - 0x1p-50);
    return unless(least <= 0, (e * scale + kTiny) / least);
  }
  if constexpr (kSlope == Slope::tangent) {
    const V te = e * (1 + e * e);
    const V d = 1 - ar * (1 + 0x1p-50) * te;
    return unless((e > 0.5) | (d <= 0.001), te * (1 + ar * ar) * (1 + 0x1p-46) / d);
  }
  if constexpr (kSlope == Slope::arc_sine) {
    const V far = ax + e;
    const V d = (1 - far) * (1 + far) - 0x1p-50;
    return unless(d <= 0, e / root(d));
  }
  if constexpr (kSlope == Slope::hyperbolic) {
    return unless(e > 1, e * root(1 + ar * ar) * (1 + e) * (1 + e) * (1 + 0x1p-46));
  }
  if constexpr (kSlope == Slope::hyperbolic_tangent) {
    const V low = ar - e - 0x1p-50;
    return e * (low > 0 ? 1 - low * low + 0x1p-50 : all(1));
  }
  if constexpr (kSlope == Slope::area_sine) {
    const V low = ax > e ? (ax - e) * (1 - 0x1p-50) : all(0);
    return e / root(1 + low * low);
  }
  if constexpr (kSlope == Slope::area_cosine) {
    const V low = x - e;
    const V d = (low - 1) * (low + 1) * (1 - 0x1p-46);
    return unless((low <= 1) | (d <= 0), e / root(d));
  }
  if constexpr (kSlope == Slope::area_tangent) {
    const V far = ax + e;
    const V d = (1 - far) * (1 + far) - 0x1p-50;
    return unless(d <= 0, e / d);
  }
  if constexpr (kSlope == Slope::cube_root) return unless(ax <= 2 * e, (0.54 * e + kTiny) / (ar * ar));
  if constexpr (kSlope == Slope::error_function) return 1.1283791670955129 * e;
  if constexpr (kSlope == Slope::gamma) {
    // Γ' = ψΓ. For t > 0: |ψ(t)| <= |ln t| + 1/t; for t < 0, by reflection: ln(1 - t) + 1 + 1/(distance to an integer).
    if (logarithm == nullptr) return all(kInfinity);
    const V slack = ax * 0x1p-50;
    const V low = (x - e) - slack;
    const V high = (x + e) + slack;
    const V above = x - floor_of(x);
    const V distance = (above < 1 - above ? above : 1 - above) - e - slack;
    const V at_low = magnitude(logarithm(low > 0 ? low : 1 - low));
    const V at_high = magnitude(logarithm(high > 0 ? high : all(1)));
    const V right = larger(at_low, at_high) + 1 / low;
    const V left = at_low + 1 + 1 / distance;
    const V t = e * (low > 0 ? right : left) * (1 + 0x1p-46);
    const M open = (low <= 0) & ((high >= 0) | (distance <= 0));
    return unless(open | !(t <= 1), (ar + kTiny) * (t * (1 + t)) * (1 + 0x1p-46));
  }
  return all(kInfinity);
}

template <Slope kSlope>
NABLA_INLINE V spread_of_two(V a, V ea, V b, V eb, V r, Routine logarithm) {
  if constexpr (kSlope == Slope::distance) return ea + eb;
  if constexpr (kSlope == Slope::power) {
    const V least = (a - ea) * (1 - 0x1p-50);
    V t = ((magnitude(b) + eb) * ea + kTiny) / least;
    if (logarithm != nullptr) {
      const V turns = eb > 0 ? (magnitude(logarithm(a)) * (1 + 0x1p-50) + ea / least) * eb : all(0);
      t = t + turns;
    } else {
      t = unless(eb > 0, t);
    }
    return unless((least <= 0) | !(t <= 1), (magnitude(r) + kTiny) * (t * (1 + t)) * (1 + 0x1p-40));
  }
  if constexpr (kSlope == Slope::angle) {
    // atan2(a, b): the angle of (b, a).
    const V x = magnitude(b) - eb;
    const V y = magnitude(a) - ea;
    const V nx = x > 0 ? x : all(0);
    const V ny = y > 0 ? y : all(0);
    const V square = (nx * nx + ny * ny) * (1 - 0x1p-46);
    const M cut = (y <= 0) & (b - eb <= 0);
    return unless(cut | (square <= 0), (magnitude(b) * ea + magnitude(a) * eb + 2 * ea * eb + kTiny) / square);
  }
  return all(kInfinity);
}

}  // namespace
