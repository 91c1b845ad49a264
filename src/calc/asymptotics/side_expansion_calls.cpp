// The functions of the table beside a point: by their series there, by Stirling's series, by bounds.
#include <algorithm>
#include <array>

#include "algebra/derivative/derivative.h"
#include "algebra/rules/call.h"
#include "algebra/rules/rules.h"
#include "algebra/simplify/bounds.h"
#include "base/error.h"
#include "calc/asymptotics/side_expansion.h"
#include "eval/jets/jet.h"
#include "expr/rewrite.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;
using eval::Expansion;
using eval::Outcome;
using expr::Kind;

constexpr number::Bits kBits = 128;
constexpr long kMostDerivatives = 12;  // of functions whose derivatives grow
constexpr long kMostPoles = 50;        // from 0 down

// B_2, B_4, …
const std::array<Rational, 8>& bernoulli() {
  static const std::array<Rational, 8> numbers{Rational(1, 6),   Rational(-1, 30),    Rational(1, 42),
                                               Rational(-1, 30), Rational(5, 66),     Rational(-691, 2730),
                                               Rational(7, 6),   Rational(-3617, 510)};
  return numbers;
}

// Whether a derivative is made of exponentials, logarithms, sines and powers, so that it can be expanded by itself.
bool is_elementary(const Graph& g, Expr e) {
  const algebra::Kernel& k = algebra::kernel();
  const std::array known{k.exp, k.ln, k.sin, k.cos, k.abs, k.sign, k.e, k.pi};
  return std::ranges::all_of(expr::reachable(g, std::span(&e, 1)), [&](Expr part) {
    if (g.is(part, expr::kHasOperation)) return false;
    return g.kind(part) != Kind::call || std::ranges::find(known, &g.function(part)) != known.end();
  });
}

Expr with_argument(Graph& g, Expr call, std::size_t i, Expr u) {
  std::vector<Expr> args(g.args(call).begin(), g.args(call).end());
  args[i] = u;
  return expr::rebuilt(g, call, args);
}

Expr replaced(Graph& g, Expr e, Expr x, Expr by) {
  const expr::Replacement put{x, by};
  return expr::substitute(g, e, std::span(&put, 1));
}

// The value that the row gives for an infinite argument; nothing if that is none or infinite.
std::optional<Expr> value_at_infinity(Graph& g, const expr::Function& f, int side) {
  const auto find = [&](std::string_view at) -> std::optional<std::string_view> {
    for (const algebra::SpecialValue& v : algebra::special_values(f)) {
      if (v.at == at && v.value != "inf" && v.value != "-inf" && !v.is_pole()) return v.value;
    }
    return std::nullopt;
  };
  if (const auto text = find(side > 0 ? "inf" : "-inf")) return algebra::built_in(g, *text);
  const auto mirrored = find("inf");
  if (side > 0 || !mirrored || f.parity == expr::Parity::none) return std::nullopt;
  const Expr value = algebra::built_in(g, *mirrored);
  return f.parity == expr::Parity::odd ? expr::negate(g, value) : value;
}

}  // namespace

Asymptotic SideExpansion::bounded(Expr e) {
  const algebra::Bounds b = algebra::bounds_of(g_, e);
  std::vector<Expr> args(g_.args(e).begin(), g_.args(e).end());
  for (Expr& a : args) {
    if (algebra::depends_deeply(g_, a, x_)) a = g_.fresh_symbol();
  }
  const bool is_total = g_.is(expr::rebuilt(g_, e, args), expr::kTotal);
  if (!b.lower || !b.upper || !is_total) {
    give_up("no series of " + std::string(g_.function(e).name) + " is known there");
  }
  return f_.remainder(0, false);
}

// The antiderivative that tends to 0, for s -> 0+, of a body in s; its terms have constant coefficients.
Asymptotic SideExpansion::local_antiderivative(Expr body, Expr s) {
  AsymptoticField field(f_.evaluator(), f_.terms(), f_.depth());
  SideExpansion local(field, s, approaching(field, {expr::integer(g_, 0), false, 1}));
  const Asymptotic slope = local.of(body);
  if (!slope.growth.empty()) {
    if (field.sign_of_growth(slope.growth) > 0 || field.order_of_growth(slope.growth)) give_up("no series is known");
    return field.remainder(Rational(f_.terms()), false);
  }
  Asymptotic integral;
  for (const auto& [p, c] : slope.terms) {
    if (p <= Rational(-1) || field.has_logarithm(c)) give_up("a series with logarithms could not be integrated");
    integral.terms.emplace(p + Rational(1), expr::divide(g_, c, g_.rational(p + Rational(1))));
  }
  if (slope.end) {
    if (*slope.end <= Rational(-1)) give_up("a series is not known well enough");
    integral.end = *slope.end + Rational(1);
  }
  return integral;
}

