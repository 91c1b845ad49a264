#include "algebra/simplify/conditions.h"

#include <algorithm>
#include <optional>

#include "algebra/rational/generators.h"
#include "algebra/rules/call.h"
#include "algebra/rules/constant_sign.h"
#include "expr/rewrite.h"

namespace nabla::algebra {
namespace {

using expr::Kind;
using expr::Relation;

// A condition of one expression against a number: rest > at, rest ≤ at, rest ≠ at.
struct Limit {
  Expr rest;
  Rational at;
  Relation relation = Relation::not_equal;
  bool from_below = false;  // at < rest
};
std::optional<Limit> limit_of(const Graph& g, Expr c) {
  if (g.kind(c) != Kind::compare || g.relation(c) == Relation::equal) return std::nullopt;
  const bool first = g.is_number(g.arg(c, 0));
  if (first == g.is_number(g.arg(c, 1))) return std::nullopt;
  return Limit{g.arg(c, first ? 1 : 0), g.number(g.arg(c, first ? 0 : 1)), g.relation(c), first};
}

// Whether b follows from a.
bool implies(const Limit& a, const Limit& b) {
  if (a.rest != b.rest || a.relation == Relation::not_equal) return false;
  const bool beyond = a.from_below ? b.at < a.at : b.at > a.at;
  if (b.relation == Relation::not_equal) return beyond || (b.at == a.at && a.relation == Relation::less);
  if (a.from_below != b.from_below) return false;
  return beyond || (b.at == a.at && (a.relation == Relation::less || b.relation == Relation::less_equal));
}

}  // namespace

Expr condition_on(Graph& g, Relation relation, Expr s) {
  Expr rest = s;
  Rational at = 0;
  bool from_above = relation == Relation::not_equal;
  if (g.kind(s) == Kind::sum && g.is_number(g.arg(s, 0))) {
    at = -g.number(g.arg(s, 0));
    rest = expr::add(g, s, g.rational(at));
    Rational by = 1;  // 0/x stays whole: it is 0 only where x is not
    if (g.kind(rest) == Kind::sum) {
      by = is_negative_form(g, rest) ? -1 : 1;
      if (by.sign() < 0) rest = opposite(g, rest);
    } else if (const Scaled single = take_coefficient(g, rest); !single.coefficient.is_zero()) {
      by = single.coefficient;
      rest = single.rest;
    }
    at = at / by;
    from_above = from_above || by.sign() < 0;
  }
  const bool of_logarithm = is_call(g, rest, kernel().ln) && at.is_zero();
  if (of_logarithm) return condition_on(g, relation, expr::subtract(g, g.arg(rest, 0), expr::integer(g, 1)));
  const Expr border = g.rational(at);
  return from_above ? expr::compare(g, relation, rest, border) : expr::compare(g, relation, border, rest);
}

void drop_weaker(const Graph& g, std::vector<Expr>& conditions) {
  const std::vector<Expr> all = conditions;
  std::erase_if(conditions, [&](Expr c) {
    const std::optional<Limit> weak = limit_of(g, c);
    return weak && std::ranges::any_of(all, [&](Expr other) {
             const std::optional<Limit> strong = other == c ? std::nullopt : limit_of(g, other);
             return strong && implies(*strong, *weak);
           });
  });
}

bool says_itself(Graph& g, Expr condition, Expr e) {
  if (g.kind(condition) != Kind::compare || g.relation(condition) != Relation::not_equal) return false;
  const Expr x = g.arg(condition, 0);
  const Expr at = g.arg(condition, 1);
  if (g.kind(x) != Kind::symbol || !g.is_number(at)) return false;
  const expr::Replacement put_in{x, at};
  return proven_undefined(g, expr::substitute(g, e, std::span(&put_in, 1)));
}

}  // namespace nabla::algebra
