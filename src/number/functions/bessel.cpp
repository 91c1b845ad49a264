// Bessel and Airy functions.
#include <arb_hypgeom.h>

#include <algorithm>
#include <array>
#include <vector>

#include "number/functions/arb_call.h"
#include "number/functions/domain.h"
#include "number/functions/functions.h"
#include "number/functions/scalar_call.h"
#include "number/functions/series_call.h"

namespace nabla::number {
namespace {

template <int Which>  // 0 Ai, 1 Ai', 2 Bi, 3 Bi'
void airy_of(arb_ptr r, arb_srcptr x, slong bits) {
  arb_hypgeom_airy(Which == 0 ? r : nullptr, Which == 1 ? r : nullptr, Which == 2 ? r : nullptr,
                   Which == 3 ? r : nullptr, x, bits);
}

// Beyond these orders more precision than this takes Arb seconds.
constexpr ulong kLargeOrder = 10'000;       // of J and Y
constexpr ulong kLargeModifiedOrder = 500;  // of I and K
constexpr Bits kBitsOfLargeOrder = 512;

using BesselFunction = void (*)(arb_ptr r, arb_srcptr order, arb_srcptr x, slong bits);

Ball bessel(BesselFunction f, const Ball& order, const Ball& x, Bits bits) {
  const bool modified = f == arb_hypgeom_bessel_i || f == arb_hypgeom_bessel_k;
  const bool large = arf_cmpabs_ui(arb_midref(order.raw()), modified ? kLargeModifiedOrder : kLargeOrder) > 0;
  const auto value = [f, &order, large](const Ball& at, Bits b) {
    Ball r;
    f(r.raw(), order.raw(), at.raw(), large ? std::min(b, kBitsOfLargeOrder) : b);
    return r;
  };
  if (!very_wide(x)) return value(x, bits);
  const Ball r = over_pieces(value, x);
  return r.is_nan() ? value(x, bits) : r;
}

// J or I at x = 0.
Ball bessel_at_zero(const Ball& order) { return Ball(order.is_zero() ? 1 : 0); }

template <int Which>  // 0 Ai, 1 Ai', 2 Bi, 3 Bi'
void airy_series(arb_poly_struct* r, const arb_poly_struct* x, slong n, slong bits) {
  arb_hypgeom_airy_series(Which == 0 ? r : nullptr, Which == 1 ? r : nullptr, Which == 2 ? r : nullptr,
                          Which == 3 ? r : nullptr, x, n, bits);
}

// The k-th derivative of a cylinder function C is 2^-k times the sum over i of binomial(k, i) s^i C(order - k + 2i, x),
// s being -1 for J and Y, 1 for I, and of that (-1)^k for K with s = 1 (DLMF 10.6.7, 10.29.5).
Series bessel(BallFunction f, int alternating, int outer, Arguments x, long n, Bits bits) {
  const std::array<Ball, 2> at{x[0].coefficient(0), x[1].coefficient(0)};
  if (n <= 1 || !is_constant(x[0])) return n == 1 ? constant(f(at, bits)) : unknown(n);
  std::vector<Ball> shifted;
  for (long j = -(n - 1); j <= n - 1; ++j) {
    const std::array<Ball, 2> moved{add(at[0], Ball(j), bits), at[1]};
    shifted.push_back(f(moved, bits));
  }
  Series jet;
  Ball scale(1);  // outer^k / (2^k k!)
  for (long k = 0; k < n; ++k) {
    Ball sum, binomial;
    for (long i = 0; i <= k; ++i) {
      arb_bin_uiui(binomial.raw(), static_cast<ulong>(k), static_cast<ulong>(i), bits);
      const Ball term = mul(binomial, shifted[static_cast<std::size_t>(n - 1 - k + 2 * i)], bits);
      sum = alternating < 0 && i % 2 == 1 ? sub(sum, term, bits) : add(sum, term, bits);
    }
    jet.set_coefficient(k, mul(sum, scale, bits));
    scale = div(scale, Ball(outer * 2 * (k + 1)), bits);
  }
  return composed(jet, x[1], n, bits);
}

}  // namespace

namespace forms {

constinit const Forms besselj{
    .ball =
        [](Balls x, Bits bits) {
          if (domain::bessel_first(x, bits) != Truth::yes) return Ball::nan();
          if (x[1].is_zero() && (x[0].is_zero() || !x[0].contains_zero())) return bessel_at_zero(x[0]);
          return bessel(arb_hypgeom_bessel_j, x[0], x[1], bits);
        },
    .series = [](Arguments x, long n, Bits bits) { return bessel(besselj.ball, -1, 1, x, n, bits); },
    .exact = [](Rationals x) -> Value {
      if (!x[1].is_zero() || (x[0].sign() < 0 && !x[0].is_integer())) return std::nullopt;
      return Rational(x[0].is_zero() ? 1 : 0);
    },
    .scalar = [](const double* x, int count) { return rounded(besselj.ball, x, count); },
};

constinit const Forms bessely{
    .ball =
        [](Balls x, Bits bits) {
          return domain::bessel_second(x, bits) == Truth::yes ? bessel(arb_hypgeom_bessel_y, x[0], x[1], bits)
                                                              : Ball::nan();
        },
    .series = [](Arguments x, long n, Bits bits) { return bessel(bessely.ball, -1, 1, x, n, bits); },
    .scalar = [](const double* x, int count) { return rounded(bessely.ball, x, count); },
};

constinit const Forms besseli{
    .ball =
        [](Balls x, Bits bits) {
          if (domain::bessel_first(x, bits) != Truth::yes) return Ball::nan();
          if (x[1].is_zero() && (x[0].is_zero() || !x[0].contains_zero())) return bessel_at_zero(x[0]);
          return bessel(arb_hypgeom_bessel_i, x[0], x[1], bits);
        },
    .series = [](Arguments x, long n, Bits bits) { return bessel(besseli.ball, 1, 1, x, n, bits); },
    .exact = besselj.exact,
    .scalar = [](const double* x, int count) { return rounded(besseli.ball, x, count); },
};

constinit const Forms besselk{
    .ball =
        [](Balls x, Bits bits) {
          return domain::bessel_second(x, bits) == Truth::yes ? bessel(arb_hypgeom_bessel_k, x[0], x[1], bits)
                                                              : Ball::nan();
        },
    .series = [](Arguments x, long n, Bits bits) { return bessel(besselk.ball, 1, -1, x, n, bits); },
    .scalar = [](const double* x, int count) { return rounded(besselk.ball, x, count); },
};

constinit const Forms airyai{
    .ball = [](Balls x, Bits bits) { return piecewise(airy_of<0>, x[0], bits); },
    .series = [](Arguments x, long n, Bits bits) { return call(airy_series<0>, x[0], n, bits); },
    .scalar = [](const double* x, int count) { return rounded(airyai.ball, x, count); },
};

constinit const Forms airybi{
    .ball = [](Balls x, Bits bits) { return piecewise(airy_of<2>, x[0], bits); },
    .series = [](Arguments x, long n, Bits bits) { return call(airy_series<2>, x[0], n, bits); },
    .scalar = [](const double* x, int count) { return rounded(airybi.ball, x, count); },
};

constinit const Forms airyai_derivative{
    .ball = [](Balls x, Bits bits) { return piecewise(airy_of<1>, x[0], bits); },
    .series = [](Arguments x, long n, Bits bits) { return call(airy_series<1>, x[0], n, bits); },
    .scalar = [](const double* x, int count) { return rounded(airyai_derivative.ball, x, count); },
};

constinit const Forms airybi_derivative{
    .ball = [](Balls x, Bits bits) { return piecewise(airy_of<3>, x[0], bits); },
    .series = [](Arguments x, long n, Bits bits) { return call(airy_series<3>, x[0], n, bits); },
    .scalar = [](const double* x, int count) { return rounded(airybi_derivative.ball, x, count); },
};

}  // namespace forms
}  // namespace nabla::number
