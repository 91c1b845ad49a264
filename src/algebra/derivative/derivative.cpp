#include "algebra/derivative/derivative.h"

#include <algorithm>
#include <unordered_set>

#include "algebra/derivative/chain_rule.h"
#include "algebra/rules/call.h"
#include "algebra/rules/rules.h"
#include "base/error.h"
#include "base/stopwatch.h"
#include "expr/rewrite.h"

namespace nabla::algebra {

using expr::Kind;

bool depends_deeply(const Graph& g, Expr e, Expr x) {
  std::vector<Expr> roots{e};
  std::unordered_set<const expr::Recursive*> seen;
  while (!roots.empty()) {
    const Expr root = roots.back();
    roots.pop_back();
    if (root == x || expr::depends_on(g, root, x)) return true;
    if (g.kind(x) != Kind::symbol || !g.is(root, expr::kHasOperation)) continue;
    for (Expr n : expr::reachable(g, std::span(&root, 1))) {
      if (g.kind(n) == Kind::apply && seen.insert(&g.recursive(n)).second) roots.push_back(g.recursive(n).body);
    }
  }
  return false;
}

bool Differentiator::depends(Expr root) {
  return depends_.run(root, [this](Expr e, std::span<const bool> below) {
    if (e == x_ || std::ranges::find(below, true) != below.end()) return true;
    return g_.kind(e) == Kind::apply && depends_deeply(g_, e, x_);
  });
}

Expr Differentiator::derivative(Expr root) {
  const auto needs = [this](Expr e, auto& ask) {
    const Kind kind = g_.kind(e);
    if (kind == Kind::operation || kind == Kind::compare || kind == Kind::logic || !depends(e)) return;
    const std::size_t skipped = kind == Kind::select || kind == Kind::component ? 1 : 0;
    for (Expr a : g_.args(e).subspan(skipped)) ask(a);
  };
  return known_.run(root, needs, [this](Expr e) {
    budget_.check();
    return depends(e) ? differentiate(e) : expr::integer(g_, 0);
  });
}

Expr Differentiator::differentiate(Expr e) {
  switch (g_.kind(e)) {
    case Kind::symbol:
    case Kind::bound:
    case Kind::parameter: return expr::integer(g_, 1);
    case Kind::sum: {
      std::vector<Expr> terms;
      for (Expr a : g_.args(e)) terms.push_back(known(a));
      return expr::sum(g_, terms);
    }
    case Kind::product: return of_product(g_.args(e));
    case Kind::power: return of_power(e);
    case Kind::call: return of_call(e);
    case Kind::select: return expr::select(g_, g_.arg(e, 0), known(g_.arg(e, 1)), known(g_.arg(e, 2)));
    case Kind::component: {
      std::vector<Expr> elements;
      for (Expr a : g_.args(e).subspan(1)) elements.push_back(known(a));
      return expr::component(g_, g_.arg(e, 0), elements);
    }
    case Kind::operation: return derivative_of_operation(*this, e);
    case Kind::apply: return of_apply(e);
    case Kind::rational:
    case Kind::boolean:
    case Kind::compare:
    case Kind::logic: break;
  }
  return expr::integer(g_, 0);
}

// A long product is split into halves, (ab)' = a'b + ab', so that the size grows as n log n.
Expr Differentiator::of_product(std::span<const Expr> factors) {
  constexpr std::size_t kFew = 8;
  if (factors.size() > kFew) {
    const std::size_t half = factors.size() / 2;
    const Expr left = times(g_, factors.subspan(0, half));
    const Expr right = times(g_, factors.subspan(half));
    const Expr from_left[] = {of_product(factors.subspan(0, half)), right};
    const Expr from_right[] = {left, of_product(factors.subspan(half))};
    return expr::add(g_, times(g_, from_left), times(g_, from_right));
  }
  std::vector<Expr> terms;
  for (std::size_t i = 0; i < factors.size(); ++i) {
    if (!depends(factors[i])) continue;
    std::vector<Expr> term(factors.begin(), factors.end());
    term[i] = known(factors[i]);
    terms.push_back(times(g_, term));
  }
  return expr::sum(g_, terms);
}

Expr Differentiator::of_power(Expr e) {
  const Expr base = g_.arg(e, 0);
  const Expr exponent = g_.arg(e, 1);
  std::vector<Expr> terms;
  if (!depends(exponent)) {
    const Expr factors[] = {partial_of_power(g_, e, 0), known(base)};
    return times(g_, factors);
  }
  if (!depends(base)) {
    const Expr factors[] = {partial_of_power(g_, e, 1), known(exponent)};
    return times(g_, factors);
  }
  const Expr logarithm = expr::call(g_, *kernel().ln, std::span(&base, 1));
  const Expr by_exponent[] = {logarithm, known(exponent)};
  const Expr by_base[] = {exponent, known(base), expr::power(g_, base, -1)};
  const Expr rate = expr::add(g_, times(g_, by_base), times(g_, by_exponent));
  const Expr factors[] = {e, rate};
  return times(g_, factors);
}

Expr Differentiator::of_call(Expr e) {
  if (const Function& f = g_.function(e); !is_given(f.derivative)) {
    if (const std::optional<Expr> simpler = expanded(g_, e)) return derivative(*simpler);
  }
  std::vector<Expr> terms;
  for (std::size_t i = 0; i < g_.node(e).count; ++i) {
    const Expr a = g_.arg(e, i);
    if (!depends(a)) continue;
    const Expr factors[] = {partial_of_call(g_, e, i), known(a)};
    terms.push_back(times(g_, factors));
  }
  return expr::sum(g_, terms);
}

Expr Differentiator::of_apply(Expr e) {
  const expr::Recursive& r = g_.recursive(e);
  const std::span<const Expr> args = g_.args(e);
  std::vector<Expr> terms;
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (!depends(args[i])) continue;
    expr::Recursive& d = derivative_of(g_, r, g_.parameter(static_cast<std::uint16_t>(i)), budget_);
    const Expr factors[] = {expr::apply(g_, d, args), known(args[i])};
    terms.push_back(times(g_, factors));
  }
  if (g_.kind(x_) == Kind::symbol && depends_deeply(g_, r.body, x_)) {
    terms.push_back(expr::apply(g_, derivative_of(g_, r, x_, budget_), args));
  }
  return expr::sum(g_, terms);
}

