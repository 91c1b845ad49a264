#include <algorithm>
#include <memory>

#include "algebra/call.h"
#include "algebra/sweep.h"

namespace nabla::algebra {
namespace {

using expr::Kind;

constexpr std::size_t kFewFactors = 8;
constexpr std::size_t kLongProduct = 16;

// Products as they are, not flattened.
Expr nested(Graph& g, Expr a, Expr b) {
  if (g.is_one(a)) return b;
  if (g.is_one(b)) return a;
  if (g.is_number(b) || (b < a && !g.is_number(a))) std::swap(a, b);
  const Expr args[] = {a, b};
  return g.make(Kind::product, args);
}

// One backward sweep a root; select, component and operations, in which not everything has a value, pass on whole
// gradients of their parts instead of adjoints.
class Backward {
 public:
  Backward(Graph& g, std::span<const Expr> xs, base::Budget& budget) : g_(g), xs_(xs), budget_(budget) {
    for (Expr x : xs) forward_.push_back(std::make_unique<Differentiator>(g, x, budget));
  }

  std::vector<Expr> run(Expr root) {
    Sweep s;
    s.adjoints.resize(root.id + 1);
    s.direct.resize(xs_.size());
    const std::vector<Expr> nodes = expr::reachable(g_, std::span(&root, 1));
    for (Expr e : nodes) note_dependence(e);
    s.adjoints[root.id].push_back(expr::integer(g_, 1));
    for (std::size_t i = nodes.size(); i-- > 0;) {
      budget_.check();
      const Expr e = nodes[i];
      std::vector<Expr>& arrived = s.adjoints[e.id];
      if (arrived.empty() || !depends(e)) continue;
      const Expr adjoint = expr::sum(g_, arrived);
      if (g_.node(e).count != 0) {
        arrived.clear();
        pass_on(s, e, adjoint);
      } else {
        arrived.assign(1, adjoint);
      }
    }
    std::vector<Expr> gradient;
    for (std::size_t j = 0; j < xs_.size(); ++j) {
      std::vector<Expr>& terms = s.direct[j];
      if (xs_[j].id <= root.id) terms.insert(terms.end(), s.adjoints[xs_[j].id].begin(), s.adjoints[xs_[j].id].end());
      gradient.push_back(expr::sum(g_, terms));
    }
    return gradient;
  }

 private:
  struct Sweep {
    std::vector<std::vector<Expr>> adjoints;  // contributions to each node, by id
    std::vector<std::vector<Expr>> direct;    // contributions to each variable that do not go through its node
  };

  bool depends(Expr e) const { return e.id < depends_.size() && depends_[e.id] == 1; }

  void note_dependence(Expr e) {
    if (depends_.size() <= e.id) depends_.resize(std::max<std::size_t>(e.id + 1, depends_.size() * 2), 0);
    if (depends_[e.id] != 0) return;
    bool found = std::ranges::find(xs_, e) != xs_.end() ||
                 std::ranges::any_of(g_.args(e), [this](Expr a) { return depends(a); });
    if (!found && g_.kind(e) == Kind::apply) {
      found = std::ranges::any_of(xs_, [&](Expr x) { return depends_deeply(g_, e, x); });
    }
    depends_[e.id] = found ? 1 : 2;
  }

  void give(Sweep& s, Expr to, Expr adjoint, Expr partial) {
    if (g_.is_zero(partial)) return;
    const Expr factors[] = {adjoint, partial};
    s.adjoints[to.id].push_back(times(g_, factors));
  }

  void pass_on(Sweep& s, Expr e, Expr adjoint) {
    const std::span<const Expr> args = g_.args(e);
    switch (g_.kind(e)) {
      case Kind::sum:
        for (Expr a : args) {
          if (depends(a)) s.adjoints[a.id].push_back(adjoint);
        }
        break;
      case Kind::product: through_product(s, args, adjoint); break;
      case Kind::power:
        for (std::size_t i = 0; i < 2; ++i) {
          if (depends(args[i])) give(s, args[i], adjoint, partial_of_power(g_, e, i));
        }
        break;
      case Kind::call:
        for (std::size_t i = 0; i < args.size(); ++i) {
          if (depends(args[i])) give(s, args[i], adjoint, partial_of_call(g_, e, i));
        }
        break;
      case Kind::select: add_gradient(s, adjoint, of_select(e)); break;
      case Kind::component:
      case Kind::operation:
      case Kind::apply: add_gradient(s, adjoint, of_whole(e)); break;
      case Kind::compare:
      case Kind::logic:
      case Kind::rational:
      case Kind::boolean:
      case Kind::symbol:
      case Kind::bound:
      case Kind::parameter: break;
    }
  }

