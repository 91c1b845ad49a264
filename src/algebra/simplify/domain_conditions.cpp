#include "algebra/simplify/domain_conditions.h"

#include <algorithm>
#include <unordered_set>

#include "algebra/rational/rational_function.h"
#include "algebra/rational/rebuild.h"
#include "algebra/rules/call.h"
#include "algebra/rules/circular.h"
#include "algebra/rules/constant_sign.h"
#include "algebra/rules/length.h"
#include "algebra/rules/rules.h"
#include "algebra/simplify/bounds.h"
#include "algebra/simplify/conditions.h"
#include "base/error.h"
#include "expr/rewrite.h"
#include "expr/write/layout.h"
#include "number/real_roots.h"

namespace nabla::algebra {
namespace {

using expr::Kind;
using expr::Relation;
using GKind = Generator::Kind;

// A condition for one node to be defined.
struct Need {
  // `power`: base^exponent, the exponent not a number. `itself`: no simpler condition is known; the node must be
  // defined.
  enum class Kind { nonzero, positive, nonnegative, holds, power, itself };
  Kind kind;
  Expr subject;
  bool conditional = false;  // occurs only in a branch
};

class Needs {
 public:
  Needs(Graph& g, base::Budget& budget) : g_(g), budget_(budget), length_(g) {}

  std::vector<Need> of(Expr root) {
    std::vector<Need> needs;
    if (g_.is(root, expr::kTotal)) return needs;
    // Nodes that occur only in branches come last, when all other conditions are known.
    std::vector<Expr> stack{root};
    std::vector<Expr> branches;
    std::unordered_set<std::uint32_t> seen;
    bool conditional = false;
    while (!stack.empty() || !branches.empty()) {
      if (stack.empty()) {
        conditional = true;
        stack.swap(branches);
      }
      const Expr e = stack.back();
      stack.pop_back();
      if (g_.is(e, expr::kTotal) || !seen.insert(e.id).second) continue;
      const std::size_t before = needs.size();
      of_node(e, needs);
      for (std::size_t i = before; i < needs.size(); ++i) needs[i].conditional = conditional;
      const auto args = g_.args(e);
      const bool has_branches = g_.kind(e) == Kind::select || g_.kind(e) == Kind::logic;
      if (g_.kind(e) == Kind::operation) continue;
      for (std::size_t i = 0; i < args.size(); ++i) (has_branches && i > 0 ? branches : stack).push_back(args[i]);
    }
    for (Need& n : needs) {
      if (n.kind == Need::Kind::positive || n.kind == Need::Kind::nonnegative) n.subject = with_sign_of(n.subject);
    }
    return needs;
  }

  // The irreducible factors of s, as nodes, without those that cannot be zero.
  std::vector<Expr> parts(Expr s, int depth = 0) {
    if (is_never_zero(s)) return {};
    if (is_call(g_, s, kernel().abs)) return parts(g_.arg(s, 0), depth);
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
        if (of.kind == GKind::hyperbolic_cosine) continue;
        if (of.kind == GKind::hyperbolic_sine) {  // zero exactly where its argument is
          const std::vector<Expr> inner = parts(of.base, depth + 1);
          result.insert(result.end(), inner.begin(), inner.end());
          continue;
        }
        const Expr part = base_of(of);
        if (!is_never_zero(part)) result.push_back(part);
      }
      for (const auto& [p, k] : q.factors) {
        if (k <= 0) continue;
        Quotient one = field.one();
        one.factors.emplace_back(p, 1);
        if (field.has_constant_norm(p)) continue;
        const Expr part = rebuilder.plain(one);
        if (constant_sign(field, p, part)) continue;
        if (part != s && depth == 0) {  // a root in it may have cancelled
          const std::vector<Expr> inner = parts(part, depth + 1);
          result.insert(result.end(), inner.begin(), inner.end());
        } else if (!is_never_zero(part)) {
          result.push_back(oriented(part));
        }
      }
    } catch (const TooLarge&) {
      return {s};
    }
    return result;
  }

