#include "algebra/derivative/along.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "algebra/derivative/chain_rule.h"
#include "algebra/derivative/gradient.h"
#include "base/small_vector.h"

namespace nabla::algebra {
namespace {

using expr::Kind;

constexpr std::size_t kFewFactors = 8;

class Forward {
 public:
  Forward(Graph& g, std::span<const Expr> xs, std::span<const Expr> direction, base::Budget& budget)
      : g_(g), xs_(xs), direction_(direction), budget_(budget) {}

  std::vector<Expr> run(std::span<const Expr> roots) {
    const std::vector<Expr> nodes = expr::reachable(g_, roots);
    if (!nodes.empty()) tangents_.resize(nodes.back().id + 1);
    for (std::size_t i = 0; i < xs_.size(); ++i) {
      if (xs_[i].id < tangents_.size()) tangents_[xs_[i].id] = direction_[i];
    }
    for (Expr e : nodes) {
      budget_.check();
      if (g_.node(e).count == 0) continue;
      const Expr t = tangent(e);
      if (!g_.is_zero(t)) tangents_[e.id] = t;
    }
    std::vector<Expr> result;
    for (Expr r : roots) result.push_back(known(r).value_or(expr::integer(g_, 0)));
    return result;
  }

 private:
  using Terms = base::SmallVector<Expr, 8>;

  std::optional<Expr> known(Expr e) const { return tangents_[e.id]; }

  void add(Terms& terms, Expr partial, Expr tangent) {
    const Expr factors[] = {partial, tangent};
    terms.push_back(times(g_, factors));
  }

  Expr tangent(Expr e) {
    const std::span<const Expr> args = g_.args(e);
    Terms terms;
    switch (g_.kind(e)) {
      case Kind::sum:
        for (Expr a : args) {
          if (known(a)) terms.push_back(*known(a));
        }
        break;
      case Kind::product: return of_product(args);
      case Kind::power:
      case Kind::call:
        for (std::size_t i = 0; i < args.size(); ++i) {
          if (!known(args[i])) continue;
          const bool power = g_.kind(e) == Kind::power;
          add(terms, power ? partial_of_power(g_, e, i) : partial_of_call(g_, e, i), *known(args[i]));
        }
        break;
      case Kind::select: {
        const Expr zero = expr::integer(g_, 0);
        return expr::select(g_, args[0], known(args[1]).value_or(zero), known(args[2]).value_or(zero));
      }
      case Kind::component:
      case Kind::operation:
      case Kind::apply:
        if (by_variable_.empty()) {
          for (Expr x : xs_) by_variable_.push_back(std::make_unique<Differentiator>(g_, x, budget_));
        }
        for (std::size_t i = 0; i < xs_.size(); ++i) add(terms, by_variable_[i]->derivative(e), direction_[i]);
        break;
      case Kind::compare:
      case Kind::logic:
      case Kind::rational:
      case Kind::boolean:
      case Kind::symbol:
      case Kind::bound:
      case Kind::parameter: break;
    }
    return expr::sum(g_, terms);
  }

  // A long product is split into halves, (ab)' = a'b + ab', so that the size grows as n log n.
  Expr of_product(std::span<const Expr> factors) {
    Terms terms;
    if (factors.size() > kFewFactors) {
      const auto left = factors.first(factors.size() / 2);
      const auto right = factors.subspan(left.size());
      add(terms, of_product(left), times(g_, right));
      add(terms, times(g_, left), of_product(right));
    } else {
      for (std::size_t i = 0; i < factors.size(); ++i) {
        if (!known(factors[i])) continue;
        Expr term[kFewFactors];
        std::ranges::copy(factors, term);
        term[i] = *known(factors[i]);
        terms.push_back(times(g_, std::span(term, factors.size())));
      }
    }
    return expr::sum(g_, terms);
  }

  Graph& g_;
  std::span<const Expr> xs_;
  std::span<const Expr> direction_;
  base::Budget& budget_;
  std::vector<std::optional<Expr>> tangents_;                 // by id; nothing for zero
  std::vector<std::unique_ptr<Differentiator>> by_variable_;  // for operations; made when first needed
};

}  // namespace

std::vector<Expr> derivatives_along(Graph& g, std::span<const Expr> es, std::span<const Expr> xs,
                                    std::span<const Expr> direction, base::Budget& budget) {
  return Forward(g, xs, direction, budget).run(es);
}

std::vector<Expr> hessian_product(Graph& g, Expr e, std::span<const Expr> xs, std::span<const Expr> direction,
                                  base::Budget& budget) {
  return derivatives_along(g, gradient(g, e, xs, budget), xs, direction, budget);
}

}  // namespace nabla::algebra
