#include "calc/antiderivative/antiderivative.h"

#include <algorithm>
#include <chrono>

#include "algebra/derivative/derivative.h"
#include "algebra/rational/rational_function.h"
#include "algebra/rules/call.h"
#include "algebra/rules/length.h"
#include "algebra/rules/rules.h"
#include "algebra/simplify/domain_conditions.h"
#include "algebra/simplify/equality.h"
#include "algebra/simplify/simplify.h"
#include "base/error.h"
#include "calc/antiderivative/candidates.h"
#include "calc/antiderivative/terms.h"
#include "calc/antiderivative/undetermined.h"
#include "expr/rewrite.h"

namespace nabla::calc {
namespace {

using expr::Kind;

constexpr std::size_t kMostNodes = 400;  // of an integrand
constexpr std::size_t kHighestDegree = 60;
constexpr int kMostParts = 20;

// Proposals: nothing here is shown before it is proven.
class Search {
 public:
  Search(Graph& g, Expr x, base::Budget& budget) : g_(g), x_(x), budget_(budget) {}

  std::optional<Expr> of(Expr e) {
    budget_.check();
    if (!expr::depends_on(g_, e, x_)) return expr::multiply(g_, e, x_);
    if (std::optional<Expr> found = by_table(e)) return found;
    if (std::optional<Expr> found = constant_factor(e)) return found;
    if (std::optional<Expr> found = polynomial(e)) return found;
    if (std::optional<Expr> found = by_parts(e)) return found;
    if (std::optional<Expr> found = by_terms(e)) return found;
    const std::optional<Expr> found = by_undetermined_coefficients(g_, e, candidates(e), budget_);
    return found && !may_jump(*found) ? found : std::nullopt;
  }

 private:
  std::vector<CandidateTerm> candidates(Expr e) {
    try {
      return candidate_terms(g_, e, x_, budget_);
    } catch (const algebra::TooLarge&) {
      return {};
    }
  }

  // Powers and calls of a linear argument, by the columns of their rows.
  std::optional<Expr> by_table(Expr e) {
    if (e == x_) return expr::divide(g_, expr::power(g_, x_, 2), g_.rational(2));
    if (g_.kind(e) == Kind::power) {
      const Expr base = g_.arg(e, 0);
      const Expr exponent = g_.arg(e, 1);
      const std::optional<Linear> in_base = as_linear(g_, base, x_, budget_);
      if (in_base && !expr::depends_on(g_, exponent, x_)) {
        if (g_.is_number(exponent) && g_.number(exponent) == Rational(-1)) {
          return expr::divide(g_, logarithm_of_size(g_, base), in_base->slope);
        }
        const Expr raised = expr::add(g_, exponent, g_.rational(1));
        const Expr factors[] = {expr::power(g_, base, raised), expr::power(g_, raised, -1),
                                expr::power(g_, in_base->slope, -1)};
        return expr::product(g_, factors);
      }
      const std::optional<Linear> in_exponent = as_linear(g_, exponent, x_, budget_);
      if (in_exponent && !expr::depends_on(g_, base, x_)) {
        return expr::divide(g_, e, expr::multiply(g_, call_of(g_, "ln", base), in_exponent->slope));
      }
      return std::nullopt;
    }
    if (g_.kind(e) != Kind::call || g_.args(e).size() != 1) return std::nullopt;
    const expr::Function& f = g_.function(e);
    const Expr argument = g_.arg(e, 0);
    const std::optional<Linear> linear = as_linear(g_, argument, x_, budget_);
    if (!linear || !algebra::is_given(f.antiderivative)) return std::nullopt;
    return expr::divide(g_, algebra::instantiate(g_, f, f.antiderivative, std::span(&argument, 1)), linear->slope);
  }

  std::optional<Expr> polynomial(Expr e) {
    if (g_.kind(e) != Kind::sum && g_.kind(e) != Kind::power && g_.kind(e) != Kind::product) return std::nullopt;
    const auto c = as_polynomial(g_, e, x_, kHighestDegree, budget_);
    if (!c) return std::nullopt;
    std::vector<Expr> terms;
    for (std::size_t k = 0; k < c->size(); ++k) {
      const auto n = static_cast<long>(k) + 1;
      terms.push_back(expr::multiply(g_, g_.rational((*c)[k] / Rational(n)), expr::power(g_, x_, n)));
    }
    return expr::sum(g_, terms);
  }

