// Germs: a function near a point on one side, as a series in fractional powers of the distance.
#pragma once

#include <optional>

#include "number/series.h"

namespace nabla::eval {

using number::Ball;
using number::Bits;
using number::Rational;
using number::Series;

// c[0] h^(lead/root) + c[1] h^((lead+1)/root) + … + c[terms-1] h^((lead+terms-1)/root) + O(h^((lead+terms)/root)) for
// h -> 0 from above. A Taylor series has root 1 and lead 0.
struct Germ {
  long root = 1;
  long lead = 0;
  long terms = 0;
  Series c;

  static Germ constant(const Ball& value, long terms);
  bool is_taylor() const { return root == 1 && lead == 0; }
  Ball coefficient(const Rational& exponent) const;  // NaN beyond the last known
  Rational end() const { return Rational(lead + terms, root); }
};

// The leading term of a germ's remainder, if it is no power of its lattice: sign · C h^order ln(1/h)^logs, C > 0. The
// germ ends at `order` or before it, with no terms between.
struct Tail {
  int sign = 1;
  Ball order;
  long logs = 0;
};

inline constexpr long kMaxRoot = 60;  // of the exponents' denominators

// The same germ with the root multiplied by m.
Germ with_root(const Germ& a, long m);
// Without its first coefficients that are exactly 0; all of them may be.
Germ trimmed(const Germ& a);
// As a series in t = h^(1/root) that begins at t^0. Nothing if it has negative exponents.
std::optional<Series> from_zero(const Germ& a);

Germ add(const Germ& a, const Germ& b, Bits bits);
Germ mul(const Germ& a, const Germ& b, Bits bits);
Germ scaled(const Germ& a, const Ball& factor, Bits bits);
// a^q; the leading coefficient must not contain 0. NaN coefficients where that is not real.
Germ power(const Germ& a, const Rational& q, Bits bits);
// The antiderivative with the given constant term; nothing if it has a term h^-1 or lower.
std::optional<Germ> integral(const Germ& a, const Ball& constant, Bits bits);
Germ derivative(const Germ& a, Bits bits);

// The tail of the sum and of the product of germs that have tails, or one of which has; nothing if it is not
// known.
using MaybeTail = std::optional<Tail>;
MaybeTail tail_of_sum(const Germ& a, const MaybeTail& of_a, const Germ& b, const MaybeTail& of_b);
MaybeTail tail_of_product(const Germ& a, const MaybeTail& of_a, const Germ& b, const MaybeTail& of_b, Bits bits);
// The sign of the k-th derivative of a tail if it is unbounded; 0 if it tends to 0; nothing if neither holds.
std::optional<int> growth(const Tail& t, long k);

}  // namespace nabla::eval
