#include "algebra/rational/denest.h"

#include "algebra/rational/generators.h"
#include "expr/build.h"

namespace nabla::algebra {

using expr::Kind;

std::optional<Expr> denested_root(Graph& g, Expr radicand) {
  if (g.kind(radicand) != Kind::sum || g.node(radicand).count != 2 || !g.is_number(g.arg(radicand, 0))) {
    return std::nullopt;
  }
  const Scaled term = take_coefficient(g, g.arg(radicand, 1));
  if (g.kind(term.rest) != Kind::power || !g.is_number(g.arg(term.rest, 0)) || !g.is_number(g.arg(term.rest, 1)) ||
      !(g.number(g.arg(term.rest, 1)) == Rational(1, 2))) {
    return std::nullopt;
  }
  const Rational& a = g.number(g.arg(radicand, 0));
  const Rational& c = g.number(g.arg(term.rest, 0));
  const Rational square = a * a - term.coefficient * term.coefficient * c;
  if (square.sign() < 0 || a.sign() <= 0 || c.sign() < 0) return std::nullopt;
  const std::optional<Rational> d = Rational::root(square, 2);
  if (!d) return std::nullopt;
  const Expr p = expr::square_root(g, g.rational((a + *d) / Rational(2)));
  const Expr q = expr::square_root(g, g.rational((a - *d) / Rational(2)));
  return term.coefficient.sign() > 0 ? expr::add(g, p, q) : expr::subtract(g, p, q);
}

}  // namespace nabla::algebra
