#include "calc/asymptotics/asymptotic.h"

#include <utility>
#include <vector>

#include "algebra/rules/call.h"
#include "algebra/simplify/equality.h"
#include "base/error.h"
#include "calc/asymptotics/side_limit.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;
using eval::Outcome;

constexpr number::Bits kMostBits = 1024;  // of a decision whether a constant is 0
constexpr number::Bits kProofBits = 128;  // after which a proof is tried
constexpr long kLargestPower = 64;        // that is multiplied out

Expr call(Graph& g, const expr::Function* f, Expr a) { return algebra::call(g, *f, std::span(&a, 1)); }

void add_term(Graph& g, Asymptotic::Terms& terms, const Rational& p, Expr c) {
  const auto [at, is_new] = terms.try_emplace(p, c);
  if (!is_new) at->second = expr::add(g, at->second, c);
  if (g.is_zero(at->second)) terms.erase(at);
}

bool is_beyond(const Asymptotic& a, const Rational& p) { return a.end && (a.strict ? p > *a.end : p >= *a.end); }

// The remainder of two together.
void join_ends(Asymptotic& a, const std::optional<Rational>& end, bool strict) {
  if (!end) return;
  if (!a.end || *end < *a.end) {
    a.end = end;
    a.strict = strict;
  } else if (*end == *a.end) {
    a.strict = a.strict && strict;
  }
}

}  // namespace

void give_up(std::string why) { throw Error(Code::undecided, {}, std::move(why)); }
void not_real(std::string why) { throw Error(Code::domain, {}, std::move(why)); }

AsymptoticField::AsymptoticField(eval::Evaluator& in, long terms, int depth)
    : in_(in), g_(in.graph()), terms_(terms), depth_(depth), log_(in.graph().fresh_symbol()) {
  if (depth > kDeepest) give_up("logarithms are nested too deeply");
}

Asymptotic AsymptoticField::constant(Expr c) const { return monomial(c, 0); }

Asymptotic AsymptoticField::monomial(Expr c, const Rational& exponent) const {
  Asymptotic a;
  if (!g_.is_zero(c)) a.terms.emplace(exponent, c);
  return a;
}

Asymptotic AsymptoticField::remainder(const Rational& end, bool strict) const {
  Asymptotic a;
  a.end = end;
  a.strict = strict;
  return a;
}

void AsymptoticField::cut(Asymptotic& a) const {
  while (!a.terms.empty() && is_beyond(a, a.terms.rbegin()->first)) a.terms.erase(std::prev(a.terms.end()));
  while (static_cast<long>(a.terms.size()) > terms_) {
    a.end = a.terms.rbegin()->first;
    a.strict = false;
    a.terms.erase(std::prev(a.terms.end()));
  }
}

Rational AsymptoticField::lowest(const Asymptotic& a) const {
  return a.terms.empty() ? a.end.value_or(0) : a.terms.begin()->first;
}

bool AsymptoticField::has_logarithm(Expr c) const { return expr::depends_on(g_, c, log_); }

int AsymptoticField::sign_of(Expr c) {
  if (g_.is_number(c)) return g_.number(c).sign();
  if (const auto known = signs_.find(c.id); known != signs_.end()) return known->second;
  return signs_[c.id] = decided_sign(c);
}

int AsymptoticField::decided_sign(Expr c) {
  in_.budget().check();
  if (has_logarithm(c)) {
    if (algebra::proven_equal(g_, c, expr::integer(g_, 0), in_.budget())) return 0;
    return eventual_sign(in_, c, log_, depth_ + 1);
  }
  for (number::Bits bits = 64; bits <= kMostBits; bits *= 2) {
    const Outcome o = in_.evaluate(c, bits);
    if (o.state == Outcome::State::undefined) throw Error(*o.reason);
    if (o.state == Outcome::State::enclosed) {
      if (o.exact) return o.exact->sign();
      if (o.ball.is_positive()) return 1;
      if (o.ball.is_negative()) return -1;
    }
    const bool is_time = bits == kProofBits;
    if (is_time && algebra::proven_equal(g_, c, expr::integer(g_, 0), in_.budget())) return 0;
  }
  give_up("whether a coefficient is 0 could not be decided");
}

