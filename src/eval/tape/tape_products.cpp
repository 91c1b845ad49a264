// TapeCompiler (tape_compiler.h): sums, products and powers, with fused multiply-add, Horner's rule and shared factors.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "eval/tape/tape_compiler.h"
#include "number/functions/functions.h"

namespace nabla::eval {
namespace {

using expr::Kind;

constexpr long kMaxPower = 1024;  // by repeated squaring; larger ones by pow
constexpr long kMaxDegree = 64;

}  // namespace

// Sums.

bool TapeCompiler::compile_polynomial(std::span<const Expr> terms, Id& result) {
  if (terms.size() < 3) return false;
  std::vector<Rational> coefficients;
  std::optional<Expr> base;
  for (Expr t : terms) {
    Rational c = 1;
    if (g_.kind(t) == Kind::product && g_.args(t).size() == 2 && g_.is_number(g_.arg(t, 0)) && deferred(t)) {
      c = g_.number(g_.arg(t, 0));
      t = g_.arg(t, 1);
    }
    long degree = 1;
    Expr b = t;
    if (g_.is_number(t)) {
      c = g_.number(t);
      degree = 0;
    } else if (g_.kind(t) == Kind::power && g_.is_number(g_.arg(t, 1))) {
      const std::optional<long> n = g_.number(g_.arg(t, 1)).to_long();
      if (n && *n >= 2 && *n <= kMaxDegree) {
        degree = *n;
        b = g_.arg(t, 0);
      }
    }
    if (degree > 0) {
      if (base && *base != b) return false;
      base = b;
    }
    const auto d = static_cast<std::size_t>(degree);
    if (coefficients.size() <= d) coefficients.resize(d + 1);
    if (!coefficients[d].is_zero()) return false;
    coefficients[d] = c;
  }
  if (!base || !depends(*base)) return false;
  const Id x = value(*base);
  if (!infos_[x].varying) return false;
  // Polynomials in a power of x, such as even ones.
  long step = 0;
  for (std::size_t d = 1; d < coefficients.size(); ++d) {
    if (!coefficients[d].is_zero()) step = std::gcd(step, static_cast<long>(d));
  }
  if (coefficients.size() > 2 * static_cast<std::size_t>(step) * terms.size() + 1) return false;
  Instruction i;
  i.code = Code::polynomial;
  i.coefficients = static_cast<std::uint32_t>(tape_.coefficients_.size());
  for (std::size_t d = 0; d < coefficients.size(); d += static_cast<std::size_t>(step)) {
    const double c = coefficients[d].to_double();
    tape_.coefficients_.push_back(c);
    tape_.coefficient_errors_.push_back(
        std::isfinite(c) && Rational::from_double(c) == coefficients[d] ? 0 : rounding_of(c));
    ++i.n;
  }
  result = emit(i, {integer_power(x, step)});
  return true;
}

TapeCompiler::Id TapeCompiler::compile_sum(Expr e) {
  const auto args = g_.args(e);
  Id result = 0;
  if (compile_polynomial(args, result)) return result;
  // Terms that are the same for all points come first; the sum starts with a term that is no product.
  base::SmallVector<Expr, 16> terms;
  for (Expr t : args) {
    if (!depends(t)) terms.push_back(t);
  }
  for (Expr t : args) {
    if (depends(t)) terms.push_back(t);
  }
  const auto start = std::ranges::find_if(terms, [this](Expr t) { return !deferred(t); });
  const auto positive = std::ranges::find_if(terms, [this](Expr t) {
    return g_.kind(t) != Kind::product || !g_.is_number(g_.arg(t, 0)) || g_.number(g_.arg(t, 0)).sign() > 0;
  });
  if (start != terms.end()) {
    std::rotate(terms.begin(), start, start + 1);
  } else if (positive != terms.end()) {
    std::rotate(terms.begin(), positive, positive + 1);
  }
  result = value(terms[0]);
  for (std::size_t i = 1; i < terms.size(); ++i) result = add_term(result, terms[i]);
  return result;
}

TapeCompiler::Id TapeCompiler::add_term(Id sum, Expr term) {
  if (!deferred(term) || !depends(term)) return binary(Code::add, sum, value(term));
  Factors f;
  find_factors(term, f);
  if (!f.under.empty()) {
    const bool negative = f.coefficient.sign() < 0;
    if (negative) f.coefficient = -f.coefficient;
    return binary(negative ? Code::subtract : Code::add, sum, product_of(f));
  }
  if (!f.coefficient.abs().is_one()) {
    return ternary(Code::multiply_add, constant(f.coefficient), product_of(f.over), sum);
  }
  const bool negative = f.coefficient.sign() < 0;
  if (f.over.size() == 1) return binary(negative ? Code::subtract : Code::add, sum, f.over[0]);
  const Id last = f.over.back();
  f.over.pop_back();
  return ternary(negative ? Code::subtract_product : Code::multiply_add, product_of(f.over), last, sum);
}

// Products and powers.

// Whether it is a reciprocal used once, which becomes a division.
bool TapeCompiler::divides(Expr factor) {
  return g_.kind(factor) == Kind::power && g_.is_number(g_.arg(factor, 1)) && g_.number(g_.arg(factor, 1)).sign() < 0 &&
         deferred(factor);
}

void TapeCompiler::find_factors(Expr e, Factors& f) {
  if (const auto shared = shared_.find(e.id); shared != shared_.end()) {
    const auto stands_in = [](std::span<const std::uint32_t> list, Expr a) {
      return std::ranges::find(list, a.id) != list.end();
    };
    const auto before = candidates_[shared->second];
    const auto after = paired_[shared->second];
    for (Expr a : g_.args(e)) {
      if (!stands_in(before, a) || stands_in(after, a)) add_factor(a, f);
    }
    for (std::uint32_t p : after) {
      if (p >= FactorLists::kFirstPair) f.over.push_back(pair_value(p));
    }
  } else if (g_.kind(e) == Kind::product) {
    for (Expr a : g_.args(e)) add_factor(a, f);
  } else {
    add_factor(e, f);
  }
  // Terms computed once for all points are neighbours.
  std::size_t single = 0;
  for (std::size_t i = 0; i < f.over.size(); ++i) {
    if (infos_[f.over[i]].varying) continue;
    std::rotate(f.over.begin() + single, f.over.begin() + i, f.over.begin() + i + 1);
    ++single;
  }
}

void TapeCompiler::add_factor(Expr e, Factors& f) {
  if (g_.is_number(e)) {
    f.coefficient = f.coefficient * g_.number(e);
  } else if (depends(e) && deferred(e) && g_.kind(e) == Kind::power) {
    const Rational& q = g_.number(g_.arg(e, 1));
    const Id base = value(g_.arg(e, 0));
    if (q == Rational(2)) {
      f.over.push_back(base);
      f.over.push_back(base);
    } else {
      (q.sign() < 0 ? f.under : f.over).push_back(rational_power(base, q.abs()));
    }
  } else {
    f.over.push_back(value(e));
  }
}

TapeCompiler::Id TapeCompiler::product_of(std::span<const Id> factors) {
  Id result = factors[0];
  for (Id f : factors.subspan(1)) result = binary(Code::multiply, result, f);
  return result;
}

// Factors that are the same for all points are multiplied first, and the varying rest last: a sum over the points then
// needs their product only once.
TapeCompiler::Id TapeCompiler::product_of(const Factors& f) {
  const std::span<const Id> over(f.over);
  const auto varying =
      static_cast<std::size_t>(std::ranges::find_if(over, [this](Id i) { return infos_[i].varying; }) - over.begin());
  const bool negative = f.coefficient == Rational(-1);
  Id single = kNoSlot;
  if (over.empty() || (!f.coefficient.is_one() && !negative)) single = constant(f.coefficient);
  for (Id i : over.first(varying)) single = single == kNoSlot ? i : binary(Code::multiply, single, i);
  if (negative && varying > 0) single = unary(Code::negate, single);
  Id result = single;
  if (varying < over.size()) {
    result = product_of(over.subspan(varying));
    if (single != kNoSlot) result = binary(Code::multiply, single, result);
    if (negative && varying == 0) result = unary(Code::negate, result);
  }
  return f.under.empty() ? result : binary(Code::divide, result, product_of(f.under));
}

TapeCompiler::Id TapeCompiler::integer_power(Id base, long n) {
  if (n == 1) return base;
  if (!infos_[base].varying) {
    Id result = base;
    for (long i = 1; i < n && n <= 4; ++i) result = binary(Code::multiply, result, base);
    if (n <= 4) return result;
  }
  Instruction i;
  i.code = Code::power;
  i.n = n;
  return emit(i, {base});
}

TapeCompiler::Id TapeCompiler::rational_power(Id base, const Rational& q) {
  if (q.is_zero()) return constant(Rational(1));
  const std::optional<long> n = q.to_long();
  if (n && *n <= kMaxPower) return integer_power(base, *n);
  const std::optional<long> denominator = q.denominator().to_long();
  const std::optional<long> whole = q.floor().to_long();
  if (denominator == 2 && *whole <= kMaxPower) {
    const Id root = unary(Code::square_root, base);
    return *whole == 0 ? root : binary(Code::multiply, integer_power(base, *whole), root);
  }
  const std::optional<long> numerator = q.numerator().to_long();
  if (denominator == 3 && numerator && *numerator <= kMaxPower) {
    return integer_power(routine(number::forms::cbrt.vector, base), *numerator);
  }
  const number::VectorForm& pow = functions::power_routine;
  const Id exponent = constant(q);
  if (q.is_integer() || !q.denominator_is_odd()) return routine(pow, base, exponent);
  const Id magnitude = routine(pow, unary(Code::absolute, base), exponent);
  if ((q.numerator() * Rational(1, 2)).is_integer()) return magnitude;
  return binary(Code::multiply, magnitude, unary(Code::sign, base));
}

TapeCompiler::Id TapeCompiler::compile_power(Expr e) {
  const Expr base = g_.arg(e, 0);
  const Expr exponent = g_.arg(e, 1);
  if (!g_.is_number(exponent)) return routine(functions::power_routine, value(base), value(exponent));
  const Rational& q = g_.number(exponent);
  const Id positive = rational_power(value(base), q.abs());
  return q.sign() < 0 ? binary(Code::divide, constant(Rational(1)), positive) : positive;
}

// Only factors used more than once can be shared. Divisions are excluded, and so are numbers where sums over rows are
// likely, since these are multiplied by them once.
void TapeCompiler::share_common_factors(std::span<const Expr> needed) {
  std::vector<std::uint32_t> owners;
  base::SmallVector<std::uint32_t, 16> list;
  for (Expr e : needed) {
    if (g_.kind(e) != Kind::product) continue;
    list.clear();
    for (Expr a : g_.args(e)) {
      const bool apart = g_.is_number(a) && (!tape_.parameters_.empty() || g_.number(a).abs().is_one());
      if (info(a).uses > 1 && !apart && !divides(a)) list.push_back(a.id);
    }
    if (list.size() < 2) continue;
    candidates_.add(list);
    owners.push_back(e.id);
  }
  if (owners.size() < 2) return;
  paired_ = candidates_;
  pairs_ = paired_.share();
  pair_values_.assign(pairs_.size(), kNoSlot);
  for (std::size_t i = 0; i < owners.size(); ++i) {
    if (paired_[i].size() < candidates_[i].size()) shared_[owners[i]] = i;
  }
}

TapeCompiler::Id TapeCompiler::pair_value(std::uint32_t pair) {
  Id& known = pair_values_[pair - FactorLists::kFirstPair];
  if (known != kNoSlot) return known;
  const auto member = [this](std::uint32_t f) { return f >= FactorLists::kFirstPair ? pair_value(f) : value(Expr{f}); };
  const auto [a, b] = pairs_[pair - FactorLists::kFirstPair];
  const Id first = member(a);
  const Id second = member(b);
  return pair_values_[pair - FactorLists::kFirstPair] = binary(Code::multiply, first, second);
}

}  // namespace nabla::eval
