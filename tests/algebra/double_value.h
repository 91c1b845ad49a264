// The value of an expression in plain double arithmetic, for tests of identities.
#pragma once

#include <cmath>
#include <map>
#include <unordered_map>
#include <vector>

#include "expr/graph.h"
#include "expr/rows.h"

namespace nabla {

// NaN where it is undefined.
inline double double_value(const expr::Graph& g, expr::Expr root, const std::map<std::string, double>& symbols) {
  using expr::Kind;
  std::unordered_map<std::uint32_t, double> known;
  for (expr::Expr e : expr::reachable(g, std::span(&root, 1))) {
    std::vector<double> x;
    for (expr::Expr a : g.args(e)) x.push_back(known.at(a.id));
    double value = NAN;
    switch (g.kind(e)) {
      case Kind::rational: value = g.number(e).to_double(); break;
      case Kind::boolean: value = g.truth(e) ? 1 : 0; break;
      case Kind::symbol: value = symbols.at(g.name(e)); break;
      case Kind::sum:
        value = 0;
        for (double t : x) value += t;
        break;
      case Kind::product:
        value = 1;
        for (double t : x) value *= t;
        break;
      case Kind::power: {
        const bool odd_root = g.is_number(g.arg(e, 1)) && g.number(g.arg(e, 1)).denominator_is_odd();
        const bool odd_power = odd_root && !(g.number(g.arg(e, 1)).numerator() / expr::Rational(2)).is_integer();
        value = x[0] < 0 && odd_root ? (odd_power ? -1 : 1) * std::pow(-x[0], x[1]) : std::pow(x[0], x[1]);
        break;
      }
      case Kind::call: value = g.function(e).forms.scalar(x.data(), static_cast<int>(x.size())); break;
      case Kind::compare:
        switch (g.relation(e)) {
          case expr::Relation::less: value = x[0] < x[1]; break;
          case expr::Relation::less_equal: value = x[0] <= x[1]; break;
          case expr::Relation::equal: value = x[0] == x[1]; break;
          case expr::Relation::not_equal: value = x[0] != x[1]; break;
        }
        break;
      case Kind::select: value = x[0] != 0 ? x[1] : x[2]; break;
      default: break;
    }
    known[e.id] = value;
  }
  return known.at(root.id);
}

}  // namespace nabla
