// The forms in which a function is computed.
#pragma once

#include <optional>
#include <span>

#include "number/ball.h"
#include "number/functions/vector_form.h"
#include "number/rational.h"
#include "number/series.h"

namespace nabla::number {

using Balls = std::span<const Ball>;
using Arguments = std::span<const Series>;
using Rationals = std::span<const Rational>;
using Value = std::optional<Rational>;

// Rigorous: contains f(x) for every x in the arguments, and is NaN unless all of them are certain to lie in the domain
// and f is continuous on them. So a jump gives NaN: floor([1.9, 2.1]), atan2([-0.1, 0.1], -1).
using BallFunction = Ball (*)(Balls x, Bits bits);

// The power series f(x[0](h), …) to n coefficients, NaN where the arguments at h = 0 are not certain to lie in the
// domain, or f is not certain to be analytic there.
using SeriesFunction = Series (*)(Arguments x, long n, Bits bits);

// x[0] is the first argument. Optional arguments may be missing.
struct Forms {
  BallFunction ball = nullptr;      // never null
  SeriesFunction series = nullptr;  // jets; nullptr: by expansion or by derivatives

  // Of functions with kinks or jumps: the series for h -> 0 from above, where the function is x -> f(x) at once after
  // h = 0. So abs at h gives h, at -h gives h; floor at 2 - h gives 1. For h -> 0 from below put -h for h.
  SeriesFunction series_after = nullptr;

  // The rational value at rational arguments where there is one that costs little to know; else nothing, outside the
  // domain too. Throws Error (limit), without trying, if the value needs more than Budget::kMaxExactBits.
  Value (*exact)(Rationals x) = nullptr;

  // In plain double, for estimates and for showing round-off: no digit is guaranteed. NaN outside the domain. Never
  // null.
  double (*scalar)(const double* x, int count) = nullptr;

  VectorForm vector = {};
  Intrinsic intrinsic = Intrinsic::none;
};

}  // namespace nabla::number
