#include "algebra/rebuild.h"

#include <algorithm>
#include <cmath>

#include "algebra/call.h"
#include "algebra/circular.h"
#include "expr/layout.h"

namespace nabla::algebra {
namespace {

using expr::Kind;
using GKind = Generator::Kind;

// Factors are looked for in polynomials up to this size.
constexpr std::size_t kMostTermsToFactor = 24;
constexpr long kMostDegreeToFactor = 16;

bool is_sine(GKind kind) { return kind == GKind::sine || kind == GKind::hyperbolic_sine; }

struct Parts {
  Quotient over;
  Quotient under;  // of positive exponents
};

Parts split(const Quotient& q, Quotient one) {
  Parts parts{one, one};
  parts.over.coefficient = q.coefficient;
  for (std::size_t i = 0; i < q.exponents.size(); ++i) {
    (q.exponents[i] > 0 ? parts.over : parts.under).exponents[i] = std::labs(q.exponents[i]);
  }
  for (const auto& [p, k] : q.factors) (k > 0 ? parts.over : parts.under).factors.emplace_back(p, std::labs(k));
  return parts;
}

}  // namespace

void Rebuilder::offer(Form& best, Expr e, double surcharge) {
  const double cost = length_(e) + surcharge;
  if (cost < best.cost) best = {e, cost};
}

// sin^s · cos^c by the fewest calls: tan where they divide, sec and csc where nothing else stands there.
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

Expr Rebuilder::monomial(const Rational& c, std::span<const long> exponents, bool doubled) {
  const Generators& gens = field_.generators();
  std::vector<Expr> factors{g_.rational(c)};
  std::vector<Expr> exponential;
  std::vector<std::pair<Expr, std::vector<Expr>>> scaled;
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
      case GKind::exponential:
        if (k != 0) exponential.push_back(expr::multiply(g_, g_.rational(q), of.exponent));
        break;
      case GKind::scaled: {
        if (k == 0) break;
        auto same = std::ranges::find(scaled, of.base, &std::pair<Expr, std::vector<Expr>>::first);
        if (same == scaled.end()) same = scaled.insert(scaled.end(), {of.base, {}});
        same->second.push_back(expr::multiply(g_, g_.rational(q), of.exponent));
        break;
      }
      case GKind::sine:
      case GKind::hyperbolic_sine: put_circular(i, k, exponents[i + 1], doubled, factors); break;
      case GKind::cosine:
      case GKind::hyperbolic_cosine: break;  // with its sine
    }
  }
  for (auto& [base, terms] : scaled) {
    // x^n·x² is x^(n + 2).
    for (std::size_t i = 0; i < gens.size(); ++i) {
      if (gens[i].kind == GKind::power && gens[i].base == base && exponents[i] != 0) {
        const Rational q = gens[i].unit * Rational(exponents[i]);
        std::erase(factors, expr::power(g_, base, g_.rational(q)));
        terms.push_back(g_.rational(q));
      }
    }
    factors.push_back(expr::power(g_, base, expr::sum(g_, terms)));
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
  return expr::sum(g_, terms);
}

// Where every term has sin² , cos², sin·cos or none of them: cos² - sin² = cos(2u), 2 sin·cos = sin(2u).
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

// Whether nothing but powers of symbols can be taken out of the sum, which is no gain in itself.
bool Rebuilder::is_plain_monomial(std::span<const long> exponents) const {
  const Generators& gens = field_.generators();
  bool any = false;
  for (std::size_t i = 0; i < gens.size(); ++i) {
    if (exponents[i] == 0) continue;
    if (gens[i].kind != GKind::power || g_.kind(gens[i].base) != Kind::symbol) return false;
    any = any || exponents[i] > 0;
  }
  return any;
}

Form Rebuilder::best_polynomial(const Polynomial& p) {
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
  long degree = 0;
  for (std::size_t i = 0; i < gens.size(); ++i) degree += p.degree(i);
  if (p.length() > 2 && p.length() <= kMostTermsToFactor && degree <= kMostDegreeToFactor) {
    Quotient q = field_.one();
    q.factors.emplace_back(p, 1);
    q = field_.factored(q);
    if (q.factors.size() > 1 || q.factors[0].second > 1) {
      std::vector<Expr> factors{g_.rational(q.coefficient)};
      for (const auto& [f, k] : q.factors) factors.push_back(expr::power(g_, expanded(f), k));
      offer(best, expr::product(g_, factors), 1);
    }
  }
  polynomials_.emplace_back(p, best);
  return best;
}

namespace {

// Whether -p reads no worse than p: x - 1 turned round is 1 - x.
bool can_be_turned(const Polynomial& p) {
  return p.length() == 2 && p.coefficient(0).sign() != p.coefficient(1).sign();
}

}  // namespace