  // s without factors that are proven positive, so that 1 - x²/4 and 4 - x² become equal.
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
        if (const std::optional<int> known = constant_sign(field, p, rebuilder.plain(one))) {
          if (k % 2 != 0) sign.coefficient = sign.coefficient * Rational(*known);
        } else {
          sign.factors.emplace_back(p, k % 2 == 0 ? 2 : 1);
        }
      }
      const bool is_never = sign.factors.empty() && sign.coefficient.sign() < 0 &&
                            std::ranges::all_of(sign.exponents, [](long e) { return e == 0; });
      return is_never ? s : rebuilder.shortest(sign).e;
    } catch (const TooLarge&) {
      return s;
    }
  }

  bool is_never_zero(Expr s) {
    if (g_.is_number(s)) return !g_.is_zero(s);
    if (g_.is_constant(s)) return proven_sign(g_, s).has_value();
    return sign_by_bounds(g_, s).has_value();
  }

  // The sign of a polynomial p, as an expression `part`, if it is the same wherever `part` has a value.
  std::optional<int> constant_sign(Field& field, const Polynomial& p, Expr part) {
    if (const std::optional<int> sign = sign_by_bounds(g_, part)) return sign;
    if (const std::optional<int> sign = sign_without_roots(field, p)) return sign;
    return field.has_constant_norm(p) && is_continuous(part) ? sign_at_zero(part) : std::nullopt;
  }
  // The canonical one of s and -s.
  Expr oriented(Expr s) {
    const Expr turned = opposite(g_, s);
    if (is_negative_form(g_, s) || is_negative_form(g_, turned)) return is_negative_form(g_, s) ? turned : s;
    return expr::comes_before(g_, turned, s) ? turned : s;
  }

  // Factors without square roots that are nonzero wherever `part` is nonzero: x for √(x + 1) - 1.
  std::optional<std::vector<Expr>> parts_of_norm(Expr part) {
    Field field(g_, part, View::as_written, budget_);
    const Quotient& q = field.quotient(part);
    if (q.factors.size() != 1) return std::nullopt;
    const std::optional<Polynomial> n = field.norm(q.factors[0].first);
    if (!n) return std::nullopt;
    return parts(Rebuilder(field, length_).plain(field.from(*n)));
  }

  // Expressions that are nonzero wherever `part` is: 1 ± cos(u) for sin(u).
  std::vector<Expr> consequences(Expr part) {
    const Circular* c = g_.kind(part) == Kind::call ? find_circular(g_.function(part)) : nullptr;
    if (c == nullptr || c->hyperbolic || c->sine + c->cosine != 1 || c->sine * c->cosine != 0) return {};
    const Expr other = expr::call(g_, circular_function(c->cosine, c->sine, false), g_.args(part));
    const Expr less = expr::add(g_, other, expr::integer(g_, -1));
    return {oriented(expr::add(g_, other, expr::integer(g_, 1))), oriented(less)};
  }
  bool is_never_negative(Expr s) const {
    const std::optional<Bound> lower = bounds_of(g_, s).lower;
    return (lower && lower->at.sign() >= 0) || (g_.is_constant(s) && proven_sign(g_, s) == 1);
  }

 private:
  // The sign of a polynomial in one generator without real roots.
  static std::optional<int> sign_without_roots(const Field& field, const Polynomial& p) {
    constexpr long kMostDegree = 16;
    constexpr number::Bits kBits = 64;
    std::optional<std::size_t> variable;
    for (std::size_t i = 0; i < field.generators().size(); ++i) {
      if (p.degree(i) == 0) continue;
      if (variable || field.generators()[i].kind != GKind::power) return std::nullopt;
      variable = i;
    }
    if (!variable || p.degree(*variable) % 2 != 0 || p.degree(*variable) > kMostDegree) return std::nullopt;
    std::vector<Rational> coefficients(static_cast<std::size_t>(p.degree(*variable)) + 1);
    std::vector<long> e(field.ring().variables());
    for (std::size_t i = 0; i < p.length(); ++i) {
      p.exponents(i, e);
      coefficients[static_cast<std::size_t>(e[*variable])] = p.coefficient(i);
    }
    if (!number::real_roots(coefficients, kBits).roots.empty()) return std::nullopt;
    return coefficients.front().sign();
  }

  // Total, and composed of functions without jumps.
  bool is_continuous(Expr e) const {
    if (!g_.is(e, expr::kTotal)) return false;
    const std::vector<Expr> nodes = expr::reachable(g_, std::span(&e, 1));
    return std::ranges::all_of(nodes, [&](Expr n) {
      switch (g_.kind(n)) {
        case Kind::rational:
        case Kind::symbol:
        case Kind::sum:
        case Kind::product:
        case Kind::power: return true;
        case Kind::call: return !is_piecewise(g_.function(n));
        default: return false;
      }
    });
  }

  std::optional<int> sign_at_zero(Expr e) {
    std::vector<expr::Replacement> zeros;
    for (Expr s : expr::symbols(g_, e)) zeros.emplace_back(s, expr::integer(g_, 0));
    return proven_sign(g_, expr::substitute(g_, e, zeros));
  }

  Expr base_of(const Generator& of) {
    if (of.kind != GKind::sine && of.kind != GKind::cosine) return of.base;
    const bool sine = of.kind == GKind::sine;
    return expr::call(g_, circular_function(sine ? 1 : 0, sine ? 0 : 1, false), std::span(&of.base, 1));
  }

  void of_node(Expr n, std::vector<Need>& needs) {
    switch (g_.kind(n)) {
      case Kind::power: of_power(n, needs); break;
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

  void of_power(Expr power, std::vector<Need>& needs) const {
    const Expr base = g_.arg(power, 0);
    const Expr exponent = g_.arg(power, 1);
    if (!g_.is_number(exponent)) {
      if (!g_.is(base, expr::kPositive)) needs.push_back({Need::Kind::power, power});
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
    } catch (const base::Error&) {  // a domain that is only described in words
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

// The two factors of a nonnegative product if their sum is a positive number, so that both are nonnegative: 1 - x and 1
// + x for 1 - x².
std::vector<Expr> factors_of_same_sign(Graph& g, Expr s, base::Budget& budget) {
  try {
    Field field(g, s, View::as_written, budget);
    const Quotient q = field.factored(field.quotient(s));
    const bool two = q.factors.size() == 2 && q.factors[0].second == 1 && q.factors[1].second == 1 &&
                     std::ranges::all_of(q.exponents, [](long e) { return e == 0; });
    if (!two) return {};
    Length length(g);
    Rebuilder rebuilder(field, length);
    for (const int sign : {1, -1}) {
      std::vector<Expr> factors;
      for (std::size_t i = 0; i < 2; ++i) {
        Quotient one = field.one();
        one.factors.emplace_back(q.factors[i].first, 1);
        one.coefficient = i == 0 ? sign : sign * q.coefficient.sign();
        factors.push_back(rebuilder.plain(one));
        if (one.coefficient.sign() < 0) {
          const Expr terms[] = {factors.back()};
          factors.back() = expr::sum(g, terms);
        }
      }
      const Expr sum = expr::add(g, factors[0], factors[1]);
      if (g.is_number(sum) && g.number(sum).sign() > 0) return factors;
    }
  } catch (const TooLarge&) {  // nothing follows
  }
  return {};
}

// The conditions that follow from an expression being defined.
class Known {
 public:
  Known(Graph& g, Needs& needs, std::span<const Need> all, bool with_branches, base::Budget& budget)
      : g_(g), needs_(needs), budget_(budget) {
    for (const Need& n : all) {
      if (!n.conditional || with_branches) add(n);
    }
  }

  // Appends to `lost` what a need requires beyond these conditions; false if that has no formula.
  bool check(const Need& n, std::vector<Expr>& lost) {
    switch (n.kind) {
      case Need::Kind::nonzero: return check_nonzero(n.subject, lost);
      case Need::Kind::positive:
      case Need::Kind::nonnegative: return check_sign(n.subject, n.kind == Need::Kind::positive, lost);
      case Need::Kind::holds:
        if (!present_.contains(n.subject.id)) put(n.subject, lost);
        return true;
      case Need::Kind::power: return check_power(n.subject, lost);
      case Need::Kind::itself: return check_itself(n.subject, lost);
    }
    return false;
  }

 private:
  // Whether the node is present, or a call with the same arguments and the same domain: digamma(x) for lgamma(x).
  bool is_present(Expr e) {
    if (present_.contains(e.id)) return true;
    if (g_.kind(e) != Kind::call) return false;
    return std::ranges::any_of(present_, [&](std::uint32_t id) {
      const Expr other{id};
      return g_.kind(other) == Kind::call && g_.function(other).domain.contains == g_.function(e).domain.contains &&
             std::ranges::equal(g_.args(other), g_.args(e));
    });
  }

  void add(const Need& n) {
    switch (n.kind) {
      case Need::Kind::positive: add_sign(n.subject, true); [[fallthrough]];
      case Need::Kind::nonzero:
        for (Expr part : needs_.parts(n.subject)) {
          nonzero_.insert(part.id);
          for (Expr other : needs_.consequences(part)) nonzero_.insert(other.id);
        }
        break;
      case Need::Kind::nonnegative: add_sign(n.subject, false); break;
      case Need::Kind::power: powers_.push_back(n.subject); break;
      case Need::Kind::holds:
      case Need::Kind::itself: present_.insert(n.subject.id); break;
    }
  }

  void add_sign(Expr s, bool strict) {
    std::vector<Expr> all{s};
    if (g_.kind(s) == Kind::sum || g_.kind(s) == Kind::product) {
      for (Expr f : factors_of_same_sign(g_, s, budget_)) all.push_back(f);
    }
    for (Expr e : all) {
      nonnegative_.push_back(e);
      if (strict) positive_.insert(e.id);
    }
  }

  // Whether s ≥ 0 (strict: s > 0) follows from a known t ≥ 0 that differs from s by a number: x - 1 > 0 from x - 2 ≥ 0.
  bool has_sign(Expr s, bool strict) {
    return std::ranges::any_of(nonnegative_, [&](Expr t) {
      if (t == s) return !strict || positive_.contains(t.id);
      const Expr more = expr::subtract(g_, s, t);
      return g_.is_number(more) && g_.number(more).sign() > 0;
    });
  }

  static void put(Expr condition, std::vector<Expr>& lost) {
    if (std::ranges::find(lost, condition) == lost.end()) lost.push_back(condition);
  }

  bool check_itself(Expr subject, std::vector<Expr>& lost) {
    if (is_present(subject)) return true;
    if (g_.is_constant(subject) || g_.is(subject, expr::kHasBound)) return false;
    put(defined(g_, subject), lost);
    return true;
  }

  bool check_nonzero(Expr subject, std::vector<Expr>& lost) {
    for (Expr part : needs_.parts(subject)) {
      if (g_.is_constant(part)) return false;
      if (!is_nonzero_told(part)) put(condition_on(g_, Relation::not_equal, part), lost);
    }
    return true;
  }

  bool is_nonzero_told(Expr part) {
    if (nonzero_.contains(part.id) || has_sign(part, true) || has_sign(opposite(g_, part), true)) return true;
    const std::optional<std::vector<Expr>> norm = needs_.parts_of_norm(part);
    return norm && std::ranges::all_of(*norm, [&](Expr p) { return nonzero_.contains(p.id); });
  }

  bool check_sign(Expr subject, bool strict, std::vector<Expr>& lost) {
    if (needs_.is_never_negative(subject) || has_sign(subject, false)) {
      return !strict || has_sign(subject, true) || check_nonzero(subject, lost);
    }
    if (g_.is_constant(subject)) return false;
    put(condition_on(g_, strict ? Relation::less : Relation::less_equal, subject), lost);
    return true;
  }

  // For x ≠ 0, x^n is defined where x^(n + 1) or x^(-n) is.
  bool check_power(Expr power, std::vector<Expr>& lost) {
    const Expr base = g_.arg(power, 0);
    if (g_.is_zero(base)) return check_sign(g_.arg(power, 1), true, lost);
    for (Expr other : powers_) {
      if (other == power) return true;
      if (g_.arg(other, 0) != base) continue;
      const Expr difference = expr::subtract(g_, g_.arg(power, 1), g_.arg(other, 1));
      const Expr sum = expr::add(g_, g_.arg(power, 1), g_.arg(other, 1));
      const bool differ_by_integer = g_.is_number(difference) && g_.number(difference).is_integer();
      if (differ_by_integer && g_.number(difference).sign() > 0) return true;
      const bool fits = differ_by_integer || (g_.is_number(sum) && g_.number(sum).is_integer());
      if (fits) return check_nonzero(base, lost);
    }
    return check_sign(base, true, lost);
  }

  Graph& g_;
  Needs& needs_;
  base::Budget& budget_;
  std::unordered_set<std::uint32_t> nonzero_;
  std::unordered_set<std::uint32_t> positive_;
  std::vector<Expr> nonnegative_;
  std::unordered_set<std::uint32_t> present_;
  std::vector<Expr> powers_;
};

}  // namespace

std::optional<std::vector<Expr>> lost_conditions(Graph& g, Expr from, Expr to, base::Budget& budget) {
  std::vector<Expr> lost;
  Needs needs(g, budget);
  const std::vector<Need> before = needs.of(from);
  if (before.empty()) return lost;
  const std::vector<Need> after = needs.of(to);
  Known everywhere(g, needs, after, false, budget);
  std::optional<Known> in_branches;
  for (const Need& n : before) {
    if (n.conditional && !in_branches) in_branches.emplace(g, needs, after, true, budget);
    if (!(n.conditional ? *in_branches : everywhere).check(n, lost)) return std::nullopt;
  }
  drop_weaker(g, lost);
  std::erase_if(lost, [&](Expr c) { return says_itself(g, c, to); });
  return lost;
}

Expr defined(Graph& g, Expr e) { return expr::operation(g, *g.rules()->defined, std::span(&e, 1)); }

}  // namespace nabla::algebra
