#include "algebra/rules/call.h"

#include <algorithm>
#include <vector>

#include "algebra/rules/circular.h"
#include "algebra/rules/rules.h"
#include "functions/table.h"

namespace nabla::algebra {
namespace {

using expr::Kind;

Expr plain_call(Graph& g, const Function& f, std::span<const Expr> args) {
  return g.make(Kind::call, args, reinterpret_cast<std::uint64_t>(&f));
}

// q reduced to (-period/2, period/2].
Rational reduced(const Rational& q, const Rational& period) {
  const Rational turns = ((q / period) - Rational(1, 2)).ceil();
  return q - turns * period;
}

Expr times_pi(Graph& g, const Rational& q) { return expr::multiply(g, g.rational(q), plain_call(g, *kernel().pi, {})); }

// x without multiples of the period of f: sin(13pi/6) is sin(pi/6), sin(x + 2pi) is sin(x).
Expr without_periods(Graph& g, const Function& f, Expr x) {
  const std::span<const Expr> terms = g.kind(x) == Kind::sum ? g.args(x) : std::span<const Expr>(&x, 1);
  for (Expr term : terms) {
    const std::optional<Rational> q = pi_multiple(g, term);
    if (!q || q->is_zero()) continue;
    const std::optional<Rational> period = period_of(f);
    if (!period) return x;
    const Rational r = reduced(*q, *period);
    if (r == *q) return x;
    return term == x ? times_pi(g, r) : expr::add(g, x, times_pi(g, r - *q));
  }
  return x;
}

// f(qπ) for a circular f and 1/2 < q < 1, by the angle it makes with π: sin(6π/7) is sin(π/7), cos(6π/7) is -cos(π/7).
std::optional<Expr> reflected(Graph& g, const Function& f, Expr x) {
  const std::optional<Rational> q = g.is_number(x) ? std::nullopt : pi_multiple(g, x);
  if (!q || *q <= Rational(1, 2) || *q >= Rational(1)) return std::nullopt;
  const Circular* c = find_circular(f);
  if (c == nullptr || c->hyperbolic) return std::nullopt;
  const Expr rest = times_pi(g, Rational(1) - *q);
  const Expr value = algebra::call(g, f, std::span(&rest, 1));
  return c->cosine % 2 == 0 ? value : expr::negate(g, value);
}

// The listed value at x; nullptr if there is none.
const SpecialValue* find_value(Graph& g, const Function& f, Expr x) {
  const std::span<const SpecialValue> values = special_values(f);
  if (values.empty()) return nullptr;
  if (g.is_number(x)) {
    const Rational& q = g.number(x);
    const auto found = std::ranges::find_if(values, [&q](const SpecialValue& v) { return v.number == q; });
    return found == values.end() ? nullptr : &*found;
  }
  if (const std::optional<Rational> q = pi_multiple(g, x)) {
    const auto found = std::ranges::find(values, q, &SpecialValue::pi_multiple);
    return found == values.end() ? nullptr : &*found;
  }
  if (!g.is_constant(x) || g.is(x, expr::kHasOperation)) return nullptr;
  for (const SpecialValue& v : values) {
    if (!v.number && !v.pi_multiple && v.points.empty() && built_in(g, v.at) == x) return &v;
  }
  return nullptr;
}

const SpecialValue* find_value(Graph& g, const Function& f, std::span<const Expr> args) {
  if (!std::ranges::all_of(args, [&g](Expr a) { return g.is_constant(a); })) return nullptr;
  for (const SpecialValue& v : special_values(f)) {
    const auto is_here = [&g](std::string_view text, Expr a) { return built_in(g, text) == a; };
    if (std::ranges::equal(v.points, args, is_here)) return &v;
  }
  return nullptr;
}

// Whether the rational constant c is proven to lie in the domain of f.
bool in_domain(const Graph& g, const Function& f, Expr c) {
  if (f.domain.contains == nullptr) return true;
  if (!g.is_number(c)) return false;
  constexpr base::Bits kBits = 128;
  const number::Ball x(g.number(c), kBits);
  return f.domain.contains(std::span(&x, 1), kBits) == number::Truth::yes;
}

// u if x = g(u) and f is a left inverse of g: ln(exp(u)) is u.
std::optional<Expr> undone(const Graph& g, const Function& f, Expr x) {
  if (g.kind(x) != Kind::call || g.node(x).count != 1) return std::nullopt;
  const Function& inner = g.function(x);
  if (!is_given(inner.left_inverse) || functions::find(inner.left_inverse) != &f) return std::nullopt;
  return in_domain(g, inner, g.arg(x, 0)) ? std::optional(g.arg(x, 0)) : std::nullopt;
}

// e^(q ln r) for rational numbers q and r > 0.
std::optional<Expr> exponential_of_logarithm(Graph& g, Expr x) {
  if (g.kind(x) != Kind::product || g.node(x).count != 2 || !g.is_number(g.arg(x, 0))) return std::nullopt;
  const Expr logarithm = g.arg(x, 1);
  if (!is_call(g, logarithm, kernel().ln) || !g.is_number(g.arg(logarithm, 0))) return std::nullopt;
  if (g.number(g.arg(logarithm, 0)).sign() <= 0) return std::nullopt;
  return expr::power(g, g.arg(logarithm, 0), g.arg(x, 0));
}

Expr call_of_one(Graph& g, const Function& f, Expr x) {
  x = without_periods(g, f, x);
  if (f.parity != expr::Parity::none && is_negative_form(g, x)) {
    const Expr turned = call_of_one(g, f, opposite(g, x));
    return f.parity == expr::Parity::even ? turned : expr::negate(g, turned);
  }
  if (const SpecialValue* v = find_value(g, f, x); v != nullptr && !v->is_pole()) return built_in(g, v->value);
  if (const std::optional<Expr> other = reflected(g, f, x)) return *other;
  if (const std::optional<Expr> u = undone(g, f, x)) return *u;
  if (&f == kernel().exp) {
    if (g.is_one(x)) return plain_call(g, *kernel().e, {});
    if (const std::optional<Expr> p = exponential_of_logarithm(g, x)) return *p;
  }
  if (&f == kernel().ln && is_call(g, x, kernel().e)) return expr::integer(g, 1);
  if (&f == kernel().abs && g.is(x, expr::kNonnegative)) return x;
  return plain_call(g, f, std::span(&x, 1));
}

std::optional<Rational> exact_value(const Graph& g, const Function& f, std::span<const Expr> args) {
  if (f.forms.exact == nullptr || args.empty()) return std::nullopt;
  std::vector<Rational> numbers;
  for (Expr a : args) {
    if (!g.is_number(a)) return std::nullopt;
    numbers.push_back(g.number(a));
  }
  return f.forms.exact(numbers);
}

bool is_root(const Function& f) {
  static const Function* const row = functions::find("root");
  return &f == row;
}

// root(x, n): a power where n is a number; else it stays, since x^(1/n) takes no root of a negative x.
Expr root_of(Graph& g, const Function& f, std::span<const Expr> args) {
  if (!g.is_number(args[1]) || g.is_zero(args[1])) return plain_call(g, f, args);
  const Rational q = g.number(args[1]).reciprocal();
  return g.number(args[1]).is_integer() ? expr::power(g, args[0], g.rational(q))
                                        : expr::power(g, expr::square_root(g, args[0]), g.rational(q * Rational(2)));
}

// Drops arguments equal to their defaults: normpdf(x, 0, 1) is normpdf(x).
std::span<const Expr> without_defaults(Graph& g, const Function& f, std::span<const Expr> args) {
  if (args.size() < 2 || f.parameters.find('?') == std::string_view::npos) return args;
  const Parameters& p = parameters_of(f);
  while (args.size() > p.required && args.back() == built_in(g, p.defaults[args.size() - 1 - p.required])) {
    args = args.first(args.size() - 1);
  }
  return args;
}

// (x^m)^q with an even m > 0 is |x|^(m q).
std::optional<Expr> power_of_even_power(Graph& g, Expr base, const Rational& q) {
  if (g.kind(base) != Kind::power || !g.is_number(g.arg(base, 1)) || q.is_integer()) return std::nullopt;
  const Rational& m = g.number(g.arg(base, 1));
  if (m.sign() <= 0 || !(m / Rational(2)).is_integer()) return std::nullopt;
  const Expr x = g.arg(base, 0);
  const Rational product = m * q;
  if (product.denominator_is_odd() && (product.numerator() / Rational(2)).is_integer()) {
    return expr::power(g, x, g.rational(product));
  }
  const Expr size = algebra::call(g, *kernel().abs, std::span(&x, 1));
  return expr::power(g, size, g.rational(product));
}

}  // namespace

const Kernel& kernel() {
  static const Kernel rows{functions::find("e"),     functions::find("pi"),  functions::find("exp"),
                           functions::find("ln"),    functions::find("abs"), functions::find("sign"),
                           functions::find("floor"), functions::find("sin"), functions::find("cos")};
  return rows;
}

std::optional<Rational> pi_multiple(const Graph& g, Expr e) {
  if (g.is_zero(e)) return Rational(0);
  if (is_call(g, e, kernel().pi)) return Rational(1);
  if (g.kind(e) == Kind::product && g.node(e).count == 2 && g.is_number(g.arg(e, 0)) &&
      is_call(g, g.arg(e, 1), kernel().pi)) {
    return g.number(g.arg(e, 0));
  }
  return std::nullopt;
}

bool is_negative_form(const Graph& g, Expr e) {
  switch (g.kind(e)) {
    case Kind::rational: return g.number(e).sign() < 0;
    case Kind::product: return g.is_number(g.arg(e, 0)) && g.number(g.arg(e, 0)).sign() < 0;
    case Kind::sum: return std::ranges::all_of(g.args(e), [&g](Expr a) { return is_negative_form(g, a); });
    default: return false;
  }
}

Expr opposite(Graph& g, Expr e) {
  if (g.kind(e) != Kind::sum) return expr::negate(g, e);
  std::vector<Expr> terms;
  for (Expr a : g.args(e)) terms.push_back(expr::negate(g, a));
  return expr::sum(g, terms);
}

Expr call(Graph& g, const Function& f, std::span<const Expr> args) {
  args = without_defaults(g, f, args);
  if (std::optional<Rational> q = exact_value(g, f, args)) return g.rational(*q);
  if (is_root(f)) return root_of(g, f, args);
  if (is_abbreviation(f)) return instantiate(g, f, f.expansion, args);
  if (args.size() == 1) return call_of_one(g, f, args[0]);
  if (!args.empty()) {
    if (const SpecialValue* v = find_value(g, f, args); v != nullptr && !v->is_pole()) return built_in(g, v->value);
  }
  return plain_call(g, f, args);
}

std::optional<Expr> power_rule(Graph& g, Expr base, Expr exponent) {
  if (g.is_one(exponent)) return base;
  if (g.kind(base) == Kind::call) {
    if (is_call(g, base, kernel().e)) return algebra::call(g, *kernel().exp, std::span(&exponent, 1));
    if (is_call(g, base, kernel().exp)) {
      const Expr scaled = expr::multiply(g, g.arg(base, 0), exponent);
      return algebra::call(g, *kernel().exp, std::span(&scaled, 1));
    }
    if (is_call(g, base, kernel().abs) && g.is_number(exponent) && (g.number(exponent) / Rational(2)).is_integer()) {
      return expr::power(g, g.arg(base, 0), exponent);
    }
    return std::nullopt;
  }
  return g.is_number(exponent) ? power_of_even_power(g, base, g.number(exponent)) : std::nullopt;
}

bool is_pole(const Graph& g, Expr call) {
  if (g.kind(call) != Kind::call || g.node(call).count != 1) return false;
  const Expr x = g.arg(call, 0);
  for (const SpecialValue& v : special_values(g.function(call))) {
    if (!v.is_pole()) continue;
    if (v.number && g.is_number(x) && *v.number == g.number(x)) return true;
    if (v.pi_multiple && !g.is_number(x) && pi_multiple(g, x) == v.pi_multiple) return true;
  }
  return false;
}

const expr::Rules kRules{&algebra::call, &power_rule};

}  // namespace nabla::algebra