const Asymptotic::Terms::value_type* AsymptoticField::leading(Asymptotic& a) {
  while (!a.terms.empty()) {
    if (sign_of(a.terms.begin()->second) != 0) return &*a.terms.begin();
    a.terms.erase(a.terms.begin());
  }
  return nullptr;
}

int AsymptoticField::sign(Asymptotic a) {
  if (const auto* term = leading(a)) return sign_of(term->second);
  if (a.is_exact()) return 0;
  give_up("a sign near the point could not be decided");
}

int AsymptoticField::sign_of_growth(Asymptotic::Terms growth) {
  Asymptotic a;
  a.terms = std::move(growth);
  return sign(std::move(a));
}

std::optional<Expr> AsymptoticField::order_of_growth(const Asymptotic::Terms& growth) {
  Asymptotic a;
  a.terms = growth;
  const auto* term = leading(a);
  if (term == nullptr || term->first.sign() < 0) return std::nullopt;
  const SideLimit ratio = limit_at_infinity(in_, expr::divide(g_, term->second, log_), log_, depth_ + 1);
  if (ratio.kind == SideLimit::Kind::infinite) return std::nullopt;
  if (ratio.kind != SideLimit::Kind::value) give_up("the growth of an exponential could not be told");
  return ratio.value;
}

Asymptotic AsymptoticField::add(const Asymptotic& a, const Asymptotic& b) {
  if (a.terms.empty() && a.is_exact()) return b;
  if (b.terms.empty() && b.is_exact()) return a;
  Asymptotic::Terms difference = a.growth;
  for (const auto& [p, c] : b.growth) add_term(g_, difference, p, expr::negate(g_, c));
  const int order = sign_of_growth(difference);
  if (order == 0) {
    Asymptotic sum = a;
    for (const auto& [p, c] : b.terms) add_term(g_, sum.terms, p, c);
    join_ends(sum, b.end, b.strict);
    cut(sum);
    return sum;
  }
  Asymptotic greater = order > 0 ? a : b;
  Asymptotic smaller = order > 0 ? b : a;
  if (leading(greater) == nullptr && greater.is_exact()) return smaller;
  Rational end = greater.terms.empty() ? *greater.end : greater.terms.rbegin()->first + Rational(1);
  if (const std::optional<Expr> c = order_of_growth(difference)) {
    const Outcome o = in_.evaluate(*c, kProofBits);
    if (!o.has_value()) give_up("the growth of an exponential could not be told");
    const double least = std::min(std::abs(o.ball.lower()), std::abs(o.ball.upper())) / 2;
    if (!(least < 1e6)) give_up("the growth of an exponential could not be told");
    end = std::min(end, lowest(smaller) + Rational::from_double(least));
  }
  join_ends(greater, end, false);
  cut(greater);
  return greater;
}

Asymptotic AsymptoticField::scaled(const Asymptotic& a, Expr c) { return multiply(a, constant(c)); }

Asymptotic AsymptoticField::subtract(const Asymptotic& a, const Asymptotic& b) {
  return add(a, scaled(b, expr::integer(g_, -1)));
}

Asymptotic AsymptoticField::multiply(const Asymptotic& a, const Asymptotic& b) {
  Asymptotic product;
  if ((a.terms.empty() && a.is_exact()) || (b.terms.empty() && b.is_exact())) return product;
  // o(h^p) stays that only beside what is bounded by a power of h alone.
  const auto end_beside = [&](const Asymptotic& inexact, const Asymptotic& other) {
    if (inexact.is_exact()) return;
    const bool is_pure = other.terms.empty() ? other.strict : !has_logarithm(other.terms.begin()->second);
    const Rational end = *inexact.end + lowest(other);
    const bool lowers = inexact.strict && !is_pure;
    join_ends(product, lowers ? end - Rational(1, 8) : end, inexact.strict && is_pure);
  };
  end_beside(a, b);
  end_beside(b, a);
  for (const auto& [p, c] : a.terms) {
    in_.budget().check();
    for (const auto& [q, d] : b.terms) {
      if (is_beyond(product, p + q)) break;
      add_term(g_, product.terms, p + q, expr::multiply(g_, c, d));
    }
  }
  product.growth = a.growth;
  for (const auto& [p, c] : b.growth) add_term(g_, product.growth, p, c);
  if (!a.growth.empty() && !b.growth.empty() && sign_of_growth(product.growth) == 0) product.growth.clear();
  cut(product);
  return product;
}

