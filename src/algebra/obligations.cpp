#include "algebra/obligations.h"

#include <algorithm>
#include <unordered_set>

#include "algebra/circular.h"
#include "algebra/field.h"
#include "algebra/length.h"
#include "algebra/rebuild.h"
#include "algebra/rules.h"
#include "base/error.h"

namespace nabla::algebra {
namespace {

using expr::Kind;
using expr::Relation;
using GKind = Generator::Kind;

// What one node needs.
struct Need {
  enum class Kind { nonzero, positive, nonnegative, holds, itself };
  Kind kind;
  Expr subject;
};

class Needs {
 public:
  Needs(Graph& g, base::Budget& budget) : g_(g), budget_(budget), length_(g) {}

  std::vector<Need> of(Expr e) {
    std::vector<Need> needs;
    if (g_.is(e, expr::kTotal)) return needs;
    for (Expr n : expr::reachable(g_, std::span(&e, 1))) {
      if (!g_.is(n, expr::kTotal)) of_node(n, needs);
    }
    for (Need& n : needs) {
      if (n.kind == Need::Kind::positive || n.kind == Need::Kind::nonnegative) n.subject = with_sign_of(n.subject);
    }
    return needs;
  }

  // The irreducible parts of which s is made, as nodes; those that cannot be zero left out.
  std::vector<Expr> parts(Expr s) {
    if (is_never_zero(s)) return {};
    std::vector<Expr> result;
    try {
      Field field(g_, s, View::circular, budget_);
      Rebuilder rebuilder(field, length_);
      const Quotient q = field.factored(field.quotient(s));
      if (q.is_zero()) return {s};
      for (std::size_t i = 0; i < field.generators().size(); ++i) {
        if (q.exponents[i] <= 0) continue;
        const Generator& of = field.generators()[i];
        if (of.kind == GKind::exponential || of.kind == GKind::number_root) continue;
        const Expr part = of.kind == GKind::scaled ? s : base_of(of);
        if (!is_never_zero(part)) result.push_back(part);
      }
      for (const auto& [p, k] : q.factors) {
        if (k <= 0) continue;
        Quotient one = field.one();
        one.factors.emplace_back(p, 1);
        const Expr part = rebuilder.shortest(one).e;
        if (!is_never_zero(part) && !field.has_constant_norm(p)) result.push_back(part);
      }
    } catch (const TooLarge&) {
      return {s};
    }
    return result;
  }

  // s without factors that are positive for certain, so that 1 - x²/4 and 4 - x² are the same.
  Expr with_sign_of(Expr s) {
    try {
      Field field(g_, s, View::as_written, budget_);
      Quotient q = field.factored(field.quotient(s));
      if (q.is_zero()) return s;
      Rebuilder rebuilder(field, length_);
      Quotient sign = field.one();
      sign.coefficient = q.coefficient.sign();
      for (std::size_t i = 0; i < field.generators().size(); ++i) {
        const Generator& of = field.generators()[i];
        if (of.kind == GKind::exponential || of.kind == GKind::number_root || q.exponents[i] == 0) continue;
        if (of.kind == GKind::power && g_.is(of.base, expr::kPositive)) continue;
        sign.exponents[i] = q.exponents[i] % 2 == 0 || of.kind != GKind::power ? q.exponents[i] : 1;
      }
      for (const auto& [p, k] : q.factors) {
        Quotient one = field.one();
        one.factors.emplace_back(p, 1);
        if (!g_.is(rebuilder.shortest(one).e, expr::kPositive)) sign.factors.emplace_back(p, k % 2 == 0 ? 2 : 1);
      }
      return rebuilder.shortest(sign).e;
    } catch (const TooLarge&) {
      return s;
    }
  }

  bool is_never_zero(Expr s) {
    if (g_.is_number(s)) return !g_.is_zero(s);
    return g_.is(s, expr::kPositive) || g_.is(expr::negate(g_, s), expr::kPositive);
  }
  // What is not zero either where `part` is not: 1 ± cos(u) where sin(u) is not.
  std::vector<Expr> consequences(Expr part) {
    const Circular* c = g_.kind(part) == Kind::call ? find_circular(g_.function(part)) : nullptr;
    if (c == nullptr || c->hyperbolic || c->sine + c->cosine != 1 || c->sine * c->cosine != 0) return {};
    const Expr other = expr::call(g_, circular_function(c->cosine, c->sine, false), g_.args(part));
    return {expr::add(g_, other, expr::integer(g_, 1)), expr::add(g_, other, expr::integer(g_, -1))};
  }
  bool is_never_negative(Expr s) const { return g_.is(s, expr::kNonnegative) || g_.is(s, expr::kPositive); }

 private:
  Expr base_of(const Generator& of) {
    const bool sine = of.kind == GKind::sine || of.kind == GKind::hyperbolic_sine;
    const bool cosine = of.kind == GKind::cosine || of.kind == GKind::hyperbolic_cosine;
    if (!sine && !cosine) return of.base;
    const bool hyperbolic = of.kind == GKind::hyperbolic_sine || of.kind == GKind::hyperbolic_cosine;
    return expr::call(g_, circular_function(sine ? 1 : 0, cosine ? 1 : 0, hyperbolic), std::span(&of.base, 1));
  }

  void of_node(Expr n, std::vector<Need>& needs) {
    switch (g_.kind(n)) {
      case Kind::power: of_power(g_.arg(n, 0), g_.arg(n, 1), needs); break;
      case Kind::call: of_call(n, needs); break;
      case Kind::operation:
      case Kind::apply:
      case Kind::component: needs.push_back({Need::Kind::itself, n}); break;
      case Kind::rational:
      case Kind::boolean:
      case Kind::symbol:
      case Kind::bound:
      case Kind::parameter:
      case Kind::sum:
      case Kind::product:
      case Kind::compare:
      case Kind::logic:
      case Kind::select: break;
    }
  }

