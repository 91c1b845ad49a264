#include "algebra/rational/canonical.h"

#include <algorithm>

#include "algebra/rational/angles.h"
#include "algebra/rational/denest.h"
#include "algebra/rational/logarithms.h"
#include "algebra/rational/rebuild.h"
#include "algebra/rules/call.h"
#include "algebra/rules/circular.h"
#include "algebra/rules/rules.h"
#include "expr/write/layout.h"

namespace nabla::algebra {
namespace {

using expr::Kind;
using GKind = Generator::Kind;

constexpr std::size_t kMostGenerators = 40;

}  // namespace

Expr Canonical::rewrite(Expr root) {
  return known_.run(root, [this](Expr e, std::span<const Expr> args) {
    budget_.check();
    if (args.empty() || g_.is(e, expr::kHasBound) || g_.kind(e) == Kind::operation) return e;
    return node(e, args);
  });
}

Expr Canonical::node(Expr e, std::span<const Expr> args) {
  switch (g_.kind(e)) {
    case Kind::call: return call(e, args);
    case Kind::power:
      if (!g_.is_number(args[1])) {
        if (g_.is(args[0], expr::kPositive) && g_.is_constant(args[0])) {
          return exponential(expr::multiply(g_, args[1], logarithm(args[0])));
        }
        return expr::power(g_, normal(args[0]), normal(args[1]));
      }
      return g_.number(args[1]).is_integer() ? expr::with_args(g_, e, args) : root(args[0], g_.number(args[1]));
    case Kind::compare:
    case Kind::select:
    case Kind::apply:
    case Kind::component: {
      std::vector<Expr> normals;
      for (Expr a : args) normals.push_back(g_.is(a, expr::kTruth) ? a : normal(a));
      return expr::with_args(g_, e, normals);
    }
    default: return expr::with_args(g_, e, args);
  }
}

Expr Canonical::call(Expr e, std::span<const Expr> args) {
  const Function& f = g_.function(e);
  if (&f == kernel().exp) return exponential(args[0]);
  if (&f == kernel().ln) return logarithm(args[0]);
  if (&f == kernel().abs) return size(args[0]);
  if (is_given(f.growth)) return shifted(f, normal(args[0]));
  if (&f == kernel().floor) return floor(args[0]);
  if (args.empty()) return e;
  const Circular* c = find_circular(f);
  if (const std::optional<Expr> undone = c != nullptr ? of_inverse(*c, g_.arg(e, 0)) : std::nullopt) return *undone;
  std::vector<Expr> normals;
  for (Expr a : args) normals.push_back(normal(a));
  if (c != nullptr && c->hyperbolic) {
    const Expr plus = exponential(normals[0]);
    const Expr minus = expr::power(g_, plus, -1);
    const Expr half = g_.rational(Rational(1, 2));
    const Expr sine = expr::multiply(g_, half, expr::subtract(g_, plus, minus));
    const Expr cosine = expr::multiply(g_, half, expr::add(g_, plus, minus));
    return expr::multiply(g_, expr::power(g_, sine, c->sine), expr::power(g_, cosine, c->cosine));
  }
  const Expr rebuilt = expr::call(g_, f, normals);
  if (c != nullptr && rebuilt == e) return of_smaller_angle(*c, e);
  if (c != nullptr || g_.kind(rebuilt) != Kind::call || &g_.function(rebuilt) != &f) {
    return rebuilt == e || c != nullptr ? rebuilt : rewrite(rebuilt);
  }
  if (f.forms.series_after == nullptr || g_.node(rebuilt).count > 0) {
    if (const std::optional<Expr> written = expanded(g_, rebuilt); written && *written != rebuilt) {
      return rewrite(*written);
    }
  }
  return is_given(f.equal) ? instantiate(g_, f, f.equal, normals) : rebuilt;
}

// f(qπ) with 1/4 < q < 1/2 by the angle that makes a right one with it: cos(5π/14) is sin(π/7).
Expr Canonical::of_smaller_angle(const Circular& c, Expr e) {
  const std::optional<Rational> q = pi_multiple(g_, g_.arg(e, 0));
  if (!q || *q <= Rational(1, 4) || *q >= Rational(1, 2)) return e;
  const Expr pi = expr::call(g_, *kernel().pi, {});
  const Expr rest = expr::multiply(g_, g_.rational(Rational(1, 2) - *q), pi);
  return expr::call(g_, circular_function(c.cosine, c.sine, false), std::span(&rest, 1));
}

// sin(acos(u)) is √(1 - u²), and its like.
std::optional<Expr> Canonical::of_inverse(const Circular& c, Expr angle) {
  const expr::SineAndCosine* inverse =
      g_.kind(angle) == Kind::call ? find_inverse_circular(g_.function(angle)) : nullptr;
  if (inverse == nullptr || inverse->hyperbolic != c.hyperbolic) return std::nullopt;
  const Expr u = g_.arg(angle, 0);
  const Expr sine = instantiate(g_, g_.function(angle), inverse->sine, std::span(&u, 1));
  const Expr cosine = instantiate(g_, g_.function(angle), inverse->cosine, std::span(&u, 1));
  return rewrite(expr::multiply(g_, expr::power(g_, sine, c.sine), expr::power(g_, cosine, c.cosine)));
}

// floor(u + n) is floor(u) + n for a whole number n.
Expr Canonical::floor(Expr u) {
  const Expr e = normal(u);
  Rational whole = 0;
  for (Expr term : terms_of(g_, e)) {
    if (g_.is_number(term)) whole = g_.number(term).floor();
  }
  const Expr rest = expr::subtract(g_, e, g_.rational(whole));
  return expr::add(g_, expr::call(g_, *kernel().floor, std::span(&rest, 1)), g_.rational(whole));
}

// The irreducible factors of u, which is canonical.
Canonical::Factors Canonical::factors(Expr u) {
  Factors result;
  if (g_.is_number(u)) {
    result.constant = g_.number(u);
    return result;
  }
  const std::vector<Expr> nodes = expr::reachable(g_, std::span(&u, 1));
  const auto is_circular = [this](Expr e) {
    return g_.kind(e) == Kind::call && find_circular(g_.function(e)) != nullptr;
  };
  if (std::ranges::any_of(nodes, is_circular)) u = normal(in_simple_angles(g_, u, Angles::all));
  if (g_.is_number(u)) return factors(u);
  Field field(g_, u, View::as_written, budget_);
  if (field.generators().size() > kMostGenerators) throw TooLarge{};
  Rebuilder rebuilder(field, length_);
  const Quotient q = field.factored(field.quotient(u));
  result.constant = q.coefficient;
  for (std::size_t i = 0; i < field.generators().size(); ++i) {
    if (q.exponents[i] == 0) continue;
    const Generator& of = field.generators()[i];
    const Rational exponent = of.unit * Rational(q.exponents[i]);
    switch (of.kind) {
      case GKind::exponential:
        result.exponents.push_back(expr::multiply(g_, g_.rational(exponent), of.exponent));
        break;
      case GKind::scaled: {
        if (g_.is_number(of.base) && g_.number(of.base).sign() > 0) {
          const Expr parts[] = {g_.rational(exponent), of.exponent, logarithm(of.base)};
          result.exponents.push_back(expr::product(g_, parts));
          break;
        }
        Quotient single = field.one();
        single.exponents[i] = 1;
        result.powers.push_back({rebuilder.shortest(single).e, q.exponents[i]});
        break;
      }
      case GKind::absolute: result.powers.push_back({size(of.base), q.exponents[i]}); break;
      default: result.powers.push_back({of.base, exponent}); break;
    }
  }
  for (const auto& [p, k] : q.factors) {
    Quotient single = field.one();
    single.factors.emplace_back(p, 1);
    const Expr base = rebuilder.plain(single);
    const Expr turned = opposite(g_, base);
    const bool turn = expr::comes_before(g_, turned, base);
    if (turn && k % 2 != 0) result.constant = -result.constant;
    result.powers.push_back({turn ? turned : base, k});
  }
  return result;
}

Expr Canonical::size_of_factor(Expr f) {
  if (nonnegative_.contains(f.id)) return f;
  const Expr turned = opposite(g_, f);
  if (nonnegative_.contains(turned.id)) return turned;
  return expr::call(g_, *kernel().abs, std::span(&f, 1));
}

// ln(c·f^k·…) is ln|c| + k·ln|f| + ….
Expr Canonical::logarithm(Expr u) {
  const Factors all = factors(u);
  std::vector<Expr> terms = all.exponents;
  const auto add = [&](Expr base, const Rational& k) {
    const Expr f = g_.make(Kind::call, std::span(&base, 1), reinterpret_cast<std::uint64_t>(kernel().ln));
    terms.push_back(expr::multiply(g_, g_.rational(k), f));
  };
  terms.push_back(logarithm_by_primes(g_, all.constant.abs()));
  for (const Factor& f : all.powers) {
    if (is_call(g_, f.base, kernel().e)) {
      terms.push_back(g_.rational(f.exponent));
    } else {
      add(size_of_factor(f.base), f.exponent);
    }
  }
  return expr::sum(g_, terms);
}

// |c·f^k·…| is |c|·|f|^k·….
Expr Canonical::size(Expr u) {
  const Factors all = factors(u);
  std::vector<Expr> parts{g_.rational(all.constant.abs())};
  for (const Factor& f : all.powers) parts.push_back(expr::power(g_, size_of_factor(f.base), g_.rational(f.exponent)));
  if (!all.exponents.empty()) parts.push_back(exponential(expr::sum(g_, all.exponents)));
  return expr::product(g_, parts);
}

// u^q for a q that is not whole: of even roots by absolute values, u not being negative.
Expr Canonical::root(Expr u, const Rational& q) {
  if (q.denominator() == Rational(2)) {
    if (const std::optional<Expr> denested = denested_root(g_, u)) {
      return expr::power(g_, *denested, g_.rational(q.numerator()));
    }
  }
  const Factors all = factors(u);
  const bool even = !q.denominator_is_odd();
  std::vector<Expr> parts{expr::power(g_, g_.rational(even ? all.constant.abs() : all.constant), g_.rational(q))};
  // Factors whose sign is not known, of a radicand that is not negative, stay together: √(9 - x²), whose square is
  // 9 - x², and not √|3 - x|·√|3 + x|.
  std::vector<Expr> open;
  bool inverse = true;
  bool whole_powers = true;
  const auto is_open = [&](const Factor& f) {
    return even && !(f.exponent / Rational(2)).is_integer() && is_call(g_, size_of_factor(f.base), kernel().abs);
  };
  for (const Factor& f : all.powers) {
    if (!is_open(f)) continue;
    open.push_back(f.base);
    inverse = inverse && f.exponent.sign() < 0;
    whole_powers = whole_powers && f.exponent.is_integer();
  }
  const bool together = open.size() > 1 && whole_powers;
  const Rational taken = inverse ? Rational(-1) : Rational(1);
  if (together) {
    open.push_back(g_.rational(all.constant.sign() < 0 ? Rational(-1) : Rational(1)));
    parts.push_back(expr::power(g_, normal(expr::product(g_, open)), g_.rational(taken * q)));
  }
  for (const Factor& f : all.powers) {
    const bool whole = f.exponent.is_integer();
    const Expr base = even || !whole ? size_of_factor(f.base) : f.base;
    const Rational exponent = together && is_open(f) ? f.exponent - taken : f.exponent;
    parts.push_back(expr::power(g_, base, g_.rational(exponent * q)));
  }
  if (!all.exponents.empty()) {
    parts.push_back(exponential(expr::multiply(g_, g_.rational(q), expr::sum(g_, all.exponents))));
  }
  return expr::product(g_, parts);
}

// e^(a + b·ln(f)) is e^a·f^b.
Expr Canonical::exponential(Expr u) {
  std::vector<Expr> rest;
  std::vector<Expr> parts;
  for (Expr term : terms_of(g_, normal(u))) {
    const std::span<const Expr> factors =
        g_.kind(term) == Kind::product ? g_.args(term) : std::span<const Expr>(&term, 1);
    const auto ln = std::ranges::find_if(factors, [&](Expr f) { return is_call(g_, f, kernel().ln); });
    if (ln == factors.end()) {
      rest.push_back(term);
      continue;
    }
    std::vector<Expr> exponent;
    for (Expr f : factors) {
      if (f != *ln) exponent.push_back(f);
    }
    parts.push_back(expr::power(g_, g_.arg(*ln, 0), expr::product(g_, exponent)));
  }
  const Expr sum = expr::sum(g_, rest);
  parts.push_back(expr::call(g_, *kernel().exp, std::span(&sum, 1)));
  return expr::product(g_, parts);
}

// f(x + n) by f(x): gamma(x + 2) is x·(x + 1)·gamma(x).
Expr Canonical::shifted(const Function& f, Expr u) {
  Rational shift;
  if (g_.kind(u) == Kind::sum && g_.is_number(g_.arg(u, 0))) shift = g_.number(g_.arg(u, 0)).floor();
  const std::optional<long> n = shift.to_long();
  constexpr long kFarthest = 20;
  if (!n || *n == 0 || *n > kFarthest || *n < -kFarthest) return expr::call(g_, f, std::span(&u, 1));
  const Expr start = expr::subtract(g_, u, expr::integer(g_, *n));
  std::vector<Expr> parts{expr::call(g_, f, std::span(&start, 1))};
  const auto growth = [&](long i) {
    const Expr at = expr::add(g_, start, expr::integer(g_, i));
    return instantiate(g_, f, f.growth, std::span(&at, 1));
  };
  for (long i = 0; i < *n; ++i) parts.push_back(growth(i));
  for (long i = -1; i >= *n; --i) parts.push_back(expr::power(g_, growth(i), -1));
  return expr::product(g_, parts);
}

// The same rational function always as the same node, a polynomial as a sum of its terms.
Expr Canonical::normal(Expr e) {
  const Kind kind = g_.kind(e);
  if (kind != Kind::sum && kind != Kind::product && kind != Kind::power) return e;
  Field field(g_, e, View::circular, budget_);
  if (field.generators().size() > kMostGenerators) throw TooLarge{};
  Rebuilder rebuilder(field, length_);
  return rebuilder.normal(field.quotient(e));
}

void Canonical::suppose_nonnegative(Expr f) {
  if (g_.is_number(f) || g_.is_constant(f)) return;
  const Factors all = factors(f);
  if (all.powers.size() != 1 || !all.powers[0].exponent.is_integer()) return;
  if ((all.powers[0].exponent.numerator() / Rational(2)).is_integer()) return;
  const Expr base = all.powers[0].base;
  nonnegative_.insert((all.constant.sign() < 0 ? opposite(g_, base) : base).id);
}

bool Canonical::is_known_zero(Expr e) {
  return std::ranges::any_of(factors(e).powers, [&](const Factor& f) {
    return f.exponent.sign() > 0 && nonnegative_.contains(f.base.id) && nonnegative_.contains(opposite(g_, f.base).id);
  });
}

void Canonical::suppose_defined(Expr root) {
  std::vector<Expr> stack{root};
  std::unordered_set<std::uint32_t> seen;
  while (!stack.empty()) {
    const Expr e = stack.back();
    stack.pop_back();
    if (!seen.insert(e.id).second || g_.is(e, expr::kTotal)) continue;
    const Kind kind = g_.kind(e);
    if (kind == Kind::operation || kind == Kind::apply || kind == Kind::logic) continue;
    if (kind == Kind::select) {
      stack.push_back(g_.arg(e, 0));
      continue;
    }
    const bool even_root =
        kind == Kind::power && g_.is_number(g_.arg(e, 1)) && !g_.number(g_.arg(e, 1)).denominator_is_odd();
    if (even_root || is_call(g_, e, kernel().ln)) suppose_nonnegative(rewrite(g_.arg(e, 0)));
    for (Expr a : g_.args(e)) stack.push_back(a);
  }
  known_.forget();
}

}  // namespace nabla::algebra
