#include "number/functions/series_call.h"

#include <vector>

namespace nabla::number {
namespace {

std::vector<Ball> values(Arguments x) {
  std::vector<Ball> r;
  r.reserve(x.size());
  for (const Series& s : x) r.push_back(s.coefficient(0));
  return r;
}

}  // namespace

Series unknown(long n) {
  Series r;
  for (long i = 0; i < n; ++i) r.set_coefficient(i, Ball::nan());
  return r;
}

Series constant(const Ball& c) { return Series(c); }

Series truncated(const Series& x, long n) {
  Series r;
  arb_poly_set_trunc(r.raw(), x.raw(), n);
  return r;
}

Series scaled(const Series& x, const Ball& factor, Bits bits) {
  Series r;
  arb_poly_scalar_mul(r.raw(), x.raw(), factor.raw(), bits);
  return r;
}

Series derivative(const Series& x, Bits bits) {
  Series r;
  arb_poly_derivative(r.raw(), x.raw(), bits);
  return r;
}

Series integral(const Series& slope, const Ball& at_zero, long n, Bits bits) {
  Series r;
  arb_poly_integral(r.raw(), slope.raw(), bits);
  r.set_coefficient(0, at_zero);
  return truncated(r, n);
}

Series composed(const Series& jet, const Series& x, long n, Bits bits) {
  if (jet.is_nan()) return unknown(n);
  Series inner = truncated(x, n), r;
  inner.set_coefficient(0, Ball(0));
  arb_poly_compose_series(r.raw(), jet.raw(), inner.raw(), n, bits);
  return r;
}

bool inside(DomainTest domain, Arguments x, Bits bits) { return domain(values(x), bits) == Truth::yes; }

Ball at_zero(BallFunction f, Arguments x, Bits bits) { return f(values(x), bits); }

Series on(DomainTest domain, ArbSeries f, Arguments x, long n, Bits bits) {
  return inside(domain, x, bits) ? call(f, x[0], n, bits) : unknown(n);
}

Series between(DomainTest interior, DomainTest domain, ArbSeries f, Arguments x, long n, Bits bits) {
  return on(n > 1 ? interior : domain, f, x, n, bits);
}

Series by_slope(BallFunction f, const Series& denominator, Arguments x, long n, Bits bits) {
  const Ball value = at_zero(f, x, bits);
  if (n <= 1) return n == 1 ? constant(value) : Series();
  return integral(div(derivative(x[0], bits), denominator, n - 1, bits), value, n, bits);
}

Series negated(const Series& x, Bits bits) { return scaled(x, Ball(-1), bits); }
Series square(const Series& x, long n, Bits bits) { return mul(x, x, n, bits); }
Series inverse(const Series& x, long n, Bits bits) { return div(one(), x, n, bits); }
Series square_root(const Series& x, long n, Bits bits) { return call(arb_poly_sqrt_series, x, n, bits); }

}  // namespace nabla::number
