#include "number/functions/domain.h"

#include "number/functions/functions.h"

namespace nabla::number::domain {
namespace {

Truth both(Truth a, Truth b) {
  if (a == Truth::no || b == Truth::no) return Truth::no;
  return a == Truth::yes && b == Truth::yes ? Truth::yes : Truth::unknown;
}

Truth either(Truth a, Truth b) {
  if (a == Truth::yes || b == Truth::yes) return Truth::yes;
  return a == Truth::no && b == Truth::no ? Truth::no : Truth::unknown;
}

Truth decide(bool yes, bool no) { return yes ? Truth::yes : no ? Truth::no : Truth::unknown; }

Truth not_zero(const Ball& x) { return decide(x.is_positive() || x.is_negative(), x.is_zero()); }
Truth at_least(const Ball& x, long c) { return decide(arb_ge(x.raw(), Ball(c).raw()), arb_lt(x.raw(), Ball(c).raw())); }
Truth above(const Ball& x, long c) { return decide(arb_gt(x.raw(), Ball(c).raw()), arb_le(x.raw(), Ball(c).raw())); }
Truth differs(const Ball& x, long c) {
  return decide(arb_gt(x.raw(), Ball(c).raw()) || arb_lt(x.raw(), Ball(c).raw()), arb_equal_si(x.raw(), c));
}
Truth integer(const Ball& x) { return decide(arb_is_int(x.raw()), x.is_finite() && !x.contains_integer()); }
Truth magnitude_at_least_one(const Ball& x) { return either(at_least(x, 1), at_least(neg(x), 1)); }
Truth magnitude_above_one(const Ball& x) { return either(above(x, 1), above(neg(x), 1)); }
Truth opposite(Truth t) { return t == Truth::yes ? Truth::no : t == Truth::no ? Truth::yes : Truth::unknown; }

Truth no_pole(const Ball& x) {
  if (x.is_positive()) return Truth::yes;
  if (!x.is_finite()) return Truth::unknown;
  return decide(!x.contains_integer(), arb_is_int(x.raw()));
}

}  // namespace

Truth nonnegative(Balls x, Bits) { return at_least(x[0], 0); }
Truth positive(Balls x, Bits) { return above(x[0], 0); }
Truth nonzero(Balls x, Bits) { return not_zero(x[0]); }
Truth up_to_one(Balls x, Bits) { return opposite(magnitude_above_one(x[0])); }
Truth below_one(Balls x, Bits) { return opposite(magnitude_at_least_one(x[0])); }
Truth from_one(Balls x, Bits) { return at_least(x[0], 1); }
Truth beyond_one(Balls x, Bits) { return magnitude_above_one(x[0]); }
Truth one_or_beyond(Balls x, Bits) { return magnitude_at_least_one(x[0]); }
Truth unit_without_zero(Balls x, Bits) { return both(above(x[0], 0), at_least(neg(x[0]), -1)); }
Truth not_one(Balls x, Bits) { return differs(x[0], 1); }
Truth no_zero_of_cos(Balls x, Bits bits) { return not_zero(forms::cos.ball(x, bits)); }
Truth no_zero_of_sin(Balls x, Bits bits) { return not_zero(forms::sin.ball(x, bits)); }
Truth no_pole_of_gamma(Balls x, Bits) { return no_pole(x[0]); }

Truth integers(Balls x, Bits) {
  Truth all = Truth::yes;
  for (const Ball& a : x) all = both(all, integer(a));
  return all;
}

Truth root(Balls x, Bits) {
  const Ball& n = x[1];
  const std::optional<Rational> exact = n.exact();
  const bool odd = exact && exact->is_integer() && !exact->is_zero() && exact->reciprocal().denominator_is_odd();
  const Truth base = odd ? Truth::yes : at_least(x[0], 0);
  return both(not_zero(n), both(base, either(not_zero(x[0]), above(n, 0))));
}

Truth log(Balls x, Bits) {
  const Truth argument = above(x[0], 0);
  return x.size() < 2 ? argument : both(argument, both(above(x[1], 0), differs(x[1], 1)));
}

Truth atan2(Balls x, Bits) { return either(not_zero(x[0]), not_zero(x[1])); }
Truth second_nonzero(Balls x, Bits) { return not_zero(x[1]); }
Truth round(Balls x, Bits) { return x.size() < 2 ? Truth::yes : integer(x[1]); }
Truth clamp(Balls x, Bits) { return less_equal(x[1], x[2]); }
Truth factorial(Balls x, Bits bits) { return no_pole(add(x[0], Ball(1), bits)); }
Truth polygamma(Balls x, Bits) { return both(both(integer(x[0]), at_least(x[0], 0)), no_pole(x[1])); }
Truth beta(Balls x, Bits) { return both(no_pole(x[0]), no_pole(x[1])); }
Truth binomial(Balls x, Bits bits) { return either(integer(x[1]), domain::factorial(x, bits)); }

Truth logarithmic_integral(Balls x, Bits) { return both(at_least(x[0], 0), differs(x[0], 1)); }

Truth lambertw(Balls x, Bits bits) { return at_least(mul(x[0], number::e(bits), bits), -1); }

Truth bessel_first(Balls x, Bits) {
  return either(either(integer(x[0]), above(x[1], 0)), both(at_least(x[1], 0), at_least(x[0], 0)));
}

Truth bessel_second(Balls x, Bits) { return above(x[1], 0); }
Truth normal(Balls x, Bits) { return x.size() < 3 ? Truth::yes : above(x[2], 0); }

}  // namespace nabla::number::domain