Expr Rebuilder::product(const Quotient& q) {
  // A minus sign goes into a difference, first of the numerator.
  const std::pair<Polynomial, long>* turned = nullptr;
  if (q.coefficient.sign() < 0) {
    for (const auto& f : q.factors) {
      if (f.second % 2 == 0 || !can_be_turned(f.first)) continue;
      if (turned == nullptr || (turned->second < 0 && f.second > 0)) turned = &f;
    }
  }
  std::vector<Expr> factors{monomial(turned != nullptr ? -q.coefficient : q.coefficient, q.exponents)};
  for (const auto& f : q.factors) {
    const Expr base = best_polynomial(&f == turned ? f.first.scaled(-1) : f.first).e;
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
  const Parts parts = split(q, field_.one());
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

Form Rebuilder::shortest(const Quotient& q) {
  if (q.factors.empty()) {
    const Expr e = monomial(q.coefficient, q.exponents);
    return {e, length_(e)};
  }
  const Expr as_is = product(q);
  const Parts parts = split(q, field_.one());
  const bool has_sum = !parts.over.factors.empty();
  const bool content =
      has_sum && (is_plain_monomial(parts.over.exponents) || !q.coefficient.numerator().abs().is_one());
  Form best{as_is, length_(as_is) + (content ? 1 : 0)};

  const auto polynomial_of = [&](const Quotient& side) -> std::optional<Polynomial> {
    try {
      return field_.expand(side);
    } catch (const TooLarge&) {
      return std::nullopt;
    }
  };
  // The numerator multiplied out, with or without its monomial; over the denominator as it is or multiplied out.
  std::vector<Quotient> numerators{parts.over};
  if (has_sum) {
    if (const std::optional<Polynomial> p = polynomial_of(parts.over)) {
      Quotient out = field_.one();
      Polynomial primitive = *p;
      out.coefficient = primitive.make_primitive();
      const bool whole = out.coefficient.is_integer();
      if (whole) primitive = *p;
      out.coefficient = whole ? Rational(1) : out.coefficient;
      if (!whole && !out.coefficient.numerator().is_one()) {
        primitive = primitive.scaled(out.coefficient.numerator());
        out.coefficient = Rational(1) / out.coefficient.denominator();
      }
      out.factors.emplace_back(std::move(primitive), 1);
      numerators.push_back(std::move(out));
      Quotient sums = field_.one();
      sums.factors = parts.over.factors;
      if (sums.factors.size() > 1 || sums.factors[0].second > 1) {
        if (const std::optional<Polynomial> s = polynomial_of(sums)) {
          Quotient kept = parts.over;
          kept.factors.clear();
          kept.factors.emplace_back(*s, 1);
          numerators.push_back(std::move(kept));
        }
      }
    }
  }
  std::vector<Quotient> denominators{parts.under};
  if (!parts.under.factors.empty()) {
    Quotient sums = field_.one();
    sums.factors = parts.under.factors;
    if (sums.factors.size() > 1 || sums.factors[0].second > 1) {
      if (const std::optional<Polynomial> p = polynomial_of(sums)) {
        Quotient out = parts.under;
        out.factors.clear();
        out.factors.emplace_back(*p, 1);
        denominators.push_back(std::move(out));
      }
    }
    if (const std::optional<Polynomial> p = polynomial_of(parts.under)) {
      Quotient out = field_.one();
      out.factors.emplace_back(*p, 1);
      denominators.push_back(std::move(out));
    }
  }
  for (std::size_t n = 0; n < numerators.size(); ++n) {
    for (std::size_t d = 0; d < denominators.size(); ++d) {
      if (n == 0 && d == 0) continue;
      Quotient whole = numerators[n];
      for (std::size_t i = 0; i < whole.exponents.size(); ++i) whole.exponents[i] -= denominators[d].exponents[i];
      for (const auto& [p, k] : denominators[d].factors) whole.factors.emplace_back(p, -k);
      const bool still = !whole.factors.empty() && n != 1 && content;
      offer(best, product(whole), still ? 1 : 0);
    }
  }
  // Term by term over a denominator without sums: x + 1/x.
  if (has_sum && parts.under.factors.empty()) {
    if (const std::optional<Polynomial> p = polynomial_of(parts.over)) {
      std::vector<Expr> terms;
      std::vector<long> e(field_.ring().variables());
      for (std::size_t i = 0; i < p->length(); ++i) {
        p->exponents(i, e);
        for (std::size_t j = 0; j < e.size(); ++j) e[j] -= parts.under.exponents[j];
        terms.push_back(monomial(p->coefficient(i), e));
      }
      offer(best, expr::sum(g_, terms), 0);
    }
  }
  return best;
}

}  // namespace nabla::algebra
