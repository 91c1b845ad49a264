#include "algebra/rules/length.h"

#include <algorithm>
#include <numeric>

#include "expr/write/layout.h"

namespace nabla::algebra {

using expr::Kind;
using expr::Rational;

double Length::operator()(Expr root) {
  return known_.run(root, [this](Expr e, std::span<const double> lengths) { return of_node(e, lengths); });
}

double Length::of_node(Expr e, std::span<const double> lengths) const {
  const auto args = g_.args(e);
  const double below = std::accumulate(lengths.begin(), lengths.end(), 0.0);
  switch (g_.kind(e)) {
    case Kind::rational: return g_.number(e).is_integer() ? 0 : 1;
    case Kind::boolean:
    case Kind::symbol:
    case Kind::bound:
    case Kind::parameter: return 0;
    case Kind::sum: return of_sum(e);
    case Kind::product: return of_product(e, true);
    case Kind::power: return of_factor(e) + (g_.is_number(args[1]) && g_.number(args[1]).sign() < 0 ? 1 : 0);
    case Kind::call:
      if (args.empty()) return 0;
      return of_factor(e);
    case Kind::apply:
    case Kind::operation:
    case Kind::compare:
    case Kind::component: return 1 + below;
    case Kind::logic: return static_cast<double>(std::max<std::size_t>(1, args.size() - 1)) + below;
    case Kind::select: return 1 + below;
  }
  return below;
}

// The length of base^|q| for a factor base^q; of anything else in full.
double Length::of_factor(Expr e) const {
  const auto args = g_.args(e);
  if (g_.kind(e) == Kind::power) {
    if (!g_.is_number(args[1])) return 1 + known(args[0]) + known(args[1]);
    const Rational q = g_.number(args[1]).abs();
    if (q.is_one()) return known(args[0]);
    return known(args[0]) + (q.is_integer() || q == Rational(1, 2) || q == Rational(1, 3) ? 1 : 2);
  }
  if (g_.kind(e) == Kind::call) {
    double below = 0;
    for (Expr a : args) below += known(a);
    return args.empty() ? 0 : 1 + below;
  }
  return known(e);
}

double Length::of_product(Expr e, bool with_sign) const {
  double parts = 0;
  int over = 0;
  int under = 0;
  bool minus = false;
  for (Expr a : g_.args(e)) {
    if (g_.is_number(a)) {
      const Rational& q = g_.number(a);
      if (!q.numerator().abs().is_one()) ++over;
      if (!q.denominator().is_one()) ++under;
      minus = q.sign() < 0 && q.numerator().abs().is_one();
      continue;
    }
    const bool divides = g_.kind(a) == Kind::power && g_.is_number(g_.arg(a, 1)) && g_.number(g_.arg(a, 1)).sign() < 0;
    ++(divides ? under : over);
    parts += of_factor(a);
  }
  return parts + std::max(0, over - 1) + under + (minus && with_sign && over > 0 ? 1 : 0);
}

double Length::of_sum(Expr e) const {
  double total = 0;
  bool all_negative = true;
  for (Expr a : g_.args(e)) {
    const bool number = g_.is_number(a);
    const bool product = g_.kind(a) == Kind::product;
    const bool negative = number    ? g_.number(a).sign() < 0
                          : product ? g_.is_number(g_.arg(a, 0)) && g_.number(g_.arg(a, 0)).sign() < 0
                                    : false;
    all_negative = all_negative && negative;
    total += 1 + (product ? of_product(a, false) : known(a));
  }
  return total - 1 + (all_negative ? 1 : 0);
}

}  // namespace nabla::algebra