  void of_power(Expr base, Expr exponent, std::vector<Need>& needs) const {
    if (!g_.is_number(exponent)) {
      needs.push_back({Need::Kind::positive, base});
      return;
    }
    const Rational& q = g_.number(exponent);
    const bool odd = q.denominator_is_odd();
    if (q.sign() < 0) {
      needs.push_back({odd ? Need::Kind::nonzero : Need::Kind::positive, base});
    } else if (!odd) {
      needs.push_back({Need::Kind::nonnegative, base});
    }
  }

  void of_call(Expr n, std::vector<Need>& needs) {
    const Function& f = g_.function(n);
    if (f.domain.contains == nullptr) return;
    if (const Circular* c = find_circular(f); c != nullptr && !c->hyperbolic) {
      const Function& divisor = c->cosine < 0 ? circular_function(0, 1, false) : circular_function(1, 0, false);
      needs.push_back({Need::Kind::nonzero, expr::call(g_, divisor, g_.args(n))});
      return;
    }
    try {
      of_condition(instantiate(g_, f, f.domain.text, g_.args(n)), n, needs);
    } catch (const base::Error&) {  // a domain told in words
      needs.push_back({Need::Kind::itself, n});
    }
  }

  void of_condition(Expr c, Expr n, std::vector<Need>& needs) {
    if (g_.kind(c) == Kind::boolean && g_.truth(c)) return;
    if (g_.kind(c) == Kind::logic && g_.connective(c) == expr::Connective::and_) {
      for (Expr part : g_.args(c)) of_condition(part, n, needs);
      return;
    }
    if (g_.kind(c) != Kind::compare) {
      needs.push_back({Need::Kind::itself, n});
      return;
    }
    const Expr difference = expr::subtract(g_, g_.arg(c, 1), g_.arg(c, 0));
    switch (g_.relation(c)) {
      case Relation::less: needs.push_back({Need::Kind::positive, difference}); break;
      case Relation::less_equal: needs.push_back({Need::Kind::nonnegative, difference}); break;
      case Relation::not_equal: needs.push_back({Need::Kind::nonzero, difference}); break;
      case Relation::equal: needs.push_back({Need::Kind::holds, c}); break;
    }
  }

  Graph& g_;
  base::Budget& budget_;
  Length length_;
};

// s ≠ 0, written x ≠ 1 where s is linear in a symbol with numbers.
Expr nonzero_condition(Graph& g, Expr s) {
  const Expr zero = expr::integer(g, 0);
  if (g.kind(s) == Kind::sum && g.node(s).count == 2 && g.is_number(g.arg(s, 0))) {
    const Scaled rest = take_coefficient(g, g.arg(s, 1));
    if (g.kind(rest.rest) == Kind::symbol) {
      const Rational at = -g.number(g.arg(s, 0)) / rest.coefficient;
      return expr::compare(g, Relation::not_equal, rest.rest, g.rational(at));
    }
  }
  return expr::compare(g, Relation::not_equal, s, zero);
}

}  // namespace

std::optional<std::vector<Expr>> lost_conditions(Graph& g, Expr from, Expr to, base::Budget& budget) {
  std::vector<Expr> lost;
  Needs needs(g, budget);
  const std::vector<Need> before = needs.of(from);
  if (before.empty()) return lost;

  std::unordered_set<std::uint32_t> nonzero;
  std::unordered_set<std::uint32_t> positive;
  std::unordered_set<std::uint32_t> nonnegative;
  std::unordered_set<std::uint32_t> present;
  for (const Need& n : needs.of(to)) {
    switch (n.kind) {
      case Need::Kind::positive:
        positive.insert(n.subject.id);
        nonnegative.insert(n.subject.id);
        [[fallthrough]];
      case Need::Kind::nonzero:
        for (Expr part : needs.parts(n.subject)) {
          nonzero.insert(part.id);
          for (Expr other : needs.consequences(part)) nonzero.insert(other.id);
        }
        break;
      case Need::Kind::nonnegative: nonnegative.insert(n.subject.id); break;
      case Need::Kind::holds:
      case Need::Kind::itself: present.insert(n.subject.id); break;
    }
  }
  const auto add = [&](Expr condition) {
    if (std::ranges::find(lost, condition) == lost.end()) lost.push_back(condition);
  };
  for (const Need& n : before) {
    switch (n.kind) {
      case Need::Kind::nonzero:
        for (Expr part : needs.parts(n.subject)) {
          if (g.is_constant(part)) return std::nullopt;
          if (!nonzero.contains(part.id)) add(nonzero_condition(g, part));
        }
        break;
      case Need::Kind::positive:
      case Need::Kind::nonnegative: {
        const bool strict = n.kind == Need::Kind::positive;
        const bool known_nonnegative = needs.is_never_negative(n.subject) || nonnegative.contains(n.subject.id);
        if (!known_nonnegative) {
          if (g.is_constant(n.subject)) return std::nullopt;
          add(expr::compare(g, strict ? Relation::less : Relation::less_equal, expr::integer(g, 0), n.subject));
        } else if (strict && !positive.contains(n.subject.id)) {
          for (Expr part : needs.parts(n.subject)) {
            if (g.is_constant(part)) return std::nullopt;
            if (!nonzero.contains(part.id)) add(nonzero_condition(g, part));
          }
        }
        break;
      }
      case Need::Kind::holds:
        if (!present.contains(n.subject.id)) add(n.subject);
        break;
      case Need::Kind::itself:
        if (!present.contains(n.subject.id)) return std::nullopt;
        break;
    }
  }
  return lost;
}

}  // namespace nabla::algebra
