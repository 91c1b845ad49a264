#include "expr/computed_power.h"

#include "expr/build.h"

namespace nabla::expr {

Expr computed_power(Graph& g, Expr base, const Rational& q) {
  if (q.is_integer() || !q.denominator_is_odd() || g.is(base, kNonnegative)) return power(g, base, g.rational(q));
  return power(g, square_root(g, base), g.rational(q * Rational(2)));
}

Rational written_denominator(const Graph& g, Expr exponent) {
  switch (g.kind(exponent)) {
    case Kind::rational: return g.number(exponent).denominator();
    case Kind::product:
      return g.is_number(g.arg(exponent, 0)) ? g.number(g.arg(exponent, 0)).denominator() : Rational(1);
    case Kind::sum: {
      Rational common = 1;
      for (Expr term : g.args(exponent)) {
        common = common * (written_denominator(g, term) / common).numerator();  // the least common multiple
      }
      return common;
    }
    default: return 1;
  }
}

}  // namespace nabla::expr
