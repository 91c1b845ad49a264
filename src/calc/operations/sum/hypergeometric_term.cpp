#include "calc/operations/sum/hypergeometric_term.h"

#include <cstdlib>

#include "expr/rows.h"

namespace nabla::calc {
namespace {

using expr::Expr;
using expr::Graph;
using expr::Kind;
using number::Rational;

constexpr std::size_t kMostDegree = 64;
constexpr long kMostFactorials = 16;
constexpr base::Bits kMostBits = 4096;  // of a base of k

void trim(Coefficients& p) {
  while (!p.empty() && p.back().is_zero()) p.pop_back();
}

bool is_small(const HypergeometricTerm& t) {
  return t.over.size() <= kMostDegree && t.under.size() <= kMostDegree && std::abs(t.factorials) <= kMostFactorials &&
         t.ratio.bits() <= kMostBits;
}

using Found = std::optional<HypergeometricTerm>;

Found multiply(const HypergeometricTerm& a, const HypergeometricTerm& b) {
  HypergeometricTerm r{product_of(a.over, b.over), product_of(a.under, b.under), a.ratio * b.ratio,
                       a.factorials + b.factorials, a.power + b.power};
  if (!is_small(r)) return std::nullopt;
  return r;
}

Found add(const HypergeometricTerm& a, const HypergeometricTerm& b) {
  if (a.ratio != b.ratio || a.factorials != b.factorials || a.power != b.power) return std::nullopt;
  HypergeometricTerm r = a;
  if (a.under == b.under) {
    r.over = sum_of(a.over, b.over);
  } else {
    r.over = sum_of(product_of(a.over, b.under), product_of(b.over, a.under));
    r.under = product_of(a.under, b.under);
  }
  if (!is_small(r)) return std::nullopt;
  return r;
}

class Reader {
 public:
  Reader(const Graph& g, Expr k, base::Budget& budget) : g_(g), k_(k), budget_(budget) {}

  Found read(Expr e, int depth) {
    budget_.check();
    if (depth > kDeepest || ++nodes_ > kMostNodes) return std::nullopt;
    if (e == k_) return HypergeometricTerm{.over = {0, 1}};
    switch (g_.kind(e)) {
      case Kind::rational: {
        HypergeometricTerm t;
        t.over = {g_.number(e)};
        trim(t.over);
        return t;
      }
      case Kind::sum:
      case Kind::product: return fold(e, depth);
      case Kind::power: return power(g_.arg(e, 0), g_.arg(e, 1), depth);
      case Kind::call:
        if (g_.function(e).name == "factorial" && g_.arg(e, 0) == k_) return HypergeometricTerm{.factorials = 1};
        return std::nullopt;
      default: return std::nullopt;
    }
  }

 private:
  static constexpr int kDeepest = 100;
  static constexpr int kMostNodes = 2000;

  Found fold(Expr e, int depth) {
    const bool is_sum = g_.kind(e) == Kind::sum;
    Found total;
    for (const Expr a : g_.args(e)) {
      const Found t = read(a, depth + 1);
      if (!t) return std::nullopt;
      if (!total) {
        total = t;
      } else {
        total = is_sum ? add(*total, *t) : multiply(*total, *t);
      }
      if (!total) return std::nullopt;
    }
    return total;
  }

  Found power(Expr base, Expr exponent, int depth) {
    if (g_.is_number(exponent)) {
      const Rational& q = g_.number(exponent);
      if (const std::optional<long> n = q.to_long()) return integer_power(base, *n, depth);
      if (base == k_ && q.bits() < kMostFactorials) return HypergeometricTerm{.power = q};
      return std::nullopt;
    }
    if (!g_.is_number(base) || g_.number(base).is_zero()) return std::nullopt;
    const Found linear = read(exponent, depth + 1);
    if (!linear || linear->over.size() != 2 || linear->under != Coefficients{1} || !linear->ratio.is_one() ||
        linear->factorials != 0 || !linear->power.is_zero()) {
      return std::nullopt;
    }
    const std::optional<long> shift = linear->over[0].to_long();
    const std::optional<long> slope = linear->over[1].to_long();
    if (!shift || !slope || std::abs(*shift) > kMostShift || std::abs(*slope) > kMostShift) return std::nullopt;
    HypergeometricTerm t;
    t.over = {Rational::power(g_.number(base), *shift)};
    t.ratio = Rational::power(g_.number(base), *slope);
    return is_small(t) ? Found(t) : std::nullopt;
  }

  Found integer_power(Expr base, long n, int depth) {
    if (std::abs(n) > static_cast<long>(kMostDegree)) return std::nullopt;
    Found b = read(base, depth + 1);
    if (!b) return std::nullopt;
    if (n < 0) {
      if (b->over.empty() || !b->power.is_zero()) return std::nullopt;
      std::swap(b->over, b->under);
      b->ratio = b->ratio.reciprocal();
      b->factorials = -b->factorials;
    } else if (!b->power.is_zero()) {
      return std::nullopt;
    }
    Found r = HypergeometricTerm{};
    for (long i = 0; r && i < std::abs(n); ++i) r = multiply(*r, *b);
    return r;
  }

  static constexpr long kMostShift = 64;

  const Graph& g_;
  Expr k_;
  base::Budget& budget_;
  int nodes_ = 0;
};

}  // namespace

Coefficients sum_of(const Coefficients& a, const Coefficients& b) {
  Coefficients r(std::max(a.size(), b.size()));
  for (std::size_t i = 0; i < r.size(); ++i) {
    r[i] = (i < a.size() ? a[i] : Rational(0)) + (i < b.size() ? b[i] : Rational(0));
  }
  trim(r);
  return r;
}

Coefficients product_of(const Coefficients& a, const Coefficients& b) {
  if (a.empty() || b.empty()) return {};
  Coefficients r(a.size() + b.size() - 1);
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) r[i + j] = r[i + j] + a[i] * b[j];
  }
  return r;
}

Coefficients scaled(const Coefficients& a, const Rational& c) {
  Coefficients r = a;
  for (Rational& x : r) x = x * c;
  trim(r);
  return r;
}

Rational value_at(const Coefficients& p, const Rational& x) {
  Rational r;
  for (std::size_t i = p.size(); i-- > 0;) r = r * x + p[i];
  return r;
}

Coefficients composed(const Coefficients& p, const Rational& c, const Rational& m) {
  Coefficients line{c, m};
  trim(line);
  Coefficients r;
  for (std::size_t i = p.size(); i-- > 0;) {
    r = sum_of(product_of(r, line), p[i].is_zero() ? Coefficients{} : Coefficients{p[i]});
  }
  return r;
}

std::optional<HypergeometricTerm> hypergeometric_term(const Graph& g, Expr body, Expr k, base::Budget& budget) {
  return Reader(g, k, budget).read(body, 0);
}

}  // namespace nabla::calc
