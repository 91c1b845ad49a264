#include "calc/asymptotics/side_expansion.h"

#include "algebra/derivative/derivative.h"
#include "algebra/derivative/derivative_node.h"
#include "algebra/rules/call.h"
#include "algebra/rules/rules.h"
#include "base/error.h"
#include "expr/rewrite.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;
using eval::Outcome;
using expr::Kind;

constexpr number::Bits kBits = 128;
constexpr int kDeepestNesting = 300;

}  // namespace

Asymptotic approaching(AsymptoticField& field, const Approach& to) {
  const Expr side = expr::integer(field.graph(), to.side);
  if (to.is_infinite) return field.monomial(side, -1);
  return field.add(field.constant(to.at), field.monomial(side, 1));
}

const Asymptotic& SideExpansion::of(Expr e) {
  if (const auto found = known_.find(e.id); found != known_.end()) return found->second;
  f_.evaluator().budget().check();
  if (nesting_ > kDeepestNesting) give_up("the expression is nested too deeply");
  ++nesting_;
  Asymptotic a = expanded(e);
  --nesting_;
  return known_.emplace(e.id, std::move(a)).first->second;
}

Asymptotic SideExpansion::of_constant(Expr e) {
  const Outcome o = f_.evaluator().evaluate(e, kBits);
  if (o.state == Outcome::State::undefined) throw Error(*o.reason);
  if (o.state == Outcome::State::estimated) give_up("it contains an estimate");
  if (o.state != Outcome::State::enclosed || !o.ball.is_finite()) give_up("it contains a number that is not settled");
  return f_.constant(o.exact ? g_.rational(*o.exact) : e);
}

Asymptotic SideExpansion::expanded(Expr e) {
  if (!algebra::depends_deeply(g_, e, x_)) return of_constant(e);
  switch (g_.kind(e)) {
    case Kind::sum: {
      Asymptotic sum;
      for (Expr a : g_.args(e)) sum = f_.add(sum, of(a));
      return sum;
    }
    case Kind::product: {
      Asymptotic product = f_.constant(expr::integer(g_, 1));
      for (Expr a : g_.args(e)) product = f_.multiply(product, of(a));
      return product;
    }
    case Kind::power: return of_power(g_.arg(e, 0), g_.arg(e, 1));
    case Kind::call: return of_call(e);
    case Kind::select: return of(holds(g_.arg(e, 0)) ? g_.arg(e, 1) : g_.arg(e, 2));
    case Kind::compare:
    case Kind::logic: return f_.constant(expr::integer(g_, holds(e) ? 1 : 0));
    case Kind::operation:
      if (algebra::is_derivative(g_, e)) {
        // The formula may have values where what was differentiated has none.
        std::vector<Expr> bodies;
        const Expr formula = algebra::written_out(g_, e, f_.evaluator().budget(), &bodies);
        if (formula == e) give_up("it contains a derivative that stays one");
        for (const Expr body : bodies) of(body);
        return of(formula);
      }
      if (g_.operation(e).written_out != nullptr) {
        if (const auto w = g_.operation(e).written_out(f_.evaluator(), e, kBits)) return of(*w);
      }
      give_up("it contains " + std::string(g_.operation(e).name));
    default: give_up("it contains a part that limits do not look into");
  }
}

bool SideExpansion::holds(Expr c) {
  if (g_.kind(c) == Kind::boolean) return g_.truth(c);
  if (g_.kind(c) == Kind::compare) {
    const int sign = f_.sign(f_.subtract(of(g_.arg(c, 0)), of(g_.arg(c, 1))));
    switch (g_.relation(c)) {
      case expr::Relation::less: return sign < 0;
      case expr::Relation::less_equal: return sign <= 0;
      case expr::Relation::equal: return sign == 0;
      case expr::Relation::not_equal: return sign != 0;
    }
  }
  if (g_.kind(c) == Kind::logic) {
    const auto args = g_.args(c);
    switch (g_.connective(c)) {
      case expr::Connective::not_: return !holds(args[0]);
      case expr::Connective::and_:
        for (Expr a : args) {
          if (!holds(a)) return false;
        }
        return true;
      case expr::Connective::or_:
        for (Expr a : args) {
          if (holds(a)) return true;
        }
        return false;
    }
  }
  return f_.sign(of(c)) != 0;
}

