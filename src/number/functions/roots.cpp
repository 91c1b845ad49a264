// Roots, and the length of a hypotenuse.
#include <cmath>

#include "number/functions/arb_call.h"
#include "number/functions/domain.h"
#include "number/functions/functions.h"
#include "number/functions/scalar_call.h"
#include "number/functions/series_call.h"

namespace nabla::number {
namespace {

constexpr long kMaxRoot = 1'000'000;  // order of an exact root

void root_of(arb_ptr r, arb_srcptr x, ulong n, slong bits) {
  if (arb_is_zero(x)) {
    arb_zero(r);
  } else if (arb_is_negative(x)) {
    arb_neg(r, x);
    arb_root_ui(r, r, n, bits);
    arb_neg(r, r);
  } else {
    arb_root_ui(r, x, n, bits);
  }
}

// The odd root of x, which may contain 0.
Ball odd_root(const Ball& x, ulong n, Bits bits) {
  Ball r;
  if (x.contains_zero() && !x.is_zero()) {
    const Ends ends(x);
    Ball upper;
    root_of(r.raw(), ends.lower.raw(), n, bits);
    root_of(upper.raw(), ends.upper.raw(), n, bits);
    return Ball::hull(r, upper, bits);
  }
  root_of(r.raw(), x.raw(), n, bits);
  return r;
}

}  // namespace

namespace forms {

constinit const Forms sqrt{
    .ball = [](Balls x, Bits bits) { return monotone_on(domain::nonnegative, arb_sqrt, x, bits); },
    .series = [](Arguments x, long n, Bits bits) { return on(domain::nonnegative, arb_poly_sqrt_series, x, n, bits); },
    .exact = [](Rationals x) -> Value { return x[0].sign() < 0 ? std::nullopt : Rational::root(x[0], 2); },
    .scalar = [](const double* x, int) { return std::sqrt(x[0]); },
};

constinit const Forms cbrt{
    .ball = [](Balls x, Bits bits) { return odd_root(x[0], 3, bits); },
    .series = [](Arguments x, long n, Bits bits) { return number::power(x[0], Rational(1, 3), n, bits); },
    .exact = [](Rationals x) -> Value { return Rational::root(x[0], 3); },
    .scalar = [](const double* x, int) { return std::cbrt(x[0]); },
    .vector = {"cbrt", "u10", 1, Slope::cube_root, std::cbrt},
};

constinit const Forms root{
    .ball =
        [](Balls x, Bits bits) {
          if (domain::root(x, bits) != Truth::yes) return Ball::nan();
          const std::optional<long> n = x[1].is_exact() ? x[1].unique_integer() : std::nullopt;
          if (n && *n != LONG_MIN) {
            const ulong order = static_cast<ulong>(*n < 0 ? -*n : *n);
            if (order % 2 == 1) {
              const Ball r = odd_root(x[0], order, bits);
              return *n > 0 ? r : div(Ball(1), r, bits);
            }
            Ball r;
            if (wide(x[0])) {
              const Ends ends(x[0]);
              Ball upper;
              root_of(r.raw(), ends.lower.raw(), order, bits);
              root_of(upper.raw(), ends.upper.raw(), order, bits);
              r = Ball::hull(r, upper, bits);
            } else {
              root_of(r.raw(), x[0].raw(), order, bits);
            }
            return *n > 0 ? r : div(Ball(1), r, bits);
          }
          if (x[0].is_zero()) return Ball(0);
          return power(x[0], div(Ball(1), x[1], bits), bits);
        },
    .series =
        [](Arguments x, long n, Bits bits) {
          if (!inside(domain::root, x, bits)) return unknown(n);
          const std::optional<Rational> order = x[1].coefficient(0).exact();
          const bool fixed = arb_poly_length(x[1].raw()) <= 1 && order && order->to_long();
          if (fixed) return number::power(x[0], order->reciprocal(), n, bits);
          return number::power(x[0], inverse(x[1], n, bits), n, bits);
        },
    .exact = [](Rationals x) -> Value {
      const std::optional<long> n = x[1].to_long();
      if (!n || *n == 0 || *n > kMaxRoot || *n < -kMaxRoot) return std::nullopt;
      if ((x[0].sign() < 0 && *n % 2 == 0) || (x[0].is_zero() && *n < 0)) return std::nullopt;
      const Value r = Rational::root(x[0], std::abs(*n));
      return r && *n < 0 ? Value(r->reciprocal()) : r;
    },
    .scalar =
        [](const double* x, int) {
          const bool odd = is_integer(x[1]) && std::fmod(x[1], 2) != 0;
          if (x[1] == 0 || (x[0] == 0 && x[1] < 0) || (x[0] < 0 && !odd)) return kNan;
          return std::copysign(std::pow(std::abs(x[0]), 1 / x[1]), x[0]);
        },
};

constinit const Forms hypot{
    .ball =
        [](Balls x, Bits bits) {
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
        },
    .series =
        [](Arguments x, long n, Bits bits) {
          const Series squares = add(mul(x[0], x[0], n, bits), mul(x[1], x[1], n, bits), n, bits);
          Series r = unknown(n);
          if (squares.coefficient(0).is_positive()) arb_poly_sqrt_series(r.raw(), squares.raw(), n, bits);
          if (n > 0) r.set_coefficient(0, at_zero(hypot.ball, x, bits));
          return r;
        },
    .exact = [](Rationals x) -> Value { return Rational::root(x[0] * x[0] + x[1] * x[1], 2); },
    .scalar = [](const double* x, int) { return std::hypot(x[0], x[1]); },
    .vector = {"hypot", "u05", 0.5001, Slope::distance, nullptr, std::hypot},
};

}  // namespace forms
}  // namespace nabla::number
