// Series of powers, logarithms, trigonometric and hyperbolic functions and their inverses.
#include "number/functions/series_call.h"

namespace nabla::number::series {
namespace {

Series one() { return constant(Ball(1)); }
Series square(const Series& x, long n, Bits bits) { return number::mul(x, x, n, bits); }
Series root_of(const Series& x, long n, Bits bits) { return call(arb_poly_sqrt_series, x, n, bits); }
Series inverse(const Series& x, long n, Bits bits) { return number::div(one(), x, n, bits); }

Series on(DomainTest domain, ArbSeries f, Arguments x, long n, Bits bits) {
  return inside(domain, x, bits) ? call(f, x[0], n, bits) : unknown(n);
}

// At an end of the domain, which is not inside it, the value only.
Series between(DomainTest interior, DomainTest domain, ArbSeries f, Arguments x, long n, Bits bits) {
  return on(n > 1 ? interior : domain, f, x, n, bits);
}

// f(x) by its derivative: x' / denominator.
Series by_slope(BallFunction f, const Series& denominator, Arguments x, long n, Bits bits) {
  const Ball value = at_zero(f, x, bits);
  if (n <= 1) return n == 1 ? constant(value) : Series();
  return integral(number::div(derivative(x[0], bits), denominator, n - 1, bits), value, n, bits);
}

Series negated(const Series& x, Bits bits) { return scaled(x, Ball(-1), bits); }

}  // namespace

Series sqrt(Arguments x, long n, Bits bits) { return on(domain::nonnegative, arb_poly_sqrt_series, x, n, bits); }
Series cbrt(Arguments x, long n, Bits bits) { return number::power(x[0], Rational(1, 3), n, bits); }

Series root(Arguments x, long n, Bits bits) {
  if (!inside(domain::root, x, bits)) return unknown(n);
  const std::optional<Rational> order = x[1].coefficient(0).exact();
  const bool fixed = arb_poly_length(x[1].raw()) <= 1 && order && order->to_long();
  if (fixed) return number::power(x[0], order->reciprocal(), n, bits);
  return number::power(x[0], inverse(x[1], n, bits), n, bits);
}

Series exp(Arguments x, long n, Bits bits) { return call(arb_poly_exp_series, x[0], n, bits); }
Series ln(Arguments x, long n, Bits bits) { return on(domain::positive, arb_poly_log_series, x, n, bits); }

Series log(Arguments x, long n, Bits bits) {
  if (x.size() < 2) return log10(x, n, bits);
  if (!inside(domain::log, x, bits)) return unknown(n);
  return number::div(ln(x.first(1), n, bits), ln(x.subspan(1), n, bits), n, bits);
}

Series log2(Arguments x, long n, Bits bits) {
  const Ball base(2);
  return scaled(ln(x, n, bits), number::div(Ball(1), number::ln({&base, 1}, bits), bits), bits);
}

Series log10(Arguments x, long n, Bits bits) {
  const Ball base(10);
  return scaled(ln(x, n, bits), number::div(Ball(1), number::ln({&base, 1}, bits), bits), bits);
}

Series sin(Arguments x, long n, Bits bits) { return call(arb_poly_sin_series, x[0], n, bits); }
Series cos(Arguments x, long n, Bits bits) { return call(arb_poly_cos_series, x[0], n, bits); }
Series tan(Arguments x, long n, Bits bits) { return on(domain::no_zero_of_cos, arb_poly_tan_series, x, n, bits); }
Series sec(Arguments x, long n, Bits bits) { return inverse(cos(x, n, bits), n, bits); }
Series csc(Arguments x, long n, Bits bits) { return inverse(sin(x, n, bits), n, bits); }
Series cot(Arguments x, long n, Bits bits) { return number::div(cos(x, n, bits), sin(x, n, bits), n, bits); }

Series asin(Arguments x, long n, Bits bits) {
  return between(domain::below_one, domain::up_to_one, arb_poly_asin_series, x, n, bits);
}
Series acos(Arguments x, long n, Bits bits) {
  return between(domain::below_one, domain::up_to_one, arb_poly_acos_series, x, n, bits);
}
Series atan(Arguments x, long n, Bits bits) { return call(arb_poly_atan_series, x[0], n, bits); }

Series asec(Arguments x, long n, Bits bits) {
  if (!inside(domain::one_or_beyond, x, bits)) return unknown(n);
  const Series y = inverse(x[0], n, bits);
  return acos({&y, 1}, n, bits);
}

Series acsc(Arguments x, long n, Bits bits) {
  if (!inside(domain::one_or_beyond, x, bits)) return unknown(n);
  const Series y = inverse(x[0], n, bits);
  return asin({&y, 1}, n, bits);
}

Series acot(Arguments x, long n, Bits bits) {
  const Series slope = negated(number::add(one(), square(x[0], n, bits), n, bits), bits);
  return by_slope(number::acot, slope, x, n, bits);
}

Series atan2(Arguments x, long n, Bits bits) {
  const Ball value = at_zero(number::atan2, x, bits);
  const bool near_cut = x[0].coefficient(0).contains_zero() && !x[1].coefficient(0).is_positive();
  if (value.is_nan() || (n > 1 && near_cut)) return unknown(n);
  if (n <= 1) return truncated(constant(value), n);
  const Series turn = number::sub(number::mul(x[1], derivative(x[0], bits), n - 1, bits),
                                  number::mul(x[0], derivative(x[1], bits), n - 1, bits), n - 1, bits);
  const Series distance = number::add(square(x[0], n, bits), square(x[1], n, bits), n, bits);
  return integral(number::div(turn, distance, n - 1, bits), value, n, bits);
}

Series sinh(Arguments x, long n, Bits bits) { return call(arb_poly_sinh_series, x[0], n, bits); }
Series cosh(Arguments x, long n, Bits bits) { return call(arb_poly_cosh_series, x[0], n, bits); }

// 1 - 2/(e^2x + 1), its first coefficient apart.
Series tanh(Arguments x, long n, Bits bits) {
  const Series square_of = call(arb_poly_exp_series, scaled(x[0], Ball(2), bits), n, bits);
  const Series quotient = number::div(constant(Ball(2)), number::add(square_of, one(), n, bits), n, bits);
  Series r = number::sub(one(), quotient, n, bits);
  if (n > 0) r.set_coefficient(0, at_zero(number::tanh, x, bits));
  return r;
}

Series sech(Arguments x, long n, Bits bits) { return inverse(cosh(x, n, bits), n, bits); }
Series csch(Arguments x, long n, Bits bits) { return inverse(sinh(x, n, bits), n, bits); }
Series coth(Arguments x, long n, Bits bits) { return number::div(cosh(x, n, bits), sinh(x, n, bits), n, bits); }

Series asinh(Arguments x, long n, Bits bits) {
  const Series under = number::add(square(x[0], n, bits), one(), n, bits);
  return by_slope(number::asinh, root_of(under, n, bits), x, n, bits);
}

Series acosh(Arguments x, long n, Bits bits) {
  if (!inside(domain::from_one, x, bits)) return unknown(n);
  const Series under = number::sub(square(x[0], n, bits), one(), n, bits);
  return by_slope(number::acosh, root_of(under, n, bits), x, n, bits);
}

Series atanh(Arguments x, long n, Bits bits) {
  if (!inside(domain::below_one, x, bits)) return unknown(n);
  return by_slope(number::atanh, number::sub(one(), square(x[0], n, bits), n, bits), x, n, bits);
}

Series acoth(Arguments x, long n, Bits bits) {
  if (!inside(domain::beyond_one, x, bits)) return unknown(n);
  return by_slope(number::acoth, number::sub(one(), square(x[0], n, bits), n, bits), x, n, bits);
}

Series asech(Arguments x, long n, Bits bits) {
  if (!inside(domain::unit_without_zero, x, bits)) return unknown(n);
  const Series under = number::sub(one(), square(x[0], n, bits), n, bits);
  const Series slope = negated(number::mul(x[0], root_of(under, n, bits), n, bits), bits);
  return by_slope(number::asech, slope, x, n, bits);
}

Series acsch(Arguments x, long n, Bits bits) {
  if (!inside(domain::nonzero, x, bits)) return unknown(n);
  const Series y = inverse(x[0], n, bits);
  return asinh({&y, 1}, n, bits);
}

}  // namespace nabla::number::series
