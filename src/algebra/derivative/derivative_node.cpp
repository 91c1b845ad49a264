#include "algebra/derivative/derivative_node.h"

#include <algorithm>

#include "algebra/derivative/derivative.h"
#include "algebra/rules/rules.h"
#include "base/error.h"
#include "expr/rewrite.h"

namespace nabla::algebra {
namespace {

using expr::Kind;

constexpr std::size_t kShortFormula = 400;  // nodes

// The formula, if it and all its parts are defined and smooth everywhere.
std::optional<Expr> total_formula(Graph& g, Expr body, Expr x, long order, base::Budget& budget) {
  if (!g.is(body, expr::kTotal) || has_pieces(g, body)) return std::nullopt;
  Expr d = body;
  for (long i = 0; i < order; ++i) {
    d = derivative(g, d, x, budget);
    if (!g.is(d, expr::kTotal) || expr::reachable(g, std::span(&d, 1)).size() > kShortFormula) return std::nullopt;
  }
  return d;
}

Expr make_node(Graph& g, Expr body, Expr x, long order, Expr point) {
  const Expr args[] = {body, expr::integer(g, order), point};
  constexpr int kBody = 0;
  return expr::operation(g, *g.rules()->point_derivative, args, x, std::span(&kBody, 1));
}

}  // namespace

bool has_pieces(const Graph& g, Expr e) {
  return std::ranges::any_of(expr::reachable(g, std::span(&e, 1)), [&g](Expr n) {
    switch (g.kind(n)) {
      case Kind::compare:
      case Kind::logic:
      case Kind::select:
      case Kind::component: return true;
      case Kind::call: return is_piecewise(g.function(n));
      case Kind::apply: return has_pieces(g, g.recursive(n).body);
      default: return false;
    }
  });
}

Expr derivative_at(Graph& g, Expr body, Expr x, long order, Expr point, base::Budget& budget) {
  const expr::Replacement put{x, point};
  if (order == 0) return expr::substitute(g, body, std::span(&put, 1));
  if (!depends_deeply(g, body, x)) {
    return expr::multiply(g, expr::integer(g, 0), body);  // 0 where the body is defined
  }
  if (const std::optional<Expr> f = total_formula(g, body, x, order, budget)) {
    return expr::substitute(g, *f, std::span(&put, 1));
  }
  if (is_derivative(g, body)) {
    const DerivativeParts inner = parts_of_derivative(g, body);
    if (inner.point == x && !depends_deeply(g, inner.body, x)) {
      return make_node(g, inner.body, inner.variable, inner.order + order, point);
    }
  }
  return make_node(g, body, x, order, point);
}

DerivativeParts parts_of_derivative(Graph& g, Expr node) {
  DerivativeParts d;
  d.variable = g.fresh_symbol();
  const std::vector<Expr> args = expr::open(g, node, d.variable);
  d.body = args[0];
  d.order = g.number(args[1]).to_long().value();
  d.point = args[2];
  return d;
}

std::vector<Expr> replace_derivatives(Graph& g, std::span<const Expr> es, const DerivativeFormula& formula) {
  expr::Rewriter replace(
      g, [&g](Expr e) { return g.is(e, expr::kHasOperation); },
      [&](Expr e, std::span<const Expr> args) {
        const Expr now = expr::rebuilt(g, e, args);
        return is_derivative(g, now) ? formula(parts_of_derivative(g, now)).value_or(now) : now;
      });
  std::vector<Expr> result;
  result.reserve(es.size());
  for (Expr e : es) result.push_back(replace(e));
  return result;
}

Expr replace_derivatives(Graph& g, Expr e, const DerivativeFormula& formula) {
  return replace_derivatives(g, std::span(&e, 1), formula).front();
}

Expr written_out(Graph& g, Expr e, base::Budget& budget, std::vector<Expr>* bodies) {
  return replace_derivatives(g, e, [&](const DerivativeParts& d) -> std::optional<Expr> {
    if (g.is_constant(d.point) && has_pieces(g, d.body)) return std::nullopt;
    const Expr formula = derivative(g, d.body, d.variable, d.order, budget, kLongestFormula);
    const expr::Replacement put{d.variable, d.point};
    if (bodies != nullptr && !g.is(d.body, expr::kTotal)) {
      bodies->push_back(expr::substitute(g, d.body, std::span(&put, 1)));
    }
    return expr::substitute(g, formula, std::span(&put, 1));
  });
}

Expr fast_form(Graph& g, Expr e, base::Budget& budget) {
  return replace_derivatives(g, e, [&](const DerivativeParts& d) -> std::optional<Expr> {
    if (has_pieces(g, d.body)) return std::nullopt;
    Expr formula;
    try {
      formula = derivative(g, d.body, d.variable, d.order, budget, kLongestFormula);
    } catch (const base::Error& error) {
      if (error.code != base::Code::limit) throw;
      return std::nullopt;
    }
    if (!g.is(d.body, expr::kTotal)) {
      formula = expr::add(g, formula, expr::multiply(g, expr::integer(g, 0), d.body));
    }
    const expr::Replacement put{d.variable, d.point};
    return expr::substitute(g, formula, std::span(&put, 1));
  });
}

Expr named_derivative(Graph& g, Expr call, std::size_t i) {
  const Function& f = g.function(call);
  if (f.forms.series == nullptr || is_given(f.derivative)) {
    throw base::Error(base::Code::argument, {},
                      "there is no rule for the derivative of " + std::string(f.name) + " by " +
                          parameters_of(f).names[std::min(i, parameters_of(f).names.size() - 1)],
                      "numdiff(E, x, a, central) estimates one");
  }
  const Expr x = g.fresh_symbol();
  std::vector<Expr> args(g.args(call).begin(), g.args(call).end());
  args[i] = x;
  const Expr body = g.make(Kind::call, args, g.node(call).payload);
  return make_node(g, body, x, 1, g.arg(call, i));
}

Expr derivative_of_derivative(Differentiator& in, Expr node, Expr x) {
  Graph& g = in.graph();
  const DerivativeParts d = parts_of_derivative(g, node);
  std::vector<Expr> terms;
  if (depends_deeply(g, d.body, x)) {
    // By formula: of two nested derivative nodes each would be differentiated by the other without end.
    const Expr inner = derivative(g, d.body, x, in.budget());
    terms.push_back(derivative_at(g, inner, d.variable, d.order, d.point, in.budget()));
  }
  const Expr factors[] = {derivative_at(g, d.body, d.variable, d.order + 1, d.point, in.budget()),
                          in.derivative(d.point)};
  if (in.depends(d.point)) terms.push_back(expr::product(g, factors));
  return expr::sum(g, terms);
}

}  // namespace nabla::algebra
