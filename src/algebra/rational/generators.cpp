#include "algebra/rational/generators.h"

#include <algorithm>

#include "algebra/rules/call.h"
#include "algebra/rules/circular.h"

namespace nabla::algebra {
namespace {

using expr::Kind;

constexpr long kLargestExponent = 1000;
constexpr long kLargestRoot = 12;

std::optional<long> small_integer(const Rational& q) {
  const std::optional<long> n = q.to_long();
  return n && *n >= -kLargestExponent && *n <= kLargestExponent ? n : std::nullopt;
}

}  // namespace

Rational common_unit(const Rational& a, const Rational& b) {
  Rational x = a.abs();
  Rational y = b.abs();
  while (!y.is_zero()) {
    Rational rest = x - (x / y).floor() * y;
    x = std::move(y);
    y = std::move(rest);
  }
  return x;
}

Scaled take_coefficient(Graph& g, Expr term) {
  if (g.is_number(term)) return {g.number(term), expr::integer(g, 1)};
  if (g.kind(term) != Kind::product || !g.is_number(g.arg(term, 0))) return {1, term};
  const auto args = g.args(term);
  return {g.number(args[0]), args.size() == 2 ? args[1] : g.make(Kind::product, args.subspan(1))};
}

std::vector<Expr> terms_of(Graph& g, Expr e) {
  if (g.kind(e) == Kind::product && g.node(e).count == 2 && g.is_number(g.arg(e, 0)) &&
      g.kind(g.arg(e, 1)) == Kind::sum) {
    e = expr::sum(g, std::span(&e, 1));
  }
  if (g.kind(e) != Kind::sum) return {e};
  return {g.args(e).begin(), g.args(e).end()};
}

std::size_t Generators::index(Generator::Kind kind, Expr base, Expr exponent) {
  for (std::size_t i = 0; i < list_.size(); ++i) {
    if (list_[i].kind == kind && list_[i].base == base && list_[i].exponent == exponent) return i;
  }
  Generator made;
  made.kind = kind;
  made.base = base;
  made.exponent = exponent;
  made.unit = 0;
  list_.push_back(std::move(made));
  return list_.size() - 1;
}

void Generators::look_through(Expr e) {
  if (!seen_.insert(e.id).second) return;
  switch (g_.kind(e)) {
    case Kind::rational: return;
    case Kind::sum:
    case Kind::product:
      for (Expr a : g_.args(e)) look_through(a);
      return;
    default: break;
  }
  Monomial m;
  if (g_.kind(e) == Kind::power) {
    m = of_power(e);
  } else if (g_.kind(e) == Kind::call) {
    m = of_call(e);
  } else {
    m.powers.emplace_back(index(Generator::Kind::power, e, {}), 1);
  }
  for (auto& [i, q] : m.powers) {
    Generator& of = list_[i];
    switch (of.kind) {
      case Generator::Kind::exponential:
      case Generator::Kind::scaled: of.unit = common_unit(of.unit, q); break;
      default:
        if (const std::optional<long> d = q.denominator().to_long()) {
          of.unit = common_unit(of.unit.is_zero() ? Rational(1) : of.unit, Rational(1, *d));
        }
        break;
    }
  }
  for (const auto& [part, n] : m.parts) look_through(part);
  monomials_.emplace(e.id, std::move(m));
}

void Generators::finish() {
  for (Generator& of : list_) {
    if (of.unit.is_zero()) of.unit = 1;
    of.degree = of.unit.reciprocal().to_long().value_or(1);
  }
}

void Generators::add_number_power(Monomial& m, const Rational& base, const Rational& q) {
  const Rational whole = q.floor();
  const std::optional<long> n = small_integer(whole);
  const Rational rest = q - whole;
  const bool has_value = !base.is_zero() || q.sign() > 0;
  if (rest.is_zero() && n && has_value) {
    m.coefficient = m.coefficient * Rational::power(base, *n);
    return;
  }
  std::optional<long> value = base.to_long();
  if (!n || base.sign() <= 0 || !value || q.denominator() > Rational(kLargestRoot)) {
    m.powers.emplace_back(index(Generator::Kind::power, expr::power(g_, g_.rational(base), g_.rational(q)), {}), 1);
    return;
  }
  const auto add_prime = [&](long p, long times) {
    const Rational exponent = q * Rational(times);
    const Rational outside = exponent.floor();
    m.coefficient = m.coefficient * Rational::power(Rational(p), outside.to_long().value_or(0));
    if (exponent == outside) return;
    m.powers.emplace_back(index(Generator::Kind::number_root, expr::integer(g_, p), {}), exponent - outside);
  };
  for (long p = 2; p < 1000 && p * p <= *value; ++p) {
    long times = 0;
    for (; *value % p == 0; *value /= p) ++times;
    if (times > 0) add_prime(p, times);
  }
  if (*value > 1) add_prime(*value, 1);
}

void Generators::add_power(Monomial& m, Expr base, const Rational& q) {
  if (g_.is_number(base)) {
    add_number_power(m, g_.number(base), q);
    return;
  }
  if (q.is_integer()) {
    if (const std::optional<long> n = small_integer(q)) {
      m.parts.emplace_back(base, *n);
      return;
    }
  } else if (const std::optional<long> d = q.denominator().to_long();
             d && *d <= kLargestRoot && small_integer(q.numerator())) {
    const bool simple =
        g_.kind(base) == Kind::symbol || g_.kind(base) == Kind::bound ||
        (g_.kind(base) == Kind::call && (view_ == View::as_written || !find_circular(g_.function(base))) &&
         !is_call(g_, base, kernel().exp) && !is_call(g_, base, kernel().abs));
    if (simple) {
      m.powers.emplace_back(index(Generator::Kind::power, base, {}), q);
    } else {
      m.powers.emplace_back(index(Generator::Kind::root, base, {}), q);
      look_through(base);
    }
    return;
  }
  m.powers.emplace_back(index(Generator::Kind::power, expr::power(g_, base, g_.rational(q)), {}), 1);
}

void Generators::add_exponential(Monomial& m, Expr exponent) {
  for (Expr term : terms_of(g_, exponent)) {
    Scaled s = take_coefficient(g_, term);
    m.powers.emplace_back(index(Generator::Kind::exponential, {}, s.rest), std::move(s.coefficient));
  }
}

void Generators::add_scaled(Monomial& m, Expr base, Expr exponent) {
  for (Expr term : terms_of(g_, exponent)) {
    if (g_.is_number(term)) {
      add_power(m, base, g_.number(term));
      continue;
    }
    Scaled s = take_coefficient(g_, term);
    m.powers.emplace_back(index(Generator::Kind::scaled, base, s.rest), std::move(s.coefficient));
  }
}

void Generators::add_circular(Monomial& m, Expr argument, int sine, int cosine, bool hyperbolic, const Rational& q) {
  using K = Generator::Kind;
  const std::size_t s = index(hyperbolic ? K::hyperbolic_sine : K::sine, argument, {});
  const std::size_t c = index(hyperbolic ? K::hyperbolic_cosine : K::cosine, argument, {});
  if (sine != 0) m.powers.emplace_back(s, q * Rational(sine));
  if (cosine != 0) m.powers.emplace_back(c, q * Rational(cosine));
}

Monomial Generators::of_power(Expr e) {
  Monomial m;
  const Expr base = g_.arg(e, 0);
  const Expr exponent = g_.arg(e, 1);
  if (g_.is_number(exponent)) {
    add_power(m, base, g_.number(exponent));
  } else if (g_.is_zero(base)) {  // 0^u: 0, 1 or undefined
    m.powers.emplace_back(index(Generator::Kind::power, e, {}), 1);
  } else {
    add_scaled(m, base, exponent);
  }
  return m;
}

Monomial Generators::of_call(Expr e) {
  Monomial m;
  const expr::Function& f = g_.function(e);
  const auto args = g_.args(e);
  if (&f == kernel().exp) {
    add_exponential(m, args[0]);
  } else if (&f == kernel().e) {
    add_exponential(m, expr::integer(g_, 1));
  } else if (&f == kernel().abs) {
    m.powers.emplace_back(index(Generator::Kind::absolute, args[0], {}), 1);
    look_through(args[0]);
  } else if (&f == kernel().sign) {
    m.powers.emplace_back(index(Generator::Kind::sign, args[0], {}), 1);
    index(Generator::Kind::absolute, args[0], {});
    look_through(args[0]);
  } else if (const Circular* c = view_ == View::circular ? find_circular(f) : nullptr) {
    add_circular(m, args[0], c->sine, c->cosine, c->hyperbolic, 1);
  } else {
    m.powers.emplace_back(index(Generator::Kind::power, e, {}), 1);
  }
  return m;
}

}  // namespace nabla::algebra
