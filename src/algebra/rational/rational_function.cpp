#include "algebra/rational/rational_function.h"

#include <algorithm>
#include <cmath>

namespace nabla::algebra {
namespace {

using expr::Kind;
using GKind = Generator::Kind;

constexpr std::size_t kMostTerms = 400;
constexpr long kMostDegree = 1000;

Generators generators_of(Graph& g, Expr root, View view) {
  Generators found(g, view);
  found.look_through(root);
  found.finish();
  return found;
}

// How many terms p^n may have.
double terms_of_power(std::size_t length, long n) {
  double terms = 1;
  for (std::size_t i = 1; i < length && terms < 1e9; ++i) {
    terms *= static_cast<double>(n) + static_cast<double>(i);
    terms /= static_cast<double>(i);
  }
  return terms;
}

}  // namespace

Field::Field(Graph& g, Expr root, View view, base::Budget& budget)
    : g_(g), generators_(generators_of(g, root, view)), ring_(generators_.size()), budget_(budget) {}

Quotient Field::one() const {
  Quotient q;
  q.exponents.resize(ring_.variables());
  return q;
}

void Field::check(const Polynomial& p) const {
  if (p.length() > kMostTerms) throw TooLarge{};
}

Polynomial Field::generator(std::size_t i) const {
  std::vector<long> e(ring_.variables());
  e[i] = 1;
  return {ring_, 1, e};
}

const Quotient& Field::quotient(Expr e) {
  if (const auto found = known_.find(e.id); found != known_.end()) return found->second;
  budget_.check();
  Quotient q = one();
  switch (g_.kind(e)) {
    case Kind::rational: q.coefficient = g_.number(e); break;
    case Kind::product:
      for (Expr a : g_.args(e)) q = multiply(q, quotient(a));
      break;
    case Kind::sum: {
      std::vector<Quotient> terms;
      for (Expr a : g_.args(e)) terms.push_back(quotient(a));
      q = add(std::move(terms));
      break;
    }
    default: q = of_leaf(e); break;
  }
  return known_.emplace(e.id, std::move(q)).first->second;
}

Quotient Field::of_leaf(Expr e) {
  const Monomial& m = generators_.monomial(e);
  Quotient q = one();
  q.coefficient = m.coefficient;
  for (const auto& [i, exponent] : m.powers) {
    const std::optional<long> n = (exponent / generators_[i].unit).to_long();
    if (!n || *n > kMostDegree || *n < -kMostDegree) throw TooLarge{};
    q.exponents[i] += *n;
  }
  tidy(q);
  for (const auto& [part, n] : m.parts) q = multiply(q, power(quotient(part), n));
  return q;
}

void Field::merge(Quotient& q, const Polynomial& p, long k) {
  const auto same = std::ranges::find_if(q.factors, [&](const auto& f) { return f.first == p; });
  if (same == q.factors.end()) {
    if (k != 0) q.factors.emplace_back(p, k);
  } else if ((same->second += k) == 0) {
    q.factors.erase(same);
  }
}

Quotient Field::multiply(const Quotient& a, const Quotient& b) {
  Quotient q = a;
  q.coefficient = a.coefficient * b.coefficient;
  for (std::size_t i = 0; i < q.exponents.size(); ++i) {
    q.exponents[i] += b.exponents[i];
    if (q.exponents[i] > kMostDegree || q.exponents[i] < -kMostDegree) throw TooLarge{};
  }
  for (const auto& [p, k] : b.factors) merge(q, p, k);
  if (!a.factors.empty() && !b.factors.empty()) cancel(q);
  tidy(q);
  return q;
}

// Divides numerator and denominator by what polynomials on both sides have in common.
void Field::cancel(Quotient& q) {
  const auto pair = [&]() -> bool {
    for (std::size_t i = 0; i < q.factors.size(); ++i) {
      for (std::size_t j = 0; j < q.factors.size(); ++j) {
        if (q.factors[i].second < 0 || q.factors[j].second > 0) continue;
        const auto [above, up] = q.factors[i];
        const auto [below, down] = q.factors[j];
        const std::optional<Polynomial> shared = gcd(above, below);
        if (!shared || shared->is_constant()) continue;
        q.factors.erase(q.factors.begin() + static_cast<std::ptrdiff_t>(std::max(i, j)));
        q.factors.erase(q.factors.begin() + static_cast<std::ptrdiff_t>(std::min(i, j)));
        merge(q, *shared, up + down);
        for (const auto& [whole, k] : {std::pair{above, up}, std::pair{below, down}}) {
          Polynomial rest = *quotient_of(whole, *shared);
          q.coefficient = q.coefficient * Rational::power(rest.make_primitive(), k);
          if (!rest.is_constant()) merge(q, rest, k);
        }
        return true;
      }
    }
    return false;
  };
  while (pair()) {
  }
}

Quotient Field::power(const Quotient& a, long n) {
  Quotient q = one();
  if (n == 0) return q;
  if (a.is_zero() && n < 0) throw TooLarge{};  // no value anywhere: left unchanged
  q.coefficient = Rational::power(a.coefficient, n);
  for (std::size_t i = 0; i < q.exponents.size(); ++i) {
    q.exponents[i] = a.exponents[i] * n;
    if (q.exponents[i] > kMostDegree || q.exponents[i] < -kMostDegree) throw TooLarge{};
  }
  for (const auto& [p, k] : a.factors) q.factors.emplace_back(p, k * n);
  tidy(q);
  return q;
}

double Field::terms_when_expanded(const Quotient& q) {
  double terms = 1;
  for (const auto& [p, k] : q.factors) terms *= terms_of_power(p.length(), k < 0 ? -k : k);
  return terms;
}

Polynomial Field::expand(const Quotient& q) {
  Polynomial product(ring_, q.coefficient, q.exponents);
  for (const auto& [p, k] : q.factors) {
    if (terms_of_power(p.length(), k) * static_cast<double>(product.length()) > 10.0 * kMostTerms) throw TooLarge{};
    product = product * p.power(static_cast<unsigned long>(k));
    check(product);
  }
  return product;
}

Quotient Field::from(Polynomial p) {
  Quotient q = one();
  if (p.is_zero()) {
    q.coefficient = 0;
    return q;
  }
  q.coefficient = p.make_primitive();
  q.exponents = p.take_monomial();
  if (!p.is_constant()) q.factors.emplace_back(std::move(p), 1);
  return q;
}

Quotient Field::add(std::vector<Quotient> terms) {
  std::erase_if(terms, [](const Quotient& t) { return t.is_zero(); });
  if (terms.size() == 1) return terms[0];
  Quotient common = one();
  if (terms.empty()) {
    common.coefficient = 0;
    return common;
  }
  // The common factor of all terms, negative powers included.
  common.exponents = terms[0].exponents;
  for (const Quotient& t : terms) {
    for (std::size_t i = 0; i < t.exponents.size(); ++i) {
      common.exponents[i] = std::min(common.exponents[i], t.exponents[i]);
    }
    for (const auto& [p, k] : t.factors) {
      if (std::ranges::none_of(common.factors, [&](const auto& f) { return f.first == p; })) {
        common.factors.emplace_back(p, k);
      }
    }
  }
  for (auto& [p, k] : common.factors) {
    for (const Quotient& t : terms) {
      const auto same = std::ranges::find_if(t.factors, [&](const auto& f) { return f.first == p; });
      k = std::min(k, same == t.factors.end() ? 0 : same->second);
    }
  }
  Polynomial total(ring_);
  for (Quotient& t : terms) {
    for (std::size_t i = 0; i < t.exponents.size(); ++i) t.exponents[i] -= common.exponents[i];
    for (const auto& [p, k] : common.factors) merge(t, p, -k);
    total += expand(t);
    check(total);
  }
  std::erase_if(common.factors, [](const auto& f) { return f.second == 0; });
  total = reduced(std::move(total));
  if (total.is_zero()) {
    common = one();
    common.coefficient = 0;
    return common;
  }
  common.coefficient = total.make_primitive();
  const std::vector<long> monomial = total.take_monomial();
  for (std::size_t i = 0; i < monomial.size(); ++i) common.exponents[i] += monomial[i];
  // Cancel against the denominators, which may share only a divisor with the sum.
  for (std::size_t i = 0; i < common.factors.size() && !total.is_constant();) {
    auto& [p, k] = common.factors[i];
    if (std::optional<Polynomial> rest = quotient_of(total, p)) {
      total = std::move(*rest);
      common.coefficient = common.coefficient * total.make_primitive();
      if (++k == 0) common.factors.erase(common.factors.begin() + static_cast<std::ptrdiff_t>(i));
      continue;
    }
    const std::optional<Polynomial> shared = k < 0 ? gcd(total, p) : std::nullopt;
    if (shared && !shared->is_constant()) {
      const long times = k;
      Polynomial rest = *quotient_of(p, *shared);
      common.coefficient = common.coefficient * Rational::power(rest.make_primitive(), times);
      common.factors.erase(common.factors.begin() + static_cast<std::ptrdiff_t>(i));
      merge(common, *shared, times);
      if (!rest.is_constant()) merge(common, rest, times);
      i = 0;
      continue;
    }
    ++i;
  }
  if (!total.is_constant()) merge(common, total, 1);
  tidy(common);
  return common;
}

std::optional<Polynomial> Field::relation(std::size_t i) {
  if (const auto found = relations_.find(i); found != relations_.end()) return found->second;
  std::optional<Polynomial> value;
  const Generator& of = generators_[i];
  relations_.emplace(i, std::nullopt);  // while it is computed, for roots of roots
  if (of.kind == GKind::number_root) {
    value = Polynomial(ring_, g_.number(of.base));
  } else if (of.kind == GKind::root || of.kind == GKind::absolute) {
    const Quotient base = of.kind == GKind::root ? quotient(of.base) : power(quotient(of.base), 2);
    const bool polynomial = std::ranges::all_of(base.exponents, [](long e) { return e >= 0; }) &&
                            std::ranges::all_of(base.factors, [](const auto& f) { return f.second >= 0; });
    if (polynomial) value = expand(base);
  }
  return relations_[i] = std::move(value);
}

// p with generator^degree replaced by `value` until its degree is smaller.
Polynomial Field::without_high_powers(const Polynomial& p, std::size_t i, long degree, const Polynomial& value) {
  Polynomial result(ring_);
  std::vector<long> e(ring_.variables());
  for (std::size_t term = 0; term < p.length(); ++term) {
    p.exponents(term, e);
    const long times = e[i] / degree;
    e[i] -= times * degree;
    const Polynomial rest(ring_, p.coefficient(term), e);
    if (times > 0 && terms_of_power(value.length(), times) > kMostTerms) throw TooLarge{};
    result += times == 0 ? rest : rest * value.power(static_cast<unsigned long>(times));
  }
  check(result);
  return result;
}

Polynomial Field::reduced(Polynomial p) {
  for (std::size_t i = 0; i < generators_.size() && !p.is_zero(); ++i) {
    const Generator& of = generators_[i];
    if (of.kind != GKind::number_root && of.kind != GKind::root && of.kind != GKind::absolute) continue;
    const long degree = of.kind == GKind::absolute ? 2 : of.degree;
    if (p.degree(i) < degree) continue;
    if (const std::optional<Polynomial> value = relation(i)) p = without_high_powers(p, i, degree, *value);
  }
  return p.is_zero() ? p : by_pythagoras(std::move(p));
}

std::vector<Polynomial> Field::by_pythagoras(const Polynomial& p, std::size_t sine) {
  std::vector<Polynomial> forms;
  const bool hyperbolic = generators_[sine].kind == GKind::hyperbolic_sine;
  for (const std::size_t replaced : {sine, sine + 1}) {
    if (p.degree(replaced) < 2) continue;
    const Polynomial other = generator(replaced == sine ? sine + 1 : sine);
    // sin² = 1 - cos², cos² = 1 - sin², sinh² = cosh² - 1, cosh² = 1 + sinh².
    Polynomial value = (other * other).scaled(hyperbolic ? 1 : -1);
    value += Polynomial(ring_, hyperbolic && replaced == sine ? -1 : 1);
    forms.push_back(without_high_powers(p, replaced, 2, value));
  }
  return forms;
}

// The form with the fewest terms.
Polynomial Field::by_pythagoras(Polynomial p) {
  for (std::size_t s = 0; s + 1 < generators_.size(); ++s) {
    if (generators_[s].kind != GKind::sine && generators_[s].kind != GKind::hyperbolic_sine) continue;
    for (Polynomial& form : by_pythagoras(p, s)) {
      if (form.length() < p.length()) p = std::move(form);
      if (p.is_zero()) return p;
    }
  }
  return p;
}

void Field::tidy(Quotient& q) {
  if (q.is_zero()) {
    q = one();
    q.coefficient = 0;
    return;
  }
  tidy_roots(q);
  tidy_signs(q);
  if (!q.factors.empty()) {
    tidy_circular(q);
    while (rationalise(q)) {
    }
  }
}

void Field::tidy_roots(Quotient& q) {
  for (std::size_t i = 0; i < generators_.size(); ++i) {
    long& e = q.exponents[i];
    if (e == 0) continue;
    const Generator& of = generators_[i];
    if (of.kind == GKind::number_root) {
      const long times = e >= 0 ? e / of.degree : -((-e + of.degree - 1) / of.degree);
      if (times != 0) q.coefficient = q.coefficient * Rational::power(g_.number(of.base), times);
      e -= times * of.degree;
    } else if (of.kind == GKind::root && relation(i)) {
      // (x² + 1)·√(x² + 1) is (x² + 1)^(3/2).
      Quotient base = from(*relation(i));
      if (base.factors.size() != 1 || std::ranges::any_of(base.exponents, [](long k) { return k != 0; })) continue;
      const Polynomial p = base.factors[0].first;
      const auto same = std::ranges::find_if(q.factors, [&](const auto& f) { return f.first == p; });
      if (same != q.factors.end()) {
        const long k = same->second;
        q.coefficient = q.coefficient * Rational::power(base.coefficient, -k);
        e += k * of.degree;
        q.factors.erase(same);
      }
      if (e % of.degree == 0 && e != 0) {
        q.coefficient = q.coefficient * Rational::power(base.coefficient, e / of.degree);
        merge(q, p, e / of.degree);
        e = 0;
      }
    } else if (of.kind == GKind::absolute && (e >= 2 || e <= -2)) {
      const Quotient base = quotient(of.base);
      const long even = e / 2 * 2;
      e -= even;
      q = multiply(q, power(base, even));
      return;
    } else if (of.kind == GKind::absolute) {
      // x²/|x| is |x|; only for a single generator x.
      const Quotient base = quotient(of.base);
      if (!base.factors.empty()) continue;
      const auto inner = std::ranges::find_if(base.exponents, [](long k) { return k != 0; });
      if (inner == base.exponents.end()) continue;
      const auto j = static_cast<std::size_t>(inner - base.exponents.begin());
      if (*inner != 1 || std::ranges::count_if(base.exponents, [](long k) { return k != 0; }) != 1) continue;
      if ((e < 0 && q.exponents[j] >= 2) || (e > 0 && q.exponents[j] <= -2)) {
        const long sign = e < 0 ? 1 : -1;
        q.exponents[j] -= 2 * sign;
        e += 2 * sign;
        q.coefficient = q.coefficient * Rational::power(base.coefficient, -2 * sign);
      }
    }
  }
}

// sign(u)·u is |u|, sign(u)·|u| is u, sign³ is sign; sign(u)/u is 1/|u|, sign(u)/|u| is 1/u. All hold at u = 0 as well,
// where sign² is 0.
void Field::tidy_signs(Quotient& q) {
  for (std::size_t i = 0; i < generators_.size(); ++i) {
    const Generator& of = generators_[i];
    if (of.kind != GKind::sign || q.exponents[i] <= 0) continue;
    while (q.exponents[i] >= 3) q.exponents[i] -= 2;
    const auto same = std::ranges::find_if(
        generators_.list(), [&](const Generator& g) { return g.kind == GKind::absolute && g.base == of.base; });
    const auto size = static_cast<std::size_t>(same - generators_.list().begin());
    if (q.exponents[size] != 0) {
      const long times = q.exponents[size] > 0 ? 1 : -1;
      --q.exponents[i];
      q.exponents[size] -= times;
      q = multiply(q, power(quotient(of.base), times));
      return;
    }
    const Quotient& u = quotient(of.base);
    const bool is_generator =
        u.factors.empty() && std::ranges::count_if(u.exponents, [](long e) { return e != 0; }) == 1;
    const bool is_sum = u.factors.size() == 1 && u.factors[0].second == 1 &&
                        std::ranges::all_of(u.exponents, [](long e) { return e == 0; });
    long there = 0;
    if (is_generator) {
      const auto inner = std::ranges::find_if(u.exponents, [](long e) { return e != 0; });
      if (*inner == 1) there = q.exponents[static_cast<std::size_t>(inner - u.exponents.begin())];
    } else if (is_sum) {
      const auto factor = std::ranges::find_if(q.factors, [&](const auto& f) { return f.first == u.factors[0].first; });
      if (factor != q.factors.end()) there = factor->second;
    }
    if (there == 0) continue;
    const long times = there > 0 ? 1 : -1;
    const Quotient rest = power(u, -times);
    --q.exponents[i];
    q.exponents[size] += times;
    q = multiply(q, rest);
    return;
  }
}

// (cos + 1)(cos - 1) is -sin², above or below.
bool Field::join_conjugates(Quotient& q, std::size_t squared, const Polynomial& other) {
  Polynomial more = other;
  more += Polynomial(ring_, 1);
  Polynomial less = other;
  less += Polynomial(ring_, -1);
  const auto find = [&](const Polynomial& p) {
    return std::ranges::find_if(q.factors, [&](const auto& f) { return f.first == p; });
  };
  const auto a = find(more);
  const auto b = find(less);
  if (a == q.factors.end() || b == q.factors.end() || (a->second > 0) != (b->second > 0)) return false;
  const long sign = a->second > 0 ? 1 : -1;
  q.exponents[squared] += 2 * sign;
  q.coefficient = -q.coefficient;
  merge(q, more, -sign);
  merge(q, less, -sign);
  return true;
}

// sin²/(1 + cos) is 1 - cos, and likewise with signs and roles exchanged.
void Field::tidy_circular(Quotient& q) {
  for (std::size_t s = 0; s + 1 < generators_.size(); ++s) {
    if (generators_[s].kind != GKind::sine) continue;
    const auto may_be_conjugate = [s](const auto& f) {
      return f.first.length() == 2 && (f.first.degree(s) == 1 || f.first.degree(s + 1) == 1);
    };
    if (std::ranges::none_of(q.factors, may_be_conjugate)) continue;
    for (const bool sine_squared : {true, false}) {
      const std::size_t squared = sine_squared ? s : s + 1;
      const Polynomial other = generator(sine_squared ? s + 1 : s);
      while (join_conjugates(q, squared, other)) {
      }
      while (q.exponents[squared] >= 2 || q.exponents[squared] <= -2) {
        const long sign = q.exponents[squared] > 0 ? 1 : -1;
        bool found = false;
        for (std::size_t i = 0; i < q.factors.size() && !found; ++i) {
          if (q.factors[i].second * sign >= 0 || q.factors[i].first.length() != 2) continue;
          for (const int plus : {1, -1}) {
            Polynomial conjugate = other;  // primitive: cos + 1, cos - 1
            conjugate += Polynomial(ring_, plus);
            if (!(q.factors[i].first == conjugate)) continue;
            Polynomial partner = other;
            partner += Polynomial(ring_, -plus);
            // (cos + 1)(cos - 1) = -sin²
            q.exponents[squared] -= 2 * sign;
            q.coefficient = -q.coefficient;
            if ((q.factors[i].second += sign) == 0) q.factors.erase(q.factors.begin() + static_cast<std::ptrdiff_t>(i));
            merge(q, partner, sign);
            found = true;
            break;
          }
        }
        if (!found) break;
      }
    }
  }
}

// p with -root substituted for root.
Polynomial Field::conjugate(const Polynomial& p, std::size_t root) const {
  Polynomial result(ring_);
  std::vector<long> e(ring_.variables());
  for (std::size_t term = 0; term < p.length(); ++term) {
    p.exponents(term, e);
    result += Polynomial(ring_, e[root] % 2 == 0 ? p.coefficient(term) : -p.coefficient(term), e);
  }
  return result;
}

std::optional<Polynomial> Field::norm(const Polynomial& p) {
  for (std::size_t i = 0; i < generators_.size(); ++i) {
    const GKind kind = generators_[i].kind;
    if ((kind != GKind::root && kind != GKind::number_root) || generators_[i].degree != 2 || p.degree(i) < 1) continue;
    if (relation(i)) return reduced(p * conjugate(p, i));
  }
  return std::nullopt;
}

bool Field::has_constant_norm(const Polynomial& p) {
  std::optional<Polynomial> n = norm(p);
  while (n && !n->is_constant()) n = norm(*n);
  return n && !n->is_zero();
}

// 1/(1 + √2) is √2 - 1: a constant denominator is multiplied by conjugates that remove its square roots.
bool Field::rationalise(Quotient& q) {
  for (std::size_t f = 0; f < q.factors.size(); ++f) {
    const Polynomial p = q.factors[f].first;
    if (q.factors[f].second >= 0) continue;
    std::size_t root = generators_.size();
    bool only_roots = true;
    for (std::size_t i = 0; i < generators_.size(); ++i) {
      if (p.degree(i) <= 0) continue;
      only_roots = only_roots && generators_[i].kind == GKind::number_root && generators_[i].degree == 2;
      root = i;
    }
    if (!only_roots || root == generators_.size()) continue;
    const Polynomial turned = conjugate(p, root);
    const long k = q.factors[f].second;
    q.factors.erase(q.factors.begin() + static_cast<std::ptrdiff_t>(f));
    const Quotient norm = power(from(reduced(p * turned)), k);
    Quotient above = power(from(turned), -k);
    q = multiply(multiply(q, norm), above);
    return !q.factors.empty();
  }
  return false;
}

bool Field::is_zero(const Quotient& q) {
  if (q.is_zero()) return true;
  return std::ranges::any_of(q.factors, [&](const auto& f) {
    if (f.second < 0) return false;
    Polynomial p = f.first;
    // Replacing sin² throughout, and roots after it, leaves a normal form.
    for (std::size_t i = 0; i < generators_.size() && !p.is_zero(); ++i) {
      const GKind kind = generators_[i].kind;
      if (kind != GKind::sine && kind != GKind::hyperbolic_sine) continue;
      const std::vector<Polynomial> forms = by_pythagoras(p, i);
      if (p.degree(i) >= 2) p = forms.front();
    }
    return p.is_zero() || reduced(std::move(p)).is_zero();
  });
}

Quotient Field::factored(const Quotient& q) {
  Quotient result = one();
  result.coefficient = q.coefficient;
  result.exponents = q.exponents;
  for (const auto& [p, k] : q.factors) {
    const std::optional<Polynomial::Factors> f = p.factors();
    if (!f) {
      merge(result, p, k);
      continue;
    }
    result.coefficient = result.coefficient * Rational::power(f->constant, k);
    for (const auto& [irreducible, times] : f->powers) merge(result, irreducible, times * k);
  }
  return result;
}

}  // namespace nabla::algebra
