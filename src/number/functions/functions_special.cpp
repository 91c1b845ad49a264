// Error functions, exponential integrals, zeta, Bessel and Airy functions, the normal distribution, activation
// functions.
#include <arb_hypgeom.h>

#include <algorithm>

#include "number/functions/arb_call.h"
#include "number/functions/domain.h"

namespace nabla::number {
namespace {

void lambertw_of(arb_ptr r, arb_srcptr x, slong bits) { arb_lambertw(r, x, 0, bits); }

void li_of(arb_ptr r, arb_srcptr x, slong bits) {
  if (arb_is_zero(x)) return arb_zero(r);
  arb_hypgeom_li(r, x, 0, bits);
}

// 1/(1 + e^-x)
void sigmoid_of(arb_ptr r, arb_srcptr x, slong bits) {
  arb_neg(r, x);
  arb_exp(r, r, bits);
  arb_add_ui(r, r, 1, bits);
  arb_inv(r, r, bits);
}

// ln(1 + e^x) = max(x, 0) + ln(1 + e^-|x|)
void softplus_of(arb_ptr r, arb_srcptr x, slong bits) {
  if (arb_is_positive(x)) {
    Ball t;
    arb_neg(t.raw(), x);
    arb_exp(t.raw(), t.raw(), bits);
    arb_log1p(t.raw(), t.raw(), bits);
    arb_add(r, x, t.raw(), bits);
  } else {
    arb_exp(r, x, bits);
    arb_log1p(r, r, bits);
  }
}

// The lower tail of the standard normal distribution: erfc(-z/sqrt(2))/2.
void tail_of(arb_ptr r, arb_srcptr z, slong bits) {
  Ball root;
  arb_sqrt_ui(root.raw(), 2, bits);
  arb_div(r, z, root.raw(), bits);
  arb_neg(r, r);
  arb_hypgeom_erfc(r, r, bits);
  arb_mul_2exp_si(r, r, -1);
}

void gelu_of(arb_ptr r, arb_srcptr x, slong bits) {
  Ball tail;
  tail_of(tail.raw(), x, bits);
  arb_mul(r, x, tail.raw(), bits);
}

// e^(-z^2/2)
void bell_of(arb_ptr r, arb_srcptr z, slong bits) {
  arb_sqr(r, z, bits);
  arb_mul_2exp_si(r, r, -1);
  arb_neg(r, r);
  arb_exp(r, r, bits);
}

template <int Which>  // 0 Ai, 1 Ai', 2 Bi, 3 Bi'
void airy_of(arb_ptr r, arb_srcptr x, slong bits) {
  arb_hypgeom_airy(Which == 0 ? r : nullptr, Which == 1 ? r : nullptr, Which == 2 ? r : nullptr,
                   Which == 3 ? r : nullptr, x, bits);
}

// (x - mean)/sd, both optional.
Ball standardised(Balls x, Bits bits) {
  Ball z = x[0];
  if (x.size() > 1) z = sub(z, x[1], bits);
  if (x.size() > 2) z = div(z, x[2], bits);
  return z;
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

}  // namespace

Ball erf(Balls x, Bits bits) { return monotone(arb_hypgeom_erf, x[0], bits); }
Ball erfc(Balls x, Bits bits) { return monotone(arb_hypgeom_erfc, x[0], bits); }

Ball erfinv(Balls x, Bits bits) {
  return domain::below_one(x, bits) == Truth::yes ? monotone(arb_hypgeom_erfinv, x[0], bits) : Ball::nan();
}

Ball sine_integral(Balls x, Bits bits) { return piecewise(arb_hypgeom_si, x[0], bits); }

Ball cosine_integral(Balls x, Bits bits) {
  return domain::positive(x, bits) == Truth::yes ? piecewise(arb_hypgeom_ci, x[0], bits) : Ball::nan();
}

Ball exponential_integral(Balls x, Bits bits) {
  return domain::nonzero(x, bits) == Truth::yes ? monotone(arb_hypgeom_ei, x[0], bits) : Ball::nan();
}

Ball logarithmic_integral(Balls x, Bits bits) {
  return domain::logarithmic_integral(x, bits) == Truth::yes ? monotone(li_of, x[0], bits) : Ball::nan();
}

Ball lambertw(Balls x, Bits bits) {
  return domain::lambertw(x, bits) == Truth::yes ? monotone(lambertw_of, x[0], bits) : Ball::nan();
}

Ball zeta(Balls x, Bits bits) {
  if (domain::not_one(x, bits) != Truth::yes) return Ball::nan();
  const bool falling = arb_gt(x[0].raw(), Ball(1).raw());
  return falling ? monotone(arb_zeta, x[0], bits) : piecewise(arb_zeta, x[0], bits);
}

Ball besselj(Balls x, Bits bits) {
  if (domain::bessel_first(x, bits) != Truth::yes) return Ball::nan();
  if (x[1].is_zero() && (x[0].is_zero() || !x[0].contains_zero())) return bessel_at_zero(x[0]);
  return bessel(arb_hypgeom_bessel_j, x[0], x[1], bits);
}

Ball besseli(Balls x, Bits bits) {
  if (domain::bessel_first(x, bits) != Truth::yes) return Ball::nan();
  if (x[1].is_zero() && (x[0].is_zero() || !x[0].contains_zero())) return bessel_at_zero(x[0]);
  return bessel(arb_hypgeom_bessel_i, x[0], x[1], bits);
}

Ball bessely(Balls x, Bits bits) {
  return domain::bessel_second(x, bits) == Truth::yes ? bessel(arb_hypgeom_bessel_y, x[0], x[1], bits) : Ball::nan();
}

Ball besselk(Balls x, Bits bits) {
  return domain::bessel_second(x, bits) == Truth::yes ? bessel(arb_hypgeom_bessel_k, x[0], x[1], bits) : Ball::nan();
}

Ball airyai(Balls x, Bits bits) { return piecewise(airy_of<0>, x[0], bits); }
Ball airyai_derivative(Balls x, Bits bits) { return piecewise(airy_of<1>, x[0], bits); }
Ball airybi(Balls x, Bits bits) { return piecewise(airy_of<2>, x[0], bits); }
Ball airybi_derivative(Balls x, Bits bits) { return piecewise(airy_of<3>, x[0], bits); }

Ball normpdf(Balls x, Bits bits) {
  if (domain::normal(x, bits) != Truth::yes) return Ball::nan();
  const Ball bell = monotone(bell_of, magnitude(standardised(x, bits), bits), bits);
  Ball root = mul(pi(bits), Ball(2), bits);
  arb_sqrt(root.raw(), root.raw(), bits);
  return div(bell, x.size() > 2 ? mul(root, x[2], bits) : root, bits);
}

Ball normcdf(Balls x, Bits bits) {
  if (domain::normal(x, bits) != Truth::yes) return Ball::nan();
  return monotone(tail_of, standardised(x, bits), bits);
}

Ball sigmoid(Balls x, Bits bits) { return monotone(sigmoid_of, x[0], bits); }
Ball softplus(Balls x, Bits bits) { return monotone(softplus_of, x[0], bits); }
Ball gelu(Balls x, Bits bits) { return piecewise(gelu_of, x[0], bits); }

}  // namespace nabla::number