template <class Coefficient>
Asymptotic AsymptoticField::composed(const Asymptotic& v, Coefficient c) {
  Asymptotic sum = constant(c(0));
  if (v.terms.empty() && v.is_exact()) return sum;
  const Rational step = lowest(v);
  const long most = step.sign() > 0 ? terms_ : 1;
  Asymptotic power = constant(expr::integer(g_, 1));
  for (long k = 1; k <= most; ++k) {
    power = multiply(power, v);
    const Expr factor = c(k);
    if (!g_.is_zero(factor)) sum = add(sum, scaled(power, factor));
    if (sum.end && step * Rational(k + 1) >= *sum.end) return sum;
  }
  if (step.sign() > 0) join_ends(sum, step * Rational(most + 1), false);
  cut(sum);
  return sum;
}

Asymptotic AsymptoticField::power(const Asymptotic& given, const Rational& q) {
  if (q.is_zero()) return constant(expr::integer(g_, 1));
  if (q.is_one()) return given;
  Asymptotic a = given;
  const auto* lead = leading(a);
  const std::optional<long> whole = q.to_long();
  if (lead == nullptr && a.is_exact()) {
    if (q.sign() < 0) not_real("division by zero");
    return a;
  }
  if (lead == nullptr || (whole && *whole > 0 && *whole <= kLargestPower && a.is_exact() && a.terms.size() > 1)) {
    if (!whole || *whole < 0 || *whole > kLargestPower) give_up("only a bound is known of what is raised to a power");
    Asymptotic product = a;
    for (long k = 1; k < *whole; ++k) product = multiply(product, a);
    return product;
  }
  const auto [p, c] = *lead;
  if (!q.denominator_is_odd() && sign_of(c) < 0) not_real("the root of what is negative near the point");
  Asymptotic v = a;
  v.growth.clear();
  v = multiply(v, monomial(expr::power(g_, c, -1L), -p));
  v.terms.erase(Rational(0));
  Rational binomial = 1;
  Asymptotic result = composed(v, [&](long k) {
    if (k > 0) binomial = binomial * (q - Rational(k - 1)) / Rational(k);
    return g_.rational(binomial);
  });
  result = multiply(result, monomial(expr::power(g_, c, g_.rational(q)), p * q));
  for (const auto& [exponent, w] : a.growth) {
    add_term(g_, result.growth, exponent, expr::multiply(g_, g_.rational(q), w));
  }
  return result;
}

Asymptotic AsymptoticField::ln(const Asymptotic& given) {
  Asymptotic a = given;
  const auto* lead = leading(a);
  if (lead == nullptr) {
    if (a.is_exact()) not_real("the logarithm of 0");
    give_up("only a bound is known of what a logarithm is taken of");
  }
  const auto [p, c] = *lead;
  if (sign_of(c) < 0) not_real("the logarithm of what is negative near the point");
  Asymptotic v = a;
  v.growth.clear();
  v = multiply(v, monomial(expr::power(g_, c, -1L), -p));
  v.terms.erase(Rational(0));
  Asymptotic result = composed(v, [&](long k) {
    if (k == 0) return expr::integer(g_, 0);
    return g_.rational(Rational(k % 2 == 1 ? 1 : -1, k));
  });
  Asymptotic front;
  front.terms = a.growth;
  add_term(g_, front.terms, 0, call(g_, algebra::kernel().ln, c));
  add_term(g_, front.terms, 0, expr::multiply(g_, g_.rational(-p), log_));
  return add(front, result);
}

