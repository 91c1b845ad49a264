// Rebuilder (rebuild.h): forms of polynomials: factored, grouped, with double angles.
#include <algorithm>

#include "algebra/rational/rebuild.h"
#include "algebra/rules/circular.h"

namespace nabla::algebra {
namespace {

using expr::Kind;
using GKind = Generator::Kind;

constexpr long kMostDegreeToFactor = 16;

}  // namespace

// If every term has sin², cos², sin·cos or none of them: cos² - sin² = cos(2u), 2 sin·cos = sin(2u).
std::optional<Expr> Rebuilder::with_double_angles(const Polynomial& p, std::size_t sine) {
  const Generator& of = field_.generators()[sine];
  const bool hyperbolic = of.kind == GKind::hyperbolic_sine;
  const Expr twice = expr::multiply(g_, expr::integer(g_, 2), of.base);
  const Expr double_sine = expr::call(g_, circular_function(1, 0, hyperbolic), std::span(&twice, 1));
  const Expr double_cosine = expr::call(g_, circular_function(0, 1, hyperbolic), std::span(&twice, 1));
  const Expr half = g_.rational(Rational(1, 2));
  std::vector<Expr> terms;
  std::vector<long> e(field_.ring().variables());
  for (std::size_t i = 0; i < p.length(); ++i) {
    p.exponents(i, e);
    const long s = std::exchange(e[sine], 0);
    const long c = std::exchange(e[sine + 1], 0);
    const Expr rest = monomial(p.coefficient(i), e);
    if (s + c == 0) {
      terms.push_back(rest);
    } else if (s == 1 && c == 1) {
      const Expr factors[] = {half, rest, double_sine};
      terms.push_back(expr::product(g_, factors));
    } else if (s + c == 2) {
      // sin² = (1 - cos 2u)/2, cos² = (1 + cos 2u)/2, sinh² = (cosh 2u - 1)/2.
      const Expr constant = expr::multiply(g_, half, rest);
      terms.push_back(hyperbolic && s == 2 ? expr::negate(g_, constant) : constant);
      const Expr factors[] = {g_.rational(!hyperbolic && s == 2 ? Rational(-1, 2) : Rational(1, 2)), rest,
                              double_cosine};
      terms.push_back(expr::product(g_, factors));
    } else {
      return std::nullopt;
    }
  }
  return expr::sum(g_, terms);
}

Form Rebuilder::best_polynomial(const Polynomial& p, bool with_factors) {
  for (const auto& [known, form] : polynomials_) {
    if (known == p) return form;
  }
  const Expr plain = expanded(p);
  Form best{plain, length_(plain)};
  const Generators& gens = field_.generators();
  for (std::size_t i = 0; i + 1 < gens.size(); ++i) {
    if (!is_sine(gens[i].kind) || (p.degree(i) == 0 && p.degree(i + 1) == 0)) continue;
    if (const std::optional<Expr> e = with_double_angles(p, i)) offer(best, *e, 0);
    for (const Polynomial& other : field_.by_pythagoras(p, i)) offer(best, expanded(other), 0);
  }
  if (with_factors) {
    offer_factors(best, p);
    offer_grouped(best, p);
  }
  polynomials_.emplace_back(p, best);
  return best;
}

// p = generator·with + without, where p is linear in the generator.
Rebuilder::Split Rebuilder::split_by(const Polynomial& p, std::size_t generator) const {
  Split parts{Polynomial(field_.ring()), Polynomial(field_.ring())};
  std::vector<long> e(field_.ring().variables());
  for (std::size_t i = 0; i < p.length(); ++i) {
    p.exponents(i, e);
    const bool has = e[generator] != 0;
    e[generator] = 0;
    (has ? parts.with : parts.without) += Polynomial(field_.ring(), p.coefficient(i), e);
  }
  return parts;
}

bool Rebuilder::is_symbol(std::size_t generator) const {
  const Generator& of = field_.generators()[generator];
  return of.kind == GKind::power && g_.kind(of.base) == Kind::symbol;
}

// x·(ln(x) + 1)² + 1, e^x·(x + 1) + 1: the terms with a generator are grouped if their cofactor is a power of a sum or
// the generator is not a symbol.
void Rebuilder::offer_grouped(Form& best, const Polynomial& p) {
  if (p.length() < 3 || p.length() > kMostTermsToFactor) return;
  for (std::size_t v = 0; v < field_.generators().size(); ++v) {
    if (p.degree(v) != 1) continue;
    const Split parts = split_by(p, v);
    if (parts.with.length() < 2 || parts.without.is_zero()) continue;
    Quotient q = field_.from(parts.with);
    if (parts.with.length() > 2) q = field_.factored(q);
    if (is_symbol(v) && (q.factors.size() != 1 || q.factors[0].second < 2)) continue;
    q.exponents[v] += 1;
    const Expr terms[] = {product(q), best_polynomial(parts.without).e};
    offer(best, expr::sum(g_, terms), is_symbol(v) ? kFactored : kGrouped);
  }
}

// p in factors: the irreducible ones, or those of the same multiplicity multiplied out: (x² - 1)².
void Rebuilder::offer_factors(Form& best, const Polynomial& p) {
  long degree = 0;
  for (std::size_t i = 0; i < field_.generators().size(); ++i) degree += p.degree(i);
  if (p.length() < 3 || p.length() > kMostTermsToFactor || degree > kMostDegreeToFactor) return;
  Quotient q = field_.one();
  q.factors.emplace_back(p, 1);
  q = field_.factored(q);
  if (q.factors.size() == 1 && q.factors[0].second == 1) return;
  std::vector<Expr> factors{g_.rational(q.coefficient)};
  for (const auto& [f, k] : q.factors) factors.push_back(expr::power(g_, expanded(f), k));
  offer(best, expr::product(g_, factors), kFactored);

  const long multiplicity = q.factors[0].second;
  const bool same = std::ranges::all_of(q.factors, [&](const auto& f) { return f.second == multiplicity; });
  if (!same || multiplicity == 1 || q.factors.size() == 1) return;
  Quotient base = field_.one();
  for (const auto& f : q.factors) base.factors.emplace_back(f.first, 1);
  const Expr joined[] = {g_.rational(q.coefficient), expr::power(g_, expanded(field_.expand(base)), multiplicity)};
  offer(best, expr::product(g_, joined), kFactored);
}

}  // namespace nabla::algebra
