#include "algebra/derivative/gradient.h"

#include <algorithm>
#include <memory>

#include "algebra/derivative/chain_rule.h"
#include "algebra/rules/call.h"
#include "algebra/rules/constant_sign.h"
#include "base/error.h"
#include "base/small_vector.h"
#include "base/stopwatch.h"

namespace nabla::algebra {
namespace {

using expr::Kind;

constexpr std::size_t kFewFactors = 8;
constexpr std::size_t kLongProduct = 16;

constexpr std::uint32_t kNone = 0xffffffff;

// The contributions to the adjoint of a node or variable, as a linked list, newest first.
struct List {
  std::uint32_t last = kNone;
};
struct Contribution {
  Expr value;
  std::uint32_t before = kNone;
};

// A product that is not flattened.
Expr nested(Graph& g, Expr a, Expr b) {
  if (g.is_one(a)) return b;
  if (g.is_one(b)) return a;
  if (g.is_number(b) || (b < a && !g.is_number(a))) std::swap(a, b);
  const Expr args[] = {a, b};
  return g.make(Kind::product, args);
}

// One backward sweep for each root. Through select, component and operations, of which some parts may have no value,
// whole gradients of the parts are passed instead of adjoints.
class Backward {
 public:
  Backward(Graph& g, std::span<const Expr> xs, base::Budget& budget) : g_(g), xs_(xs), budget_(budget) {
    for (Expr x : xs) {
      if (depends_.size() <= x.id) depends_.resize(x.id + 1, 0);
      depends_[x.id] = 1;
    }
  }

  std::vector<Expr> run(Expr root) {
    Sweep s;
    s.adjoints.resize(root.id + 1);
    s.direct.resize(xs_.size());
    const std::vector<Expr> nodes = expr::reachable(g_, std::span(&root, 1));
    s.contributions.reserve(2 * nodes.size());
    depends_.resize(std::max<std::size_t>(depends_.size(), root.id + 1), 0);
    for (Expr e : nodes) note_dependence(e);
    s.give(s.adjoints[root.id], expr::integer(g_, 1));
    for (std::size_t i = nodes.size(); i-- > 0;) {
      budget_.check();
      const Expr e = nodes[i];
      List& arrived = s.adjoints[e.id];
      if (arrived.last == kNone || !depends(e)) continue;
      const Expr adjoint = s.total(g_, arrived);
      arrived.last = kNone;
      if (g_.node(e).count != 0) {
        pass_on(s, e, adjoint);
      } else {
        s.give(arrived, adjoint);
      }
    }
    std::vector<Expr> gradient;
    gradient.reserve(xs_.size());
    for (std::size_t j = 0; j < xs_.size(); ++j) {
      gradient.push_back(s.total(g_, s.direct[j], xs_[j].id <= root.id ? s.adjoints[xs_[j].id] : List{}));
    }
    return gradient;
  }

 private:
  struct Sweep {
    std::vector<List> adjoints;  // by id
    std::vector<List> direct;    // of each variable, from passed gradients
    std::vector<Contribution> contributions;

    void give(List& to, Expr value) {
      contributions.push_back({value, to.last});
      to.last = static_cast<std::uint32_t>(contributions.size() - 1);
    }
    Expr total(Graph& g, List a, List b = {}) const {
      base::SmallVector<Expr, 8> terms;
      for (List list : {a, b}) {
        for (std::uint32_t c = list.last; c != kNone; c = contributions[c].before) {
          terms.push_back(contributions[c].value);
        }
      }
      return terms.size() == 1 ? terms[0] : expr::sum(g, terms);
    }
  };

  bool depends(Expr e) const { return e.id < depends_.size() && depends_[e.id] == 1; }

  void note_dependence(Expr e) {
    if (depends_[e.id] != 0) return;
    bool found = std::ranges::any_of(g_.args(e), [this](Expr a) { return depends(a); });
    if (!found && g_.kind(e) == Kind::apply) {
      found = std::ranges::any_of(xs_, [&](Expr x) { return depends_deeply(g_, e, x); });
    }
    depends_[e.id] = found ? 1 : 2;
  }

  void give(Sweep& s, Expr to, Expr adjoint, Expr partial) {
    if (g_.is_zero(partial)) return;
    const Expr factors[] = {adjoint, partial};
    s.give(s.adjoints[to.id], times(g_, factors));
  }

  void pass_on(Sweep& s, Expr e, Expr adjoint) {
    const std::span<const Expr> args = g_.args(e);
    switch (g_.kind(e)) {
      case Kind::sum:
        for (Expr a : args) {
          if (depends(a)) s.give(s.adjoints[a.id], adjoint);
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
        Expr rest[kFewFactors];
        std::ranges::copy(factors, rest);
        rest[i] = adjoint;
        s.give(s.adjoints[factors[i].id], times(g_, std::span(rest, factors.size())));
      }
      return;
    }
    std::vector<Expr> after(factors.size(), expr::integer(g_, 1));  // the product of the factors after each
    for (std::size_t i = factors.size() - 1; i-- > 0;) after[i] = nested(g_, factors[i + 1], after[i + 1]);
    Expr before = adjoint;
    for (std::size_t i = 0; i < factors.size(); ++i) {
      if (depends(factors[i])) s.give(s.adjoints[factors[i].id], nested(g_, before, after[i]));
      before = nested(g_, before, factors[i]);
    }
  }

  void add_gradient(Sweep& s, Expr adjoint, const std::vector<Expr>& gradient) {
    for (std::size_t j = 0; j < xs_.size(); ++j) {
      if (g_.is_zero(gradient[j])) continue;
      const Expr factors[] = {adjoint, gradient[j]};
      s.give(s.direct[j], times(g_, factors));
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
    if (forward_.empty()) {
      for (Expr x : xs_) forward_.push_back(std::make_unique<Differentiator>(g_, x, budget_));
    }
    for (const auto& d : forward_) gradient.push_back(d->derivative(e));
    return whole_[e.id] = std::move(gradient);
  }

  Graph& g_;
  std::span<const Expr> xs_;
  base::Budget& budget_;
  std::vector<std::uint8_t> depends_;  // by id: 0 not yet known, 1 yes, 2 no
  std::unordered_map<std::uint32_t, std::vector<Expr>> whole_;
  std::vector<std::unique_ptr<Differentiator>> forward_;  // made when first needed
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
  if (i == 1) {
    if (g.is_zero(base)) return expr::multiply(g, base, power);  // 0 wherever it is defined
    if (g.is_constant(base) && proven_sign(g, base) == -1) {
      throw base::Error(base::Code::undefined, {},
                        "a power of a negative number is real for single exponents only: it has no derivative");
    }
    return expr::multiply(g, power, expr::call(g, *kernel().ln, std::span(&base, 1)));
  }
  return expr::multiply(g, exponent, expr::power(g, base, expr::add(g, exponent, expr::integer(g, -1))));
}

std::vector<Expr> gradient(Graph& g, Expr e, std::span<const Expr> xs, base::Budget& budget) {
  const base::Lap lap(budget.watch, base::Phase::differentiate);
  return Backward(g, xs, budget).run(e);
}

}  // namespace nabla::algebra
