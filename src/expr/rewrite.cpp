// Rebuilding expressions: substitution, opening and closing of bound variables, copies between graphs.
#include <algorithm>
#include <unordered_map>

#include "expr/build.h"
#include "expr/rows.h"

namespace nabla::expr {
namespace {

using Leaf = std::function<Expr(Expr)>;
using Rebuild = std::function<Expr(Expr, std::span<const Expr>)>;

bool binds(const Graph& g, Expr e) { return g.kind(e) == Kind::operation && g.node(e).detail != 0; }

// One pass over the nodes outside the bodies of operations, children first, on an explicit stack; operations that bind
// a variable are opened with a fresh symbol, rewritten inside, and closed again.
class Rewriter {
 public:
  Rewriter(Graph& g, const Leaf& leaf, const Rebuild& rebuild) : g_(g), leaf_(leaf), rebuild_(rebuild) {}

  Expr run(Expr root) {
    std::vector<Expr> stack{root};
    while (!stack.empty()) {
      const Expr e = stack.back();
      if (done_.contains(e.id)) {
        stack.pop_back();
        continue;
      }
      if (g_.node(e).count == 0) {
        done_[e.id] = leaf_(e);
        stack.pop_back();
        continue;
      }
      if (binds(g_, e)) {
        stack.pop_back();
        done_[e.id] = inside(e);
        continue;
      }
      const std::size_t before = stack.size();
      for (Expr a : g_.args(e)) {
        if (!done_.contains(a.id)) stack.push_back(a);
      }
      if (stack.size() != before) continue;
      stack.pop_back();
      std::vector<Expr> args;
      args.reserve(g_.node(e).count);
      bool changed = false;
      for (Expr a : g_.args(e)) {
        args.push_back(done_.at(a.id));
        changed = changed || args.back() != a;
      }
      done_[e.id] = changed ? rebuild_(e, args) : e;
    }
    return done_.at(root.id);
  }

 private:
  Expr inside(Expr e) {
    const Expr variable = g_.fresh_symbol();
    const std::vector<Expr> before = open(g_, e, variable);
    std::vector<Expr> after;
    bool changed = false;
    for (Expr a : before) {
      after.push_back(Rewriter(g_, leaf_, rebuild_).run(a));
      changed = changed || after.back() != a;
    }
    if (!changed) return e;
    std::vector<int> bodies;
    const Expr bound = g_.bound(g_.node(e).binders);
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (depends_on(g_, g_.arg(e, i), bound)) bodies.push_back(static_cast<int>(i));
    }
    return operation(g_, g_.operation(e), after, variable, bodies);
  }

  Graph& g_;
  const Leaf& leaf_;
  const Rebuild& rebuild_;
  std::unordered_map<std::uint32_t, Expr> done_;
};

}  // namespace

Expr rewrite(Graph& g, Expr e, const Leaf& leaf, const Rebuild& rebuild) { return Rewriter(g, leaf, rebuild).run(e); }

Expr with_args(Graph& g, Expr e, std::span<const Expr> args) {
  switch (g.kind(e)) {
    case Kind::sum: return sum(g, args);
    case Kind::product: return product(g, args);
    case Kind::power: return power(g, args[0], args[1]);
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

Expr substitute(Graph& g, Expr e, std::span<const Replacement> replacements) {
  const bool touched =
      std::ranges::any_of(replacements, [&](const Replacement& r) { return depends_on(g, e, r.first); });
  if (!touched) return e;
  const Leaf leaf = [&](Expr l) {
    const auto found = std::ranges::find(replacements, l, &Replacement::first);
    return found == replacements.end() ? l : found->second;
  };
  const Rebuild rebuild = [&g](Expr node, std::span<const Expr> args) { return with_args(g, node, args); };
  return rewrite(g, e, leaf, rebuild);
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
  std::vector<Expr> result;
  for (Expr a : args) result.push_back(substitute(g, a, std::span(&opened, 1)));
  return result;
}

namespace {

class Copier {
 public:
  Copier(Graph& to, const Graph& from) : to_(to), from_(from) {}

  Expr run(Expr root) {
    for (Expr e : reachable(from_, std::span(&root, 1))) {
      if (!copies_.contains(e.id)) copies_[e.id] = copy_node(e);
    }
    return copies_.at(root.id);
  }

 private:
  Expr copy_node(Expr e) {
    const Node& n = from_.node(e);
    switch (n.kind) {
      case Kind::rational: return to_.rational(from_.number(e));
      case Kind::symbol: return to_.symbol(from_.name(e));
      default: break;
    }
    std::vector<Expr> args;
    for (Expr a : from_.args(e)) args.push_back(copies_.at(a.id));
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
  std::unordered_map<std::uint32_t, Expr> copies_;
  std::unordered_map<const Recursive*, Recursive*> recursives_;
};

}  // namespace

Expr copy(Graph& to, const Graph& from, Expr e) { return Copier(to, from).run(e); }

}  // namespace nabla::expr
