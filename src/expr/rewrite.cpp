#include "expr/rewrite.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <unordered_map>

#include "expr/computed_power.h"
#include "expr/rows.h"

namespace nabla::expr {
namespace {

bool binds(const Graph& g, Expr e) { return g.kind(e) == Kind::operation && g.node(e).detail != 0; }

}  // namespace

Expr Rewriter::operator()(Expr root) {
  if (!enters_(root)) return root;
  std::vector<Expr> args;
  return done_.run(
      root,
      [this](Expr e, auto& ask) {
        if (binds(g_, e) || !enters_(e)) return;
        for (Expr a : g_.args(e)) ask(a);
      },
      [&](Expr e) {
        if (!enters_(e)) return e;
        if (binds(g_, e)) return of_binder(e);
        args.clear();
        for (Expr a : g_.args(e)) args.push_back(done_.at(a));
        return rule_(e, args);
      });
}

Expr Rewriter::of_binder(Expr e) {
  if (std::ranges::none_of(g_.args(e), enters_)) return rule_(e, g_.args(e));
  const Expr variable = g_.fresh_symbol();
  const std::vector<Expr> before = open(g_, e, variable);
  std::vector<Expr> after;
  for (Expr a : before) after.push_back((*this)(a));
  if (before == after) return rule_(e, g_.args(e));
  std::vector<int> everywhere(after.size());
  std::iota(everywhere.begin(), everywhere.end(), 0);
  return rule_(e, g_.args(operation(g_, g_.operation(e), after, variable, everywhere)));
}

Expr rewrite(Graph& g, Expr root, Rewriter::Enters enters, Rewriter::Rule rule) {
  return Rewriter(g, std::move(enters), std::move(rule))(root);
}

Expr rebuilt(Graph& g, Expr e, std::span<const Expr> args) {
  return std::ranges::equal(args, g.args(e)) ? e : with_args(g, e, args);
}

Expr with_args(Graph& g, Expr e, std::span<const Expr> args) {
  switch (g.kind(e)) {
    case Kind::sum: return sum(g, args);
    case Kind::product: return product(g, args);
    case Kind::power: {
      if (g.is_number(g.arg(e, 1)) || !g.is_number(args[1])) return power(g, args[0], args[1]);
      const Rational& q = g.number(args[1]);
      const Rational written = written_denominator(g, g.arg(e, 1));
      return written.reciprocal().denominator_is_odd() && (q * written).is_integer() ? power(g, args[0], args[1])
                                                                                     : computed_power(g, args[0], q);
    }
    case Kind::call: return call(g, g.function(e), args);
    case Kind::compare: return compare(g, g.relation(e), args[0], args[1]);
    case Kind::logic: return logic(g, g.connective(e), args);
    case Kind::select: return select(g, args[0], args[1], args[2]);
    case Kind::component: return component(g, args[0], args.subspan(1));
    case Kind::operation:
    case Kind::apply: return g.make(g.kind(e), args, g.node(e).payload, g.node(e).detail);
    case Kind::rational:
    case Kind::boolean:
    case Kind::symbol:
    case Kind::bound:
    case Kind::parameter: return e;
  }
  return e;
}

std::vector<Expr> substitute(Graph& g, std::span<const Expr> es, std::span<const Replacement> replacements) {
  NodeMap<Expr> becomes;
  Expr lowest{std::numeric_limits<std::uint32_t>::max()};
  std::uint16_t lowest_bound = std::numeric_limits<std::uint16_t>::max();
  std::uint16_t facts = 0;  // what contains something replaced has one of them
  for (const auto& [from, to] : replacements) {
    becomes.put(from, to);
    lowest = std::min(lowest, from);
    lowest_bound = std::min(lowest_bound, g.node(from).top_bound);  // 0 if it is none
    facts = static_cast<std::uint16_t>(facts | (g.node(from).facts & (kHasSymbol | kHasBound | kHasParameter)));
  }
  Rewriter replace(
      g, [&](Expr e) { return lowest <= e && (g.node(e).facts & facts) != 0 && g.node(e).top_bound >= lowest_bound; },
      [&](Expr e, std::span<const Expr> args) {
        const Expr* to = becomes.find(e);
        return to != nullptr ? *to : rebuilt(g, e, args);
      });
  std::vector<Expr> result;
  result.reserve(es.size());
  for (Expr e : es) result.push_back(replace(e));
  return result;
}

Expr substitute(Graph& g, Expr e, std::span<const Replacement> replacements) {
  if (std::ranges::none_of(replacements, [&](const Replacement& r) { return depends_on(g, e, r.first); })) return e;
  return substitute(g, std::span(&e, 1), replacements).front();
}

Expr operation(Graph& g, const Operation& op, std::span<const Expr> args, Expr variable, std::span<const int> bodies) {
  const auto payload = reinterpret_cast<std::uint64_t>(&op);
  std::uint16_t binders = 0;
  for (Expr a : args) binders = std::max(binders, g.node(a).binders);
  const Replacement close{variable, g.bound(static_cast<std::uint16_t>(binders + 1))};
  std::vector<Expr> closed(args.begin(), args.end());
  for (int i : bodies) {
    Expr& body = closed[static_cast<std::size_t>(i)];
    body = substitute(g, body, std::span(&close, 1));
  }
  return g.make(Kind::operation, closed, payload, 1);
}

std::vector<Expr> open(Graph& g, Expr operation, Expr value) {
  const auto args = g.args(operation);
  if (!binds(g, operation)) return {args.begin(), args.end()};
  const Replacement opened{g.bound(g.node(operation).binders), value};
  return substitute(g, args, std::span(&opened, 1));
}

namespace {

class Copier {
 public:
  Copier(Graph& to, const Graph& from) : to_(to), from_(from), copies_(from) {}

  Expr run(Expr root) {
    return copies_.run(root, [this](Expr e, std::span<const Expr> args) { return copy_node(e, args); });
  }

 private:
  Expr copy_node(Expr e, std::span<const Expr> copies) {
    const Node& n = from_.node(e);
    switch (n.kind) {
      case Kind::rational: return to_.rational(from_.number(e));
      case Kind::symbol: return to_.symbol(from_.name(e));
      default: break;
    }
    std::vector<Expr> args(copies.begin(), copies.end());
    if (n.kind == Kind::sum || n.kind == Kind::product) {
      const auto first = args.begin() + (to_.is_number(args[0]) ? 1 : 0);
      std::sort(first, args.end());
    }
    const std::uint64_t payload = n.kind == Kind::apply ? copy_recursive(from_.recursive(e)) : n.payload;
    return to_.make(n.kind, args, payload, n.detail);
  }

  std::uint64_t copy_recursive(const Recursive& r) {
    auto [it, is_new] = recursives_.try_emplace(&r, nullptr);
    if (is_new) {
      Recursive& made = to_.make_recursive();
      it->second = &made;
      made.name = r.name;
      made.arity = r.arity;
      made.lifted = r.lifted;
      made.body = run(r.body);
      if (r.of != nullptr) {
        made.of = reinterpret_cast<const Recursive*>(copy_recursive(*r.of));
        made.by = run(r.by);
      }
    }
    return reinterpret_cast<std::uint64_t>(recursives_.at(&r));
  }

  Graph& to_;
  const Graph& from_;
  Fold<Expr> copies_;
  std::unordered_map<const Recursive*, Recursive*> recursives_;
};

}  // namespace

Expr copy(Graph& to, const Graph& from, Expr e) { return Copier(to, from).run(e); }

}  // namespace nabla::expr
