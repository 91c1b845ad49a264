// Rebuilder (rebuild.h): forms of quotients: multiplied out, divided, split, with hyperbolic functions.
#include <algorithm>
#include <cmath>

#include "algebra/rational/rebuild.h"
#include "algebra/rules/circular.h"

namespace nabla::algebra {
namespace {

using expr::Kind;
using GKind = Generator::Kind;

constexpr double kMostTermsToShow = 40;  // of a product multiplied out

}  // namespace

// Whether the monomial holds only powers of symbols; taking such out of a sum gains nothing.
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

// The factors are known, so the result is not factored again.
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
  const Parts parts = split(q);
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
  offer_divided(best, q);
  offer_split(best, q);
  return best;
}

// ((x + 1)·ln(x) - 1)/(x + 1) is ln(x) - 1/(x + 1).
void Rebuilder::offer_split(Form& best, const Quotient& q) {
  const auto is_over = [](const auto& f) { return f.second == 1; };
  const auto over = std::ranges::find_if(q.factors, is_over);
  if (over == q.factors.end() || over->first.length() > kMostTermsToFactor) return;
  for (std::size_t v = 0; v < field_.generators().size(); ++v) {
    if (is_symbol(v) || over->first.degree(v) != 1) continue;
    const Split parts = split_by(over->first, v);
    if (parts.without.is_zero()) continue;
    for (const auto& [d, k] : q.factors) {
      if (k >= 0) continue;
      const std::optional<Polynomial> whole = quotient_of(parts.with, d);
      if (!whole) continue;
      Quotient rest = q;
      std::erase_if(rest.factors, [&](const auto& f) { return f.first == over->first || f.first == d; });
      if (k != -1) rest.factors.emplace_back(d, k + 1);
      Quotient first = field_.from(*whole);
      first.exponents[v] += 1;
      Quotient second = field_.from(parts.without);
      second.factors.emplace_back(d, -1);
      offer(best, expr::multiply(g_, product(rest), expr::add(g_, product(first), product(second))), 0);
    }
  }
}

// (2·cos(x) + x·sin(x))/cos²(x) is (2 + x·tan(x))/cos(x).
void Rebuilder::offer_divided(Form& best, const Quotient& q) {
  const Generators& gens = field_.generators();
  for (std::size_t i = 0; i < gens.size(); ++i) {
    const GKind kind = gens[i].kind;
    if (!(is_sine(kind) || kind == GKind::cosine || kind == GKind::hyperbolic_cosine) || q.exponents[i] >= 0) continue;
    for (std::size_t f = 0; f < q.factors.size(); ++f) {
      const Polynomial& p = q.factors[f].first;
      const long times = std::min(p.degree(i), -q.exponents[i]);
      if (q.factors[f].second != 1 || times < 1 || p.length() > kMostTermsToFactor) continue;
      Quotient rest = q;
      rest.factors.erase(rest.factors.begin() + static_cast<std::ptrdiff_t>(f));
      rest.exponents[i] += times;
      std::vector<Expr> terms;
      std::vector<long> e(field_.ring().variables());
      for (std::size_t t = 0; t < p.length(); ++t) {
        p.exponents(t, e);
        e[i] -= times;
        terms.push_back(monomial(p.coefficient(t), e));
      }
      offer(best, expr::multiply(g_, product(rest), expr::sum(g_, terms)), 0);
    }
  }
}

// The numerator multiplied out, with or without its monomial, over the denominator unchanged or multiplied out.
void Rebuilder::offer_multiplied_out(Form& best, const Quotient& q, double surcharge) {
  const Parts parts = split(q);
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
  const Parts parts = split(q);
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

// e^u + e^(-u) is 2·cosh(u), e^u - e^(-u) is 2·sinh(u), if no other power of e^u is left.
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
