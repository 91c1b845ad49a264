// Powers, logarithms, trigonometric and hyperbolic functions and their inverses.
#include "number/functions/arb_call.h"
#include "number/functions/domain.h"

namespace nabla::number {
namespace {

using DomainTest = Truth (*)(Balls, Bits);

// f(x[0]) for an f that is monotone on its domain, NaN outside.
Ball monotone_on(DomainTest domain, ArbFunction f, Balls x, Bits bits) {
  return domain(x, bits) == Truth::yes ? monotone(f, x[0], bits) : Ball::nan();
}

void log2_of(arb_ptr r, arb_srcptr x, slong bits) { arb_log_base_ui(r, x, 2, bits); }
void log10_of(arb_ptr r, arb_srcptr x, slong bits) { arb_log_base_ui(r, x, 10, bits); }

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

// f(1/x) for a monotone f that ends at 1 or -1, where |1/x| is at most 1 but rounding may lead beyond.
template <ArbFunction f>
void of_inverse(arb_ptr r, arb_srcptr x, slong bits) {
  Ball y;
  arb_inv(y.raw(), x, bits);
  Ball at_end(arb_is_positive(x) ? 1 : -1);
  Ball largest = magnitude(y, bits);
  if (arb_le(largest.raw(), Ball(1).raw())) return f(r, y.raw(), bits);
  Ball inner;
  arb_get_abs_lbound_arf(arb_midref(inner.raw()), y.raw(), bits);
  if (!arb_is_positive(x)) arb_neg(inner.raw(), inner.raw());
  f(inner.raw(), inner.raw(), bits);
  f(at_end.raw(), at_end.raw(), bits);
  arb_union(r, inner.raw(), at_end.raw(), bits);
}

// acosh(1/x) for 0 < x <= 1.
void asech_of(arb_ptr r, arb_srcptr x, slong bits) {
  Ball y;
  arb_inv(y.raw(), x, bits);
  if (arb_ge(y.raw(), Ball(1).raw())) return arb_acosh(r, y.raw(), bits);
  Ball upper;
  arb_get_ubound_arf(arb_midref(upper.raw()), y.raw(), bits);
  arb_acosh(upper.raw(), upper.raw(), bits);
  arb_union(r, Ball(0).raw(), upper.raw(), bits);
}

}  // namespace

Ball pi(Bits bits) {
  Ball r;
  arb_const_pi(r.raw(), bits);
  return r;
}

Ball e(Bits bits) {
  Ball r;
  arb_const_e(r.raw(), bits);
  return r;
}

Ball golden_ratio(Bits bits) {
  Ball r;
  arb_sqrt_ui(r.raw(), 5, bits);
  arb_add_ui(r.raw(), r.raw(), 1, bits);
  arb_mul_2exp_si(r.raw(), r.raw(), -1);
  return r;
}

Ball euler_gamma(Bits bits) {
  Ball r;
  arb_const_euler(r.raw(), bits);
  return r;
}

Ball sqrt(Balls x, Bits bits) { return monotone_on(domain::nonnegative, arb_sqrt, x, bits); }
Ball cbrt(Balls x, Bits bits) { return odd_root(x[0], 3, bits); }

Ball root(Balls x, Bits bits) {
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
}

Ball exp(Balls x, Bits bits) { return monotone(arb_exp, x[0], bits); }
Ball ln(Balls x, Bits bits) { return monotone_on(domain::positive, arb_log, x, bits); }
Ball log2(Balls x, Bits bits) { return monotone_on(domain::positive, log2_of, x, bits); }
Ball log10(Balls x, Bits bits) { return monotone_on(domain::positive, log10_of, x, bits); }

Ball log(Balls x, Bits bits) {
  if (x.size() < 2) return log10(x, bits);
  if (domain::log(x, bits) != Truth::yes) return Ball::nan();
  const std::optional<long> base = x[1].is_exact() ? x[1].unique_integer() : std::nullopt;
  if (base && !wide(x[0])) {
    Ball r;
    arb_log_base_ui(r.raw(), x[0].raw(), static_cast<ulong>(*base), bits);
    return r;
  }
  return div(monotone(arb_log, x[0], bits), monotone(arb_log, x[1], bits), bits);
}

Ball sin(Balls x, Bits bits) { return call(arb_sin, x[0], bits); }
Ball cos(Balls x, Bits bits) { return call(arb_cos, x[0], bits); }
Ball tan(Balls x, Bits bits) { return monotone_on(domain::no_zero_of_cos, arb_tan, x, bits); }
Ball cot(Balls x, Bits bits) { return monotone_on(domain::no_zero_of_sin, arb_cot, x, bits); }
Ball sec(Balls x, Bits bits) { return div(Ball(1), cos(x, bits), bits); }
Ball csc(Balls x, Bits bits) { return div(Ball(1), sin(x, bits), bits); }

Ball asin(Balls x, Bits bits) { return monotone_on(domain::up_to_one, arb_asin, x, bits); }
Ball acos(Balls x, Bits bits) { return monotone_on(domain::up_to_one, arb_acos, x, bits); }
Ball atan(Balls x, Bits bits) { return monotone(arb_atan, x[0], bits); }

Ball asec(Balls x, Bits bits) { return monotone_on(domain::one_or_beyond, of_inverse<arb_acos>, x, bits); }
Ball acsc(Balls x, Bits bits) { return monotone_on(domain::one_or_beyond, of_inverse<arb_asin>, x, bits); }

Ball acot(Balls x, Bits bits) {
  if (x[0].is_positive()) return monotone(arb_atan, monotone(arb_inv, x[0], bits), bits);
  Ball half = pi(bits);
  arb_mul_2exp_si(half.raw(), half.raw(), -1);
  return sub(half, atan(x, bits), bits);
}

Ball atan2(Balls x, Bits bits) {
  if (domain::atan2(x, bits) != Truth::yes) return Ball::nan();
  const bool at_cut = !x[1].is_nonnegative() && x[0].contains_zero() && !x[0].is_nonnegative();
  if (at_cut) return Ball::nan();
  Ball r;
  arb_atan2(r.raw(), x[0].raw(), x[1].raw(), bits);
  return r;
}

Ball sinh(Balls x, Bits bits) { return monotone(arb_sinh, x[0], bits); }
Ball cosh(Balls x, Bits bits) { return monotone(arb_cosh, magnitude(x[0], bits), bits); }
Ball tanh(Balls x, Bits bits) { return monotone(arb_tanh, x[0], bits); }
Ball sech(Balls x, Bits bits) { return monotone(arb_sech, magnitude(x[0], bits), bits); }
Ball csch(Balls x, Bits bits) { return monotone_on(domain::nonzero, arb_csch, x, bits); }
Ball coth(Balls x, Bits bits) { return monotone_on(domain::nonzero, arb_coth, x, bits); }
Ball asinh(Balls x, Bits bits) { return monotone(arb_asinh, x[0], bits); }
Ball acosh(Balls x, Bits bits) { return monotone_on(domain::from_one, arb_acosh, x, bits); }
Ball atanh(Balls x, Bits bits) { return monotone_on(domain::below_one, arb_atanh, x, bits); }

Ball asech(Balls x, Bits bits) { return monotone_on(domain::unit_without_zero, asech_of, x, bits); }

Ball acsch(Balls x, Bits bits) {
  if (domain::nonzero(x, bits) != Truth::yes) return Ball::nan();
  return monotone(arb_asinh, monotone(arb_inv, x[0], bits), bits);
}

Ball acoth(Balls x, Bits bits) {
  if (domain::beyond_one(x, bits) != Truth::yes) return Ball::nan();
  const Ball y = monotone(arb_inv, x[0], bits);
  return atanh({&y, 1}, bits);
}

}  // namespace nabla::number