Expr derivative_of_operation(Differentiator& in, Expr e) {
  const expr::Operation& op = in.graph().operation(e);
  if (op.derivative == nullptr) {
    throw base::Error(base::Code::argument, {}, std::string(op.name) + " has no derivative",
                      "numdiff(E, x, a, central) estimates one");
  }
  return op.derivative(in, e, in.variable());
}

Expr partial_of_call(Graph& g, Expr call, std::size_t i) {
  const Function& f = g.function(call);
  const std::span<const Expr> args = g.args(call);
  const bool variadic = parameters_of(f).variadic;
  const std::string_view rule = variadic ? expr::kNone : derivative_rule(f, i);
  if (is_given(rule)) return instantiate(g, f, rule, args);
  if (!is_given(f.expansion) || is_given(f.derivative)) return named_derivative(g, call, i);
  const Expr x = g.fresh_symbol();
  std::vector<Expr> opened(args.begin(), args.end());
  opened[i] = x;
  const Expr symbolic = g.make(Kind::call, opened, g.node(call).payload);
  base::Budget unlimited;
  const Expr d = derivative(g, *expanded(g, symbolic), x, unlimited);
  const expr::Replacement back{x, args[i]};
  return expr::substitute(g, d, std::span(&back, 1));
}

expr::Recursive& derivative_of(Graph& g, const expr::Recursive& r, Expr x, base::Budget& budget) {
  const auto found = std::ranges::find(r.derivatives, x, &std::pair<Expr, expr::Recursive*>::first);
  if (found != r.derivatives.end()) return *found->second;
  expr::Recursive& d = g.make_recursive();
  d.name = r.name + "'";
  d.arity = r.arity;
  d.lifted = r.lifted;
  d.of = &r;
  d.by = x;
  r.derivatives.emplace_back(x, &d);
  d.body = derivative(g, r.body, x, budget);
  return d;
}

Expr derivative(Graph& g, Expr e, Expr x, base::Budget& budget) {
  const base::Lap lap(budget.watch, base::Phase::differentiate);
  return Differentiator(g, x, budget).derivative(e);
}

Expr derivative(Graph& g, Expr e, Expr x, long order, base::Budget& budget, std::size_t most) {
  for (long i = 0; i < order; ++i) {
    e = derivative(g, e, x, budget);
    if (expr::reachable(g, std::span(&e, 1)).size() > most) {
      throw base::Error(
          base::Code::limit, {},
          "the formula of this derivative has more than " + std::to_string(most) + " parts and is not written out",
          "ask for its value at a point: diff(E, x, " + std::to_string(order) + ") at x = 1");
    }
  }
  return e;
}

}  // namespace nabla::algebra