AsymptoticField::Exponential AsymptoticField::exponential(Expr c) {
  std::vector<Expr> summands{c};
  if (g_.kind(c) == expr::Kind::sum) summands.assign(g_.args(c).begin(), g_.args(c).end());
  if (g_.kind(c) == expr::Kind::product && g_.args(c).size() == 2 && g_.is_number(g_.arg(c, 0)) &&
      g_.kind(g_.arg(c, 1)) == expr::Kind::sum) {
    summands.clear();
    for (Expr s : g_.args(g_.arg(c, 1))) summands.push_back(expr::multiply(g_, g_.arg(c, 0), s));
  }
  Exponential result{0, expr::integer(g_, 1), expr::integer(g_, 0)};
  Expr rest = expr::integer(g_, 0);
  for (Expr s : summands) {
    Rational q = 1;
    Expr factor = s;
    if (g_.kind(s) == expr::Kind::product && g_.args(s).size() == 2 && g_.is_number(g_.arg(s, 0))) {
      q = g_.number(g_.arg(s, 0));
      factor = g_.arg(s, 1);
    }
    if (factor == log_) {
      result.exponent = result.exponent - q;
    } else if (algebra::is_call(g_, factor, algebra::kernel().ln)) {
      result.coefficient = expr::multiply(g_, result.coefficient, expr::power(g_, g_.arg(factor, 0), g_.rational(q)));
    } else if (!has_logarithm(s)) {
      result.coefficient = expr::multiply(g_, result.coefficient, call(g_, algebra::kernel().exp, s));
    } else {
      rest = expr::add(g_, rest, s);
    }
  }
  if (g_.is_zero(rest)) return result;
  const SideLimit ratio = limit_at_infinity(in_, expr::divide(g_, rest, log_), log_, depth_ + 1);
  const bool is_small = ratio.kind == SideLimit::Kind::value && g_.is_zero(ratio.value);
  if (ratio.kind == SideLimit::Kind::value || ratio.kind == SideLimit::Kind::infinite) {
    Expr& where = is_small ? result.coefficient : result.growth;
    where = is_small ? expr::multiply(g_, where, call(g_, algebra::kernel().exp, rest)) : rest;
    return result;
  }
  give_up("the growth of an exponential could not be told");
}

Asymptotic AsymptoticField::exp(const Asymptotic& given) {
  Asymptotic a = given;
  const auto beyond_all_powers = [&] { return remainder(Rational(terms_), false); };
  if (!a.growth.empty()) {
    // e^growth · h^p beyond all powers, or as h^(p - c).
    const std::optional<Expr> c = order_of_growth(a.growth);
    const int order = c ? sign_of(expr::subtract(g_, g_.rational(lowest(a)), *c)) : -sign_of_growth(a.growth);
    if (order > 0) return add(constant(expr::integer(g_, 1)), c ? remainder(0, true) : beyond_all_powers());
    if (order < 0 && sign(a) < 0) return beyond_all_powers();
    give_up("an exponential of an exponential could not be followed");
  }
  if (a.end && (a.end->sign() < 0 || (a.end->is_zero() && !a.strict))) {
    const auto* lead = leading(a);
    if (lead != nullptr && lead->first.sign() < 0 && sign_of(lead->second) < 0) return beyond_all_powers();
    give_up("only a bound is known of an exponent");
  }
  Asymptotic v = a;
  Asymptotic front = constant(expr::integer(g_, 1));
  while (!v.terms.empty() && v.terms.begin()->first.sign() <= 0) {
    const auto [p, c] = *v.terms.begin();
    v.terms.erase(v.terms.begin());
    if (p.sign() < 0) {
      if (sign_of(c) != 0) front.growth.emplace(p, c);
      continue;
    }
    const Exponential e = exponential(c);
    Asymptotic factor = monomial(e.coefficient, e.exponent);
    if (!g_.is_zero(e.growth)) factor.growth.emplace(0, e.growth);
    front = multiply(front, factor);
  }
  Rational factorial = 1;
  return multiply(front, composed(v, [&](long k) {
                    if (k > 0) factorial = factorial * Rational(k);
                    return g_.rational(factorial.reciprocal());
                  }));
}

}  // namespace nabla::calc