  // p·f with a polynomial p, of any constant coefficients, and f in the table again and again: p·F1 - p'·F2 + p''·F3 ….
  std::optional<Expr> by_parts(Expr e) {
    if (g_.kind(e) != Kind::product) return std::nullopt;
    for (Expr f : g_.args(e)) {
      if (g_.kind(f) != Kind::call && g_.kind(f) != Kind::power) continue;
      std::vector<Expr> others;
      for (Expr factor : g_.args(e)) {
        if (factor != f) others.push_back(factor);
      }
      Expr p = expr::product(g_, others);
      std::optional<Expr> integral = f;
      std::vector<Expr> terms;
      bool negative = false;
      for (int step = 0; step <= kMostParts && !g_.is_zero(p); ++step) {
        integral = split(*integral);
        if (!integral) break;
        const Expr term = expr::multiply(g_, p, *integral);
        terms.push_back(negative ? expr::negate(g_, term) : term);
        negative = !negative;
        p = algebra::simplify(g_, algebra::derivative(g_, p, x_, budget_), budget_).expression;
      }
      if (integral && g_.is_zero(p)) return expr::sum(g_, terms);
    }
    return std::nullopt;
  }

  // By the table, behind a constant factor.
  std::optional<Expr> split(Expr e) {
    std::vector<Expr> constant;
    std::vector<Expr> rest;
    const auto factors = g_.kind(e) == Kind::product ? g_.args(e) : std::span<const Expr>(&e, 1);
    for (Expr factor : factors) (expr::depends_on(g_, factor, x_) ? rest : constant).push_back(factor);
    const std::optional<Expr> found = rest.size() == 1 ? by_table(rest[0]) : std::nullopt;
    if (!found) return std::nullopt;
    constant.push_back(*found);
    return expr::product(g_, constant);
  }

  // Whether a formula has branches or steps that the comparison of derivatives does not see.
  bool may_jump(Expr e) const {
    return std::ranges::any_of(expr::reachable(g_, std::span(&e, 1)), [this](Expr n) {
      if (g_.kind(n) == Kind::select || g_.kind(n) == Kind::compare || g_.kind(n) == Kind::component) return true;
      return g_.kind(n) == Kind::call && algebra::is_piecewise(g_.function(n)) &&
             !algebra::is_call(g_, n, algebra::kernel().abs);
    });
  }

  std::optional<Expr> constant_factor(Expr e) {
    if (g_.kind(e) != Kind::product) return std::nullopt;
    std::vector<Expr> constant;
    std::vector<Expr> rest;
    for (Expr factor : g_.args(e)) (expr::depends_on(g_, factor, x_) ? rest : constant).push_back(factor);
    if (constant.empty()) return std::nullopt;
    const std::optional<Expr> found = of(expr::product(g_, rest));
    if (!found) return std::nullopt;
    constant.push_back(*found);
    return expr::product(g_, constant);
  }

  std::optional<Expr> by_terms(Expr e) {
    if (g_.kind(e) != Kind::sum) return std::nullopt;
    std::vector<Expr> found;
    for (Expr term : g_.args(e)) {
      const std::optional<Expr> part = of(term);
      if (!part) return std::nullopt;
      found.push_back(*part);
    }
    return expr::sum(g_, found);
  }

  Graph& g_;
  Expr x_;
  base::Budget& budget_;
};

// The proof: equal derivatives, and nothing that the formula needs beyond the integrand but what is said.
std::optional<Antiderivative> proven(Graph& g, Expr formula, Expr e, Expr x, base::Budget& budget) {
  const algebra::Simplified simple = algebra::simplify(g, formula, budget);
  for (Expr candidate : {simple.expression, formula}) {
    if (!algebra::proven_equal(g, algebra::derivative(g, candidate, x, budget), e, budget)) continue;
    std::optional<std::vector<Expr>> needs = algebra::lost_conditions(g, candidate, e, budget);
    if (!needs) continue;
    return Antiderivative{candidate, std::move(*needs)};
  }
  return std::nullopt;
}

}  // namespace

namespace {

std::optional<Antiderivative> find_within(Graph& g, Expr e, Expr x, base::Budget& budget) {
  if (expr::reachable(g, std::span(&e, 1)).size() > kMostNodes) return std::nullopt;
  const Expr simple = algebra::simplify(g, e, budget).expression;
  Search search(g, x, budget);
  std::vector<Expr> asked{e};
  if (simple != e) asked.push_back(simple);
  std::optional<Antiderivative> best;
  algebra::Length length(g);
  for (Expr integrand : asked) {
    const std::optional<Expr> formula = search.of(integrand);
    if (!formula) continue;
    std::optional<Antiderivative> found = proven(g, *formula, e, x, budget);
    if (found && (!best || length(found->formula) < length(best->formula))) best = std::move(found);
  }
  return best;
}

}  // namespace

std::optional<Antiderivative> find_antiderivative(Graph& g, Expr e, Expr x, base::Budget& budget,
                                                  std::chrono::milliseconds patience) {
  base::Budget own = budget;
  const base::Budget::Clock::time_point end = base::Budget::Clock::now() + patience;
  own.deadline = own.deadline ? std::min(*own.deadline, end) : end;
  try {
    return find_within(g, e, x, own);
  } catch (const base::Error& error) {
    budget.check();
    if (error.code == base::Code::timeout || error.code == base::Code::limit) return std::nullopt;
    throw;
  }
}

}  // namespace nabla::calc
