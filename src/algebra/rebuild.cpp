#include "algebra/rebuild.h"

#include <algorithm>
#include <cmath>

#include "algebra/call.h"
#include "algebra/circular.h"
#include "algebra/logarithms.h"
#include "expr/layout.h"

namespace nabla::algebra {
namespace {

using expr::Kind;
using GKind = Generator::Kind;

// Factors are looked for in polynomials up to this size.
constexpr std::size_t kMostTermsToFactor = 24;
constexpr long kMostDegreeToFactor = 16;
constexpr double kMostTermsToShow = 40;  // of a product multiplied out
// A product is preferred to a sum only if it saves more than this.
constexpr double kFactored = 1;

bool is_sine(GKind kind) { return kind == GKind::sine || kind == GKind::hyperbolic_sine; }

struct Parts {
  Quotient over;
  Quotient under;  // of positive exponents
};

Parts split(const Quotient& q, const Quotient& one) {
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
  const Expr sum = expr::sum(g_, terms);
  return g_.is_constant(sum) ? join_logarithms(g_, sum) : sum;
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
  if (with_factors) offer_factors(best, p);
  polynomials_.emplace_back(p, best);
  return best;
}

// p in factors: all irreducible ones, or those of the same multiplicity multiplied out: (x² - 1)².
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

// Whether -p reads no worse than p: x - 1 turned round is 1 - x.
bool Rebuilder::can_be_turned(const Polynomial& p) {
  std::size_t negative = 0;
  for (std::size_t i = 0; i < p.length(); ++i) negative += p.coefficient(i).sign() < 0 ? 1u : 0u;
  if (p.length() == 2) return negative == 1;
  if (2 * negative <= p.length()) return false;
  const Expr turned = expanded(p.scaled(-1));
  const expr::Layout layout(g_, turned);
  return g_.kind(turned) == Kind::sum && !layout.is_negative(layout.terms(turned, expr::Order::descending).front());
}

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

// Its factors being known, they are not looked for again.
std::optional<Polynomial> Rebuilder::multiplied_out(const Quotient& q) {
  if (Field::terms_when_expanded(q) > kMostTermsToShow) return std::nullopt;
  Polynomial p = field_.expand(q);
  best_polynomial(p, false);
  return p;
}

Form Rebuilder::shortest(const Quotient& q) {
  if (q.factors.empty()) {
    const Expr e = monomial(q.coefficient, q.exponents);
    return {e, length_(e)};
  }
  const Parts parts = split(q, field_.one());
  const bool has_sum = !parts.over.factors.empty();
  const bool has_bar = !q.coefficient.is_integer() || !parts.under.factors.empty() ||
                       std::ranges::any_of(parts.under.exponents, [](long e) { return e != 0; });
  const bool content = has_sum && !has_bar && (is_plain_monomial(q.exponents) || !q.coefficient.abs().is_one());
  const double surcharge = content ? kFactored : 0;
  const Expr as_is = product(q);
  Form best{as_is, length_(as_is) + surcharge};
  offer_multiplied_out(best, q, surcharge);
  if (has_sum && parts.under.factors.empty()) offer_by_terms(best, q);
  offer_hyperbolic(best, q);
  return best;
}

// The numerator multiplied out, with or without its monomial; over the denominator as it is or multiplied out.
void Rebuilder::offer_multiplied_out(Form& best, const Quotient& q, double surcharge) {
  const Parts parts = split(q, field_.one());
  const auto sums_of = [&](const Quotient& side) -> std::optional<Quotient> {
    if (side.factors.size() < 2 && (side.factors.empty() || side.factors[0].second == 1)) return std::nullopt;
    Quotient sums = field_.one();
    sums.factors = side.factors;
    const std::optional<Polynomial> p = multiplied_out(sums);
    if (!p) return std::nullopt;
    Quotient out = side;
    out.factors.clear();
    out.factors.emplace_back(*p, 1);
    return out;
  };
  std::vector<std::pair<Quotient, double>> numerators{{parts.over, surcharge}};
  if (!parts.over.factors.empty()) {
    if (std::optional<Quotient> sums = sums_of(parts.over)) numerators.emplace_back(std::move(*sums), surcharge);
    Quotient whole = parts.over;
    const Rational denominator = whole.coefficient.denominator();
    whole.coefficient = whole.coefficient.numerator();
    if (std::optional<Polynomial> p = multiplied_out(whole)) {
      Quotient out = field_.one();
      out.coefficient = denominator.reciprocal();
      out.factors.emplace_back(std::move(*p), 1);
      numerators.emplace_back(std::move(out), 0);
    }
  }
  std::vector<Quotient> denominators{parts.under};
  if (!parts.under.factors.empty()) {
    if (std::optional<Quotient> sums = sums_of(parts.under)) denominators.push_back(std::move(*sums));
    if (const std::optional<Polynomial> p = multiplied_out(parts.under)) {
      Quotient out = field_.one();
      out.factors.emplace_back(*p, 1);
      denominators.push_back(std::move(out));
    }
  }
  for (std::size_t n = 0; n < numerators.size(); ++n) {
    for (std::size_t d = 0; d < denominators.size(); ++d) {
      if (n == 0 && d == 0) continue;
      Quotient whole = numerators[n].first;
      for (std::size_t i = 0; i < whole.exponents.size(); ++i) whole.exponents[i] -= denominators[d].exponents[i];
      for (const auto& [p, k] : denominators[d].factors) whole.factors.emplace_back(p, -k);
      offer(best, product(whole), numerators[n].second);
    }
  }
}

// Term by term over a denominator without sums: x + 1/x.
void Rebuilder::offer_by_terms(Form& best, const Quotient& q) {
  const Parts parts = split(q, field_.one());
  const std::optional<Polynomial> p = multiplied_out(parts.over);
  if (!p) return;
  std::vector<Expr> terms;
  std::vector<long> e(field_.ring().variables());
  for (std::size_t i = 0; i < p->length(); ++i) {
    p->exponents(i, e);
    for (std::size_t j = 0; j < e.size(); ++j) e[j] -= parts.under.exponents[j];
    terms.push_back(monomial(p->coefficient(i), e));
  }
  offer(best, expr::sum(g_, terms), 0);
}

// e^u + e^(-u) is 2·cosh(u), e^u - e^(-u) is 2·sinh(u), where no other power of e^u is left.
void Rebuilder::offer_hyperbolic(Form& best, const Quotient& q) {
  const Generators& gens = field_.generators();
  for (std::size_t i = 0; i < gens.size(); ++i) {
    if (gens[i].kind != GKind::exponential || q.exponents[i] == 0) continue;
    Quotient rest = q;
    rest.factors.clear();
    std::vector<Expr> factors;
    Rational power_of_e = q.exponents[i];
    long sine = 0;
    long cosine = 0;
    long multiple = 0;
    bool fits = true;
    for (const auto& [p, k] : q.factors) {
      const long n = p.degree(i);
      if (n == 0) {
        rest.factors.emplace_back(p, k);
        continue;
      }
      // e^(n u) ± 1 = e^(n u/2)·(e^(n u/2) ± e^(-n u/2))
      std::vector<long> top(field_.ring().variables());
      top[i] = n;
      Polynomial plus(field_.ring(), 1, top);
      plus += Polynomial(field_.ring(), 1);
      const bool is_cosine = p == plus;
      Polynomial minus(field_.ring(), 1, top);
      minus += Polynomial(field_.ring(), -1);
      fits = fits && (is_cosine || p == minus) && (multiple == 0 || multiple == n);
      if (!fits) break;
      multiple = n;
      (is_cosine ? cosine : sine) += k;
      power_of_e = power_of_e + Rational(n * k, 2);
      rest.coefficient = rest.coefficient * Rational::power(Rational(2), k);
    }
    if (!fits || multiple == 0 || !power_of_e.is_zero()) continue;
    rest.exponents[i] = 0;
    const Expr u = expr::multiply(g_, g_.rational(gens[i].unit * Rational(multiple, 2)), gens[i].exponent);
    const long both = sine * cosine < 0 ? std::min(std::labs(sine), std::labs(cosine)) : 0;
    const auto put = [&](int s, int c, long n) {
      if (n != 0)
        factors.push_back(expr::power(g_, expr::call(g_, circular_function(s, c, true), std::span(&u, 1)), n));
    };
    put(1, -1, sine > 0 ? both : -both);
    put(1, 0, sine > 0 ? sine - both : sine + both);
    put(0, 1, cosine > 0 ? cosine - both : cosine + both);
    factors.push_back(product(rest));
    offer(best, expr::product(g_, factors), 0);
  }
}

}  // namespace nabla::algebra