Asymptotic SideExpansion::composed(Expr constant, const Asymptotic& series, const Asymptotic& v) {
  Asymptotic sum = f_.constant(constant);
  try {
    for (const auto& [q, c] : series.terms) sum = f_.add(sum, f_.scaled(f_.power(v, q), c));
    if (series.end && !(v.terms.empty() && v.is_exact())) {
      if (!v.growth.empty()) return f_.add(sum, f_.remainder(Rational(f_.terms()), false));
      const Rational end = *series.end * f_.lowest(v);
      sum = f_.add(sum, f_.remainder(end, end.is_zero()));
    }
    return sum;
  } catch (const Error& e) {
    if (e.code != Code::undecided) throw;
    return f_.add(f_.constant(constant), f_.remainder(0, true));
  }
}

Asymptotic SideExpansion::at_infinity(Expr call, std::size_t i, const Asymptotic& u, int side) {
  const std::optional<Expr> value = value_at_infinity(g_, g_.function(call), side);
  if (!value || g_.args(call).size() != 1) return bounded(call);
  try {
    const Expr y = g_.fresh_symbol();
    const Expr s = g_.fresh_symbol();
    const Expr slope = algebra::derivative(g_, with_argument(g_, call, i, y), y, f_.evaluator().budget());
    if (is_elementary(g_, slope)) {
      const Expr far = expr::multiply(g_, expr::integer(g_, side), expr::power(g_, s, -1L));
      const Expr body = expr::multiply(g_, replaced(g_, slope, y, far),
                                       expr::multiply(g_, expr::integer(g_, -side), expr::power(g_, s, -2L)));
      const Asymptotic inverse = f_.power(f_.scaled(u, expr::integer(g_, side)), Rational(-1));
      return composed(*value, local_antiderivative(body, s), inverse);
    }
  } catch (const Error& e) {
    if (e.code != Code::undecided) throw;
  }
  return f_.add(f_.constant(*value), f_.remainder(0, true));
}

Asymptotic SideExpansion::at_number(Expr call, std::size_t i, const Asymptotic& v, Expr c) {
  eval::Evaluator& in = f_.evaluator();
  const Expr y = g_.fresh_symbol();
  const Expr s = g_.fresh_symbol();
  const Expr f = with_argument(g_, call, i, y);
  const Expr value = with_argument(g_, call, i, c);
  if (v.terms.empty() && v.is_exact()) return of_constant(value);
  const algebra::Kernel& k = algebra::kernel();
  const bool is_sine = algebra::is_call(g_, f, k.sin) || algebra::is_call(g_, f, k.cos);
  const Expansion around = eval::expand(in, f, y, c, eval::Side::both, 2, kBits);
  const bool is_analytic = is_sine || (around.state == Expansion::State::known && around.germ.is_taylor() &&
                                       !around.rough && !around.estimated);
  const Expr slope = algebra::derivative(g_, f, y, in.budget());
  if (!is_sine && is_elementary(g_, slope)) {
    const int side = is_analytic ? 1 : f_.sign(v);
    const Expansion beside =
        is_analytic ? around : eval::expand(in, f, y, c, side > 0 ? eval::Side::right : eval::Side::left, 2, kBits);
    if (beside.state == Expansion::State::undefined)
      not_real("outside the domain of " + std::string(g_.function(f).name));
    if (in.evaluate(value, kBits).state != Outcome::State::enclosed) give_up("a value is not settled");
    const Expr away = expr::multiply(g_, expr::integer(g_, side), s);
    const Expr body = expr::multiply(g_, replaced(g_, slope, y, expr::add(g_, c, away)), expr::integer(g_, side));
    return composed(value, local_antiderivative(body, s), f_.scaled(v, expr::integer(g_, side)));
  }
  if (!is_analytic) give_up("no series of " + std::string(g_.function(f).name) + " is known there");
  const long most = is_sine ? f_.terms() : std::min(f_.terms(), kMostDerivatives);
  Asymptotic series;
  series.end = Rational(most + 1);
  Expr derivative = f;
  Rational factorial = 1;
  for (long n = 1; n <= most; ++n) {
    derivative = n == 1 ? slope : algebra::derivative(g_, derivative, y, in.budget());
    factorial = factorial * Rational(n);
    const Expr a = replaced(g_, derivative, y, c);
    if (!g_.is_zero(a)) series.terms.emplace(n, expr::multiply(g_, g_.rational(factorial.reciprocal()), a));
  }
  return composed(value, series, v);
}