Asymptotic SideExpansion::of_power(Expr base, Expr exponent) {
  if (g_.is_number(exponent)) return f_.power(of(base), g_.number(exponent));
  const Asymptotic q = of(exponent);
  if (q.is_exact() && q.growth.empty() && q.terms.size() == 1 && q.terms.begin()->first.is_zero() &&
      g_.is_number(q.terms.begin()->second)) {
    return f_.power(of(base), g_.number(q.terms.begin()->second));
  }
  Asymptotic b = of(base);
  if (f_.leading(b) == nullptr && b.is_exact()) {
    if (f_.sign(q) > 0) return b;
    give_up("a power of 0");
  }
  // (-2)^x has values at some x only, which are ±2^x.
  if (!algebra::depends_deeply(g_, base, x_) && f_.sign_of(base) < 0) {
    const Asymptotic size = f_.exp(f_.multiply(q, f_.ln(f_.constant(expr::negate(g_, base)))));
    return f_.multiply(size, f_.remainder(0, false));
  }
  return f_.exp(f_.multiply(q, f_.ln(b)));
}

Asymptotic SideExpansion::of_call(Expr e) {
  const expr::Function& f = g_.function(e);
  const algebra::Kernel& k = algebra::kernel();
  const Expr u = g_.arg(e, 0);
  if (&f == k.exp) return f_.exp(of(u));
  if (&f == k.ln) return f_.ln(of(u));
  if (&f == k.sign) return f_.constant(expr::integer(g_, f_.sign(of(u))));
  if (&f == k.floor) return of_floor(u);
  if (&f == k.abs) {
    Asymptotic a = of(u);
    if (f_.leading(a) == nullptr) return a;
    return f_.sign(a) < 0 ? f_.scaled(a, expr::integer(g_, -1)) : a;
  }
  if (f.name == "gamma" || f.name == "lgamma" || f.name == "digamma") return of_gamma(f, e);
  if (f.name == "frac") {
    Asymptotic a = of(u);
    if (const auto* lead = f_.leading(a); lead != nullptr && lead->first.sign() < 0) return f_.remainder(0, false);
  }
  if (const std::optional<Expr> simpler = algebra::expanded(g_, e)) return of(*simpler);
  return by_local_series(e);
}

Asymptotic SideExpansion::of_floor(Expr e) {
  Asymptotic u = of(e);
  const auto* lead = f_.leading(u);
  if (lead == nullptr && u.is_exact()) return {};
  if (!u.growth.empty() || (lead != nullptr && lead->first.sign() < 0)) return f_.add(u, f_.remainder(0, false));
  if (u.end && u.end->sign() <= 0 && !u.strict) give_up("the argument of a floor is not known well enough");
  const bool is_small = lead == nullptr || lead->first.sign() > 0;
  const Expr c = is_small ? expr::integer(g_, 0) : lead->second;
  if (f_.has_logarithm(c)) return f_.add(u, f_.remainder(0, false));
  const Outcome o = f_.evaluator().evaluate(c, kBits);
  if (o.state != Outcome::State::enclosed) give_up("the argument of a floor is not settled");
  if (!o.ball.contains_integer()) {
    const Expr down = algebra::call(g_, *algebra::kernel().floor, std::span(&c, 1));
    return f_.constant(down);
  }
  const std::optional<long> n = o.exact ? o.exact->to_long() : o.ball.unique_integer();
  if (!n) give_up("the argument of a floor is not settled");
  const Expr whole = expr::integer(g_, *n);
  const int side = f_.sign(f_.subtract(u, f_.constant(whole)));
  return f_.constant(side < 0 ? expr::integer(g_, *n - 1) : whole);
}

}  // namespace nabla::calc
