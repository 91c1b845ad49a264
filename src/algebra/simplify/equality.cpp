#include "algebra/simplify/equality.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "algebra/derivative/derivative_node.h"
#include "algebra/rational/angles.h"
#include "algebra/rational/canonical.h"
#include "algebra/rules/call.h"
#include "algebra/simplify/borders.h"
#include "expr/rewrite.h"

namespace nabla::algebra {
namespace {

using expr::Kind;
using expr::Relation;

constexpr std::size_t kMostNodes = 2000;
constexpr std::size_t kMostCases = 6;  // nested conditions that are split into cases

// An assumption about the condition of a branch.
struct Case {
  Expr condition;
  bool holds;
};

class Prover {
 public:
  Prover(Graph& g, base::Budget& budget) : g_(g), budget_(budget) {}

  // Whether e is zero wherever it is defined, in this case.
  bool is_zero(Expr e, std::vector<Case>& cases) {
    if (g_.is_zero(e)) return true;
    if (const std::optional<Expr> condition = open_condition(e)) {
      if (cases.size() == kMostCases) return false;
      for (const bool holds : {true, false}) {
        cases.push_back({*condition, holds});
        const bool zero = is_zero(decided(e, *condition, holds), cases);
        cases.pop_back();
        if (!zero) return false;
      }
      return true;
    }
    e = without_signs(e);
    Canonical canonical(g_, budget_);
    for (const Case& c : cases) suppose(canonical, c);
    e = in_simple_angles(g_, e, Angles::all);  // inside roots and logarithms too
    canonical.suppose_defined(e);
    Expr form = canonical.rewrite(e);
    if (open_condition(form)) return is_zero(form, cases);  // the function has been expanded to branches
    form = in_simple_angles(g_, form, Angles::all);
    Field field(g_, form, View::circular, budget_);
    return field.is_zero(field.quotient(form)) || (!cases.empty() && canonical.is_known_zero(form));
  }

 private:
  // Where |u| or sign(u) stands in a denominator, or |u| in a logarithm, u is not 0 wherever e is defined: sign(u) is
  // |u|/u. For e without branches.
  Expr without_signs(Expr e) {
    const auto of_row = [this](Expr n, const expr::Function* row) {
      return g_.kind(n) == Kind::call && &g_.function(n) == row;
    };
    std::vector<Expr> nonzero;
    const auto collect = [&](Expr n) {
      if (of_row(n, kernel().abs) || of_row(n, kernel().sign)) nonzero.push_back(g_.arg(n, 0));
    };
    for (Expr n : expr::reachable(g_, std::span(&e, 1))) {
      const bool is_denominator =
          g_.kind(n) == Kind::power && g_.is_number(g_.arg(n, 1)) && g_.number(g_.arg(n, 1)).sign() < 0;
      if (!is_denominator && !of_row(n, kernel().ln)) continue;
      const Expr inner = g_.arg(n, 0);
      collect(inner);
      if (g_.kind(inner) == Kind::product) std::ranges::for_each(g_.args(inner), collect);
    }
    if (nonzero.empty()) return e;
    return expr::fold<Expr>(g_, e, [&](Expr n, std::span<const Expr> args) {
      if (of_row(n, kernel().sign) && std::ranges::find(nonzero, g_.arg(n, 0)) != nonzero.end()) {
        return expr::divide(g_, algebra::call(g_, *kernel().abs, args), args[0]);
      }
      return expr::rebuilt(g_, n, args);
    });
  }

  // A condition of a branch that contains no branches itself.
  std::optional<Expr> open_condition(Expr e) const {
    for (Expr n : expr::reachable(g_, std::span(&e, 1))) {
      if (g_.kind(n) == Kind::select && !g_.is(n, expr::kHasBound)) return g_.arg(n, 0);
    }
    return std::nullopt;
  }

  // e with this condition decided.
  Expr decided(Expr e, Expr condition, bool holds) {
    return expr::fold<Expr>(g_, e, [&](Expr n, std::span<const Expr> args) {
      const bool is_branch = g_.kind(n) == Kind::select && g_.arg(n, 0) == condition;
      return is_branch ? args[holds ? 1 : 2] : expr::rebuilt(g_, n, args);
    });
  }

  void suppose(Canonical& canonical, const Case& c) {
    if (g_.kind(c.condition) != Kind::compare) return;
    const Expr a = g_.arg(c.condition, 0);
    const Expr b = g_.arg(c.condition, 1);
    switch (g_.relation(c.condition)) {
      case Relation::less:
      case Relation::less_equal:
        canonical.suppose_nonnegative(canonical.rewrite(c.holds ? expr::subtract(g_, b, a) : expr::subtract(g_, a, b)));
        break;
      case Relation::equal:
      case Relation::not_equal: break;
    }
  }

  Graph& g_;
  base::Budget& budget_;
};

// Of two expressions without derivatives, or with some that are taken as they are.
bool proven_equal_forms(Graph& g, Expr a, Expr b, base::Budget& budget) {
  if (a == b) return true;
  if (g.is(a, expr::kTruth) || g.is(b, expr::kTruth)) return false;
  if (g.is(a, expr::kEstimate) || g.is(b, expr::kEstimate)) return false;
  const Expr both[] = {a, b};
  if (expr::reachable(g, both).size() > kMostNodes) return false;
  try {
    std::vector<Case> cases;
    return Prover(g, budget).is_zero(expr::subtract(g, a, b), cases);
  } catch (const TooLarge&) {
    return false;
  }
}

// e with derivatives as formulas where these are known to be right at all points.
Expr with_safe_formulas(Graph& g, Expr e, base::Budget& budget) {
  return replace_derivatives(g, e, [&](const DerivativeParts& d) -> std::optional<Expr> {
    if (has_choices(g, d.body)) return std::nullopt;
    const Expr there = derivative_at(g, d.body, d.variable, d.order, d.point, budget);
    const Expr formula = written_out(g, there, budget);
    return formula == there ? std::nullopt : std::optional(formula);
  });
}

}  // namespace

bool proven_equal(Graph& g, Expr a, Expr b, base::Budget& budget) {
  return a == b || proven_equal_forms(g, with_safe_formulas(g, a, budget), with_safe_formulas(g, b, budget), budget);
}

bool proven_equal_beside_borders(Graph& g, Expr a, Expr b, base::Budget& budget) {
  return a == b || proven_equal_forms(g, written_out(g, a, budget), written_out(g, b, budget), budget);
}

}  // namespace nabla::algebra