Asymptotic SideExpansion::by_local_series(Expr e) {
  if (algebra::is_piecewise(g_.function(e))) give_up("no series of " + std::string(g_.function(e).name) + " is known");
  const auto args = g_.args(e);
  std::size_t i = args.size();
  for (std::size_t k = 0; k < args.size(); ++k) {
    if (!algebra::depends_deeply(g_, args[k], x_)) continue;
    if (i != args.size()) give_up("more than one argument of " + std::string(g_.function(e).name) + " varies");
    i = k;
  }
  Asymptotic u = of(args[i]);
  const auto* lead = f_.leading(u);
  if (lead == nullptr) {
    if (u.end && u.growth.empty() && (u.end->sign() < 0 || (u.end->is_zero() && !u.strict))) return bounded(e);
    if (!u.growth.empty()) give_up("only a bound of an argument is known");
    return at_number(e, i, u, expr::integer(g_, 0));
  }
  const int side = f_.sign_of(lead->second);
  if (!u.growth.empty()) {
    if (f_.order_of_growth(u.growth)) give_up("the growth of an argument could not be told");
    return f_.sign_of_growth(u.growth) > 0 ? at_infinity(e, i, u, side) : at_number(e, i, u, expr::integer(g_, 0));
  }
  if (lead->first.sign() < 0) return at_infinity(e, i, u, side);
  if (lead->first.sign() > 0) return at_number(e, i, u, expr::integer(g_, 0));
  const Expr c = lead->second;
  if (!f_.has_logarithm(c)) return at_number(e, i, f_.subtract(u, f_.constant(c)), c);
  const SideLimit limit = limit_at_infinity(f_.evaluator(), c, f_.logarithm(), f_.depth() + 1);
  if (limit.kind == SideLimit::Kind::infinite) {
    const std::optional<Expr> value = value_at_infinity(g_, g_.function(e), limit.sign);
    return value && args.size() == 1 ? f_.add(f_.constant(*value), f_.remainder(0, true)) : bounded(e);
  }
  if (limit.kind != SideLimit::Kind::value) give_up("an argument is not settled");
  return at_number(e, i, f_.remainder(0, true), limit.value);
}

Asymptotic SideExpansion::of_gamma(const expr::Function& f, Expr e) {
  const Expr argument = g_.arg(e, 0);
  Asymptotic u = of(argument);
  const auto* lead = f_.leading(u);
  const bool is_digamma = f.name == "digamma";
  const Expr half = g_.rational(Rational(1, 2));
  if (lead != nullptr && (lead->first.sign() < 0 || !u.growth.empty())) {
    if (f_.sign_of(lead->second) < 0) give_up(std::string(f.name) + " has poles there");
    if (!u.growth.empty()) give_up("Stirling's series of an exponential could not be followed");
    const Asymptotic ln = f_.ln(u);
    const Asymptotic inverse = f_.power(u, Rational(-1));
    Asymptotic sum = is_digamma ? f_.subtract(ln, f_.scaled(inverse, half))
                                : f_.subtract(f_.multiply(f_.subtract(u, f_.constant(half)), ln), u);
    if (!is_digamma) sum = f_.add(sum, f_.constant(expr::multiply(g_, half, algebra::built_in(g_, "ln(2*pi)"))));
    const long most = static_cast<long>(bernoulli().size());
    for (long k = 1; k <= most; ++k) {
      const Rational b = bernoulli()[static_cast<std::size_t>(k - 1)] / Rational(2 * k);
      const Rational c = is_digamma ? -b : b / Rational(2 * k - 1);
      sum = f_.add(sum, f_.scaled(f_.power(inverse, Rational(is_digamma ? 2 * k : 2 * k - 1)), g_.rational(c)));
    }
    sum = f_.add(sum, f_.remainder(f_.lowest(inverse) * Rational(2 * most + 1), false));
    return f.name == "gamma" ? f_.exp(sum) : sum;
  }
  const bool is_small = lead == nullptr || lead->first.sign() > 0;
  const Expr c = is_small ? expr::integer(g_, 0) : lead->second;
  const std::optional<long> n = g_.is_number(c) ? g_.number(c).to_long() : std::nullopt;
  if (!n || *n > 0) {
    if (f.name == "lgamma") return of(*algebra::expanded(g_, e));
    return by_local_series(e);
  }
  if (*n < -kMostPoles) give_up("a pole of " + std::string(f.name) + " is too far out");
  if (f.name == "lgamma") return of(*algebra::expanded(g_, e));
  const Expr shifted = expr::add(g_, argument, expr::integer(g_, 1 - *n));
  Asymptotic value = of(algebra::call(g_, f, std::span(&shifted, 1)));
  for (long k = 0; k <= -*n; ++k) {
    const Asymptotic factor = f_.power(of(expr::add(g_, argument, expr::integer(g_, k))), Rational(-1));
    value = is_digamma ? f_.subtract(value, factor) : f_.multiply(value, factor);
  }
  return value;
}

}  // namespace nabla::calc