  void through_product(Sweep& s, std::span<const Expr> factors, Expr adjoint) {
    if (factors.size() <= kFewFactors) {
      for (std::size_t i = 0; i < factors.size(); ++i) {
        if (!depends(factors[i])) continue;
        std::vector<Expr> rest(factors.begin(), factors.end());
        rest[i] = adjoint;
        s.adjoints[factors[i].id].push_back(times(g_, rest));
      }
      return;
    }
    std::vector<Expr> after(factors.size(), expr::integer(g_, 1));  // the product of the factors behind each
    for (std::size_t i = factors.size() - 1; i-- > 0;) after[i] = nested(g_, factors[i + 1], after[i + 1]);
    Expr before = adjoint;
    for (std::size_t i = 0; i < factors.size(); ++i) {
      if (depends(factors[i])) s.adjoints[factors[i].id].push_back(nested(g_, before, after[i]));
      before = nested(g_, before, factors[i]);
    }
  }

  void add_gradient(Sweep& s, Expr adjoint, const std::vector<Expr>& gradient) {
    for (std::size_t j = 0; j < xs_.size(); ++j) {
      if (g_.is_zero(gradient[j])) continue;
      const Expr factors[] = {adjoint, gradient[j]};
      s.direct[j].push_back(times(g_, factors));
    }
  }

  const std::vector<Expr>& of_select(Expr e) {
    if (const auto found = whole_.find(e.id); found != whole_.end()) return found->second;
    const std::vector<Expr> then = run(g_.arg(e, 1));
    const std::vector<Expr> otherwise = run(g_.arg(e, 2));
    std::vector<Expr> gradient;
    for (std::size_t j = 0; j < xs_.size(); ++j) {
      gradient.push_back(expr::select(g_, g_.arg(e, 0), then[j], otherwise[j]));
    }
    return whole_[e.id] = std::move(gradient);
  }

  const std::vector<Expr>& of_whole(Expr e) {
    if (const auto found = whole_.find(e.id); found != whole_.end()) return found->second;
    std::vector<Expr> gradient;
    for (const auto& d : forward_) gradient.push_back(d->derivative(e));
    return whole_[e.id] = std::move(gradient);
  }

  Graph& g_;
  std::span<const Expr> xs_;
  base::Budget& budget_;
  std::vector<std::uint8_t> depends_;  // by id: 0 not yet known, 1 yes, 2 no
  std::unordered_map<std::uint32_t, std::vector<Expr>> whole_;
  std::vector<std::unique_ptr<Differentiator>> forward_;
};

}  // namespace

Expr times(Graph& g, std::span<const Expr> factors) {
  const auto is_long = [&g](Expr e) { return g.kind(e) == Kind::product && g.node(e).count > kLongProduct; };
  if (std::ranges::none_of(factors, is_long)) return expr::product(g, factors);
  std::vector<Expr> few;
  std::vector<Expr> many;
  for (Expr f : factors) (is_long(f) ? many : few).push_back(f);
  Expr result = expr::product(g, few);
  if (g.is_zero(result)) return result;
  for (Expr f : many) result = nested(g, result, f);
  return result;
}

Expr partial_of_power(Graph& g, Expr power, std::size_t i) {
  const Expr base = g.arg(power, 0);
  const Expr exponent = g.arg(power, 1);
  if (i == 1) return expr::multiply(g, power, expr::call(g, *kernel().ln, std::span(&base, 1)));
  return expr::multiply(g, exponent, expr::power(g, base, expr::add(g, exponent, expr::integer(g, -1))));
}

std::vector<Expr> gradient(Graph& g, Expr e, std::span<const Expr> xs, base::Budget& budget) {
  return Backward(g, xs, budget).run(e);
}

}  // namespace nabla::algebra
