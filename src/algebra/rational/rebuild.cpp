#include "algebra/rational/rebuild.h"

#include <algorithm>
#include <cstdlib>

#include "algebra/rational/logarithms.h"
#include "algebra/rules/call.h"
#include "algebra/rules/circular.h"
#include "expr/write/layout.h"

namespace nabla::algebra {

using expr::Kind;
using GKind = Generator::Kind;

Rebuilder::Parts Rebuilder::split(const Quotient& q) const {
  Parts parts{field_.one(), field_.one()};
  parts.over.coefficient = q.coefficient;
  for (std::size_t i = 0; i < q.exponents.size(); ++i) {
    (q.exponents[i] > 0 ? parts.over : parts.under).exponents[i] = std::labs(q.exponents[i]);
  }
  for (const auto& [p, k] : q.factors) (k > 0 ? parts.over : parts.under).factors.emplace_back(p, std::labs(k));
  return parts;
}

void Rebuilder::offer(Form& best, Expr e, double surcharge) {
  const double cost = length_(e) + surcharge;
  if (cost < best.cost) best = {e, cost};
}

// sin^s · cos^c in the fewest calls: tan for a quotient, sec and csc for lone reciprocals.
void Rebuilder::put_circular(std::size_t sine, long s, long c, bool doubled, std::vector<Expr>& factors) {
  const Generator& of = field_.generators()[sine];
  const bool hyperbolic = of.kind == GKind::hyperbolic_sine;
  const auto put = [&](int a, int b, long n) {
    if (n == 0) return;
    const Expr f = expr::call(g_, circular_function(a, b, hyperbolic), std::span(&of.base, 1));
    factors.push_back(expr::power(g_, f, n));
  };
  if (s > 0 && c < 0) {
    const long n = std::min(s, -c);
    put(1, -1, n);
    s -= n;
    c += n;
  } else if (s < 0 && c > 0) {
    const long n = std::min(-s, c);
    put(-1, 1, n);
    s += n;
    c -= n;
  }
  if (doubled && s == c && s != 0) {  // (sin·cos)^n = (sin(2u)/2)^n
    const Expr twice = expr::multiply(g_, expr::integer(g_, 2), of.base);
    const Expr f = expr::call(g_, circular_function(1, 0, hyperbolic), std::span(&twice, 1));
    factors.push_back(expr::power(g_, f, s));
    factors.push_back(g_.rational(Rational::power(Rational(1, 2), s)));
    return;
  }
  const auto put_single = [&](int a, int b, long n) { n > 0 ? put(a, b, n) : put(-a, -b, -n); };
  put_single(1, 0, s);
  put_single(0, 1, c);
}

Expr Rebuilder::monomial(const Rational& c, std::span<const long> exponents) {
  const Expr plain = monomial(c, exponents, false);
  const Generators& gens = field_.generators();
  for (std::size_t i = 0; i + 1 < gens.size(); ++i) {
    if (!is_sine(gens[i].kind) || exponents[i] == 0 || exponents[i] != exponents[i + 1]) continue;
    const Expr doubled = monomial(c, exponents, true);
    return length_(doubled) < length_(plain) ? doubled : plain;
  }
  return plain;
}

// Powers with symbolic exponents, joined with other powers of the same base: x^n·x² is x^(n + 2).
void Rebuilder::put_scaled(std::vector<long>& exponents, std::vector<Expr>& factors) {
  const Generators& gens = field_.generators();
  const auto stands_for = [&](std::size_t i) {
    const Generator& of = gens[i];
    const bool sine = is_sine(of.kind);
    if (!sine && of.kind != GKind::cosine && of.kind != GKind::hyperbolic_cosine) return of.base;
    const bool hyperbolic = of.kind == GKind::hyperbolic_sine || of.kind == GKind::hyperbolic_cosine;
    return expr::call(g_, circular_function(sine ? 1 : 0, sine ? 0 : 1, hyperbolic), std::span(&of.base, 1));
  };
  for (std::size_t i = 0; i < gens.size(); ++i) {
    if (gens[i].kind != GKind::scaled || exponents[i] == 0) continue;
    const Expr base = gens[i].base;
    std::vector<Expr> terms;
    for (std::size_t j = 0; j < gens.size(); ++j) {
      const GKind kind = gens[j].kind;
      const Rational q = gens[j].unit * Rational(exponents[j]);
      if (exponents[j] == 0) continue;
      if (kind == GKind::scaled && gens[j].base == base) {
        terms.push_back(expr::multiply(g_, g_.rational(q), gens[j].exponent));
      } else if ((kind == GKind::power || is_sine(kind) || kind == GKind::cosine || kind == GKind::hyperbolic_cosine) &&
                 stands_for(j) == base) {
        terms.push_back(g_.rational(q));
      } else {
        continue;
      }
      exponents[j] = 0;
    }
    factors.push_back(expr::power(g_, base, expr::sum(g_, terms)));
  }
}

Expr Rebuilder::monomial(const Rational& c, std::span<const long> given, bool doubled) {
  const Generators& gens = field_.generators();
  std::vector<long> exponents(given.begin(), given.end());
  std::vector<Expr> factors{g_.rational(c)};
  std::vector<Expr> exponential;
  put_scaled(exponents, factors);
  for (std::size_t i = 0; i < gens.size(); ++i) {
    const Generator& of = gens[i];
    const long k = exponents[i];
    const Rational q = of.unit * Rational(k);
    switch (of.kind) {
      case GKind::power:
      case GKind::root:
      case GKind::number_root:
        if (k != 0) factors.push_back(expr::power(g_, of.base, g_.rational(q)));
        break;
      case GKind::absolute:
        if (k != 0) {
          const Expr size = expr::call(g_, *kernel().abs, std::span(&of.base, 1));
          factors.push_back(expr::power(g_, size, g_.rational(q)));
        }
        break;
      case GKind::sign:
        if (k != 0) {
          const Expr sign = expr::call(g_, *kernel().sign, std::span(&of.base, 1));
          factors.push_back(expr::power(g_, sign, g_.rational(q)));
        }
        break;
      case GKind::exponential:
        if (k != 0) exponential.push_back(expr::multiply(g_, g_.rational(q), of.exponent));
        break;
      case GKind::scaled: break;  // before
      case GKind::sine:
      case GKind::hyperbolic_sine: put_circular(i, k, exponents[i + 1], doubled, factors); break;
      case GKind::cosine:
      case GKind::hyperbolic_cosine: break;  // with its sine
    }
  }
  if (!exponential.empty()) {
    const Expr u = expr::sum(g_, exponential);
    factors.push_back(expr::call(g_, *kernel().exp, std::span(&u, 1)));
  }
  return expr::product(g_, factors);
}

Expr Rebuilder::expanded(const Polynomial& p) {
  std::vector<Expr> terms;
  std::vector<long> e(field_.ring().variables());
  for (std::size_t i = 0; i < p.length(); ++i) {
    p.exponents(i, e);
    terms.push_back(monomial(p.coefficient(i), e));
  }
  const Expr sum = expr::sum(g_, terms);
  return g_.is_constant(sum) ? join_logarithms(g_, sum) : sum;
}

// Whether the term of p that is written first has a minus sign.
bool Rebuilder::leads_with_minus(const Polynomial& p) {
  std::vector<Expr> terms;
  std::vector<long> e(field_.ring().variables());
  for (std::size_t i = 0; i < p.length(); ++i) {
    p.exponents(i, e);
    terms.push_back(monomial(p.coefficient(i).abs(), e));
  }
  const Expr sum = expr::sum(g_, terms);
  if (g_.kind(sum) != Kind::sum) return false;
  const Expr first = expr::Layout(g_, sum).terms(sum, expr::Order::descending).front();
  const auto term = std::ranges::find(terms, first);
  return term != terms.end() && p.coefficient(static_cast<std::size_t>(term - terms.begin())).sign() < 0;
}

// Whether -p is as short as p: x - 1 and 1 - x.
bool Rebuilder::can_be_turned(const Polynomial& p) {
  std::size_t negative = 0;
  for (std::size_t i = 0; i < p.length(); ++i) negative += p.coefficient(i).sign() < 0 ? 1u : 0u;
  if (p.length() == 2) return negative == 1;
  return negative > 0 && leads_with_minus(p);
}

Expr Rebuilder::product(const Quotient& q) {
  // A minus sign is absorbed by a difference, first in the numerator.
  const std::pair<Polynomial, long>* turned = nullptr;
  if (q.coefficient.sign() < 0) {
    for (const auto& f : q.factors) {
      if (f.second % 2 == 0 || !can_be_turned(f.first)) continue;
      if (turned == nullptr || (turned->second < 0 && f.second > 0)) turned = &f;
    }
  }
  std::vector<Expr> factors{monomial(turned != nullptr ? -q.coefficient : q.coefficient, q.exponents)};
  for (const auto& f : q.factors) {
    // The base of an even power is written with its first term positive.
    const bool turns = &f == turned || (f.second % 2 == 0 && can_be_turned(f.first) && leads_with_minus(f.first));
    const Expr base = best_polynomial(turns ? f.first.scaled(-1) : f.first).e;
    factors.push_back(expr::power(g_, base, f.second));
  }
  return expr::product(g_, factors);
}

Expr Rebuilder::plain(const Quotient& q) {
  std::vector<Expr> factors{monomial(q.coefficient, q.exponents)};
  for (const auto& [p, k] : q.factors) factors.push_back(expr::power(g_, expanded(p), k));
  return expr::product(g_, factors);
}

Expr Rebuilder::normal(const Quotient& q) {
  const Parts parts = split(q);
  const Polynomial over = field_.expand(parts.over);
  const bool by_terms = parts.under.factors.empty();
  std::vector<Expr> terms;
  std::vector<long> e(field_.ring().variables());
  for (std::size_t i = 0; i < over.length(); ++i) {
    over.exponents(i, e);
    for (std::size_t j = 0; by_terms && j < e.size(); ++j) e[j] -= parts.under.exponents[j];
    terms.push_back(monomial(over.coefficient(i), e));
  }
  const Expr sum = expr::sum(g_, terms);
  if (by_terms) return sum;
  // The sign of the denominator must not depend on the order of the generators.
  const Expr under = expanded(field_.expand(parts.under));
  const Expr turned = opposite(g_, under);
  const bool turn = expr::comes_before(g_, turned, under);
  return expr::divide(g_, turn ? opposite(g_, sum) : sum, turn ? turned : under);
}

}  // namespace nabla::algebra
