#include "expr/write/layout.h"

#include <algorithm>
#include <cmath>
#include <compare>

#include "expr/rows.h"

namespace nabla::expr {
namespace {

int rank_of(Kind kind) {
  switch (kind) {
    case Kind::rational: return 0;
    case Kind::boolean: return 1;
    case Kind::symbol: return 2;
    case Kind::bound: return 3;
    case Kind::parameter: return 4;
    case Kind::call: return 5;
    case Kind::apply: return 6;
    case Kind::product: return 7;
    case Kind::power: return 8;
    case Kind::sum: return 9;
    case Kind::component: return 10;
    case Kind::operation: return 11;
    case Kind::select: return 12;
    case Kind::compare: return 13;
    case Kind::logic: return 14;
  }
  return 15;
}

std::strong_ordering compare(const Graph& g, Expr a, Expr b, int depth) {
  if (a == b) return std::strong_ordering::equal;
  if (g.kind(a) != g.kind(b)) {
    // x and x² are neighbours.
    if (g.kind(a) == Kind::power && g.kind(b) != Kind::rational) {
      const auto base = compare(g, g.arg(a, 0), b, depth + 1);
      return base == 0 ? std::strong_ordering::greater : base;
    }
    if (g.kind(b) == Kind::power && g.kind(a) != Kind::rational) {
      const auto base = compare(g, a, g.arg(b, 0), depth + 1);
      return base == 0 ? std::strong_ordering::less : base;
    }
    return rank_of(g.kind(a)) <=> rank_of(g.kind(b));
  }
  constexpr int kDeepest = 200;
  if (depth > kDeepest) return a <=> b;
  switch (g.kind(a)) {
    case Kind::rational: return g.number(a) <=> g.number(b);
    case Kind::symbol: return g.name(a) <=> g.name(b);
    case Kind::boolean:
    case Kind::bound:
    case Kind::parameter: return a <=> b;
    case Kind::call:
      if (const auto c = g.function(a).name <=> g.function(b).name; c != 0) return c;
      break;
    case Kind::apply:
      if (const auto c = g.recursive(a).name <=> g.recursive(b).name; c != 0) return c;
      break;
    case Kind::operation:
      if (const auto c = g.operation(a).name <=> g.operation(b).name; c != 0) return c;
      break;
    case Kind::sum:
    case Kind::product:
    case Kind::power:
    case Kind::compare:
    case Kind::logic:
    case Kind::select:
    case Kind::component: break;
  }
  const auto x = g.args(a);
  const auto y = g.args(b);
  for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
    if (x[i] == y[i]) continue;
    if (const auto c = compare(g, x[i], y[i], depth + 1); c != 0) return c;
  }
  return x.size() == y.size() ? a <=> b : x.size() <=> y.size();
}

}  // namespace

bool comes_before(const Graph& g, Expr a, Expr b) { return compare(g, a, b, 0) < 0; }

Layout::Layout(const Graph& g, Expr root) : g_(g), traits_(g) {
  const auto is_bars = [&g](Expr e) { return g.kind(e) == Kind::call && g.function(e).notation == Notation::bars; };
  traits_.run(root, [&](Expr e, std::span<const Traits> below) {
    Traits t;
    t.bars_below = std::ranges::any_of(g.args(e), is_bars) || std::ranges::any_of(below, &Traits::bars_below);
    switch (g.kind(e)) {
      case Kind::symbol:
      case Kind::bound:
      case Kind::parameter: t.degree = 1; break;
      case Kind::rational:
      case Kind::boolean: break;
      case Kind::sum: {
        bool any = false;
        for (const Traits& of : below) {
          t.degree = any ? std::max(t.degree, of.degree) : of.degree;
          t.polynomial = t.polynomial && of.polynomial;
          any = true;
        }
        break;
      }
      case Kind::product:
        for (const Traits& of : below) {
          t.degree += of.degree;
          t.polynomial = t.polynomial && of.polynomial;
        }
        break;
      case Kind::power:
        if (g.is_number(g.arg(e, 1))) {
          t.degree = below[0].degree * static_cast<float>(g.number(g.arg(e, 1)).to_double());
          t.polynomial = below[0].polynomial;
        } else {
          t.polynomial = g.is_constant(e);
        }
        break;
      case Kind::call:
      case Kind::apply:
      case Kind::component:
      case Kind::operation:
      case Kind::select:
      case Kind::compare:
      case Kind::logic: t.polynomial = g.is_constant(e); break;
    }
    return t;
  });
}

bool Layout::is_negative(Expr e) const {
  if (g_.is_number(e)) return g_.number(e).sign() < 0;
  return g_.kind(e) == Kind::product && g_.is_number(g_.arg(e, 0)) && g_.number(g_.arg(e, 0)).sign() < 0;
}

namespace {

Factor factor_of(const Graph& g, Expr e) {
  if (g.kind(e) == Kind::power && g.is_number(g.arg(e, 1))) {
    // (1/x)^(-2) is not 1/(1/x)²: they are different nodes.
    const bool nested = g.kind(g.arg(e, 0)) == Kind::power && g.number(g.arg(e, 1)).sign() < 0;
    return nested ? Factor{e, 1, false} : Factor{g.arg(e, 0), g.number(g.arg(e, 1)), false};
  }
  if (g.kind(e) == Kind::call && g.node(e).count == 1 && g.is_number(g.arg(e, 0)) &&
      g.function(e).notation == Notation::exponential) {
    return {e, g.number(g.arg(e, 0)), true};
  }
  return {e, 1, false};
}

}  // namespace

Fraction Layout::fraction(Expr e) const {
  Fraction f;
  const auto add = [&](Expr a) {
    if (g_.is_number(a)) {
      f.negative = g_.number(a).sign() < 0;
      f.numerator = g_.number(a).numerator().abs();
      f.denominator = g_.number(a).denominator();
      return;
    }
    Factor factor = factor_of(g_, a);
    if (factor.exponent.sign() < 0) {
      factor.exponent = -factor.exponent;
      f.under.push_back(std::move(factor));
    } else {
      f.over.push_back(std::move(factor));
    }
  };
  if (g_.kind(e) == Kind::product) {
    for (Expr a : g_.args(e)) add(a);
  } else {
    add(e);
  }
  const auto before = [this](const Factor& a, const Factor& b) { return factor_before(a, b); };
  std::ranges::sort(f.over, before);
  std::ranges::sort(f.under, before);
  return f;
}

// Numbers under roots, constants, powers of symbols, roots, exponentials, polynomials in brackets, functions, the rest.
int Layout::factor_class(const Factor& f) const {
  if (f.is_e) return 1;
  const Kind kind = g_.kind(f.base);
  if (g_.is_constant(f.base) && kind != Kind::sum && (kind != Kind::call || g_.node(f.base).count == 0)) {
    return g_.is_number(f.base) ? 0 : 1;
  }
  const bool whole = f.exponent.is_integer();
  switch (kind) {
    case Kind::symbol:
    case Kind::bound:
    case Kind::parameter: return whole ? 2 : 3;
    case Kind::power: return 5;
    case Kind::call: return g_.function(f.base).notation == Notation::exponential ? 5 : 7;
    case Kind::sum: return !whole ? 4 : traits(f.base).polynomial ? 6 : 8;
    case Kind::rational:
    case Kind::boolean: return 0;
    case Kind::product: return whole ? 6 : 4;
    case Kind::apply:
    case Kind::component:
    case Kind::operation: return 7;
    case Kind::select:
    case Kind::compare:
    case Kind::logic: return 9;
  }
  return 9;
}

bool Layout::factor_before(const Factor& a, const Factor& b) const {
  const int x = factor_class(a);
  const int y = factor_class(b);
  if (x != y) return x < y;
  if (a.base != b.base) return comes_before(g_, a.base, b.base);
  return a.exponent < b.exponent;
}

namespace {

// The place of a term in a sum: powers of symbols, then functions, then constants and negative powers.
int term_class(bool constant, bool polynomial, float degree) {
  if (constant) return 2;
  if (!polynomial) return 1;
  return degree > 0 ? 0 : 2;
}

}  // namespace

bool Layout::term_before(Expr a, Expr b, Order order) const {
  const Traits& x = traits(a);
  const Traits& y = traits(b);
  if (order == Order::ascending) {
    if (x.degree != y.degree) return x.degree < y.degree;
    return comes_before(g_, a, b);
  }
  const int cx = term_class(g_.is_constant(a), x.polynomial, x.degree);
  const int cy = term_class(g_.is_constant(b), y.polynomial, y.degree);
  if (cx != cy) return cx < cy;
  if (x.degree != y.degree) {
    if (cx != 1 || (x.degree < 0) != (y.degree < 0)) return x.degree > y.degree;
    return std::abs(x.degree) < std::abs(y.degree);
  }
  if (g_.is_number(a) || g_.is_number(b)) {
    const bool first = g_.is_number(a);
    const Rational& q = g_.number(first ? a : b);
    return first == (q.sign() > 0);
  }
  // The same degree: x² before x·y before y², then by name.
  const Fraction f = fraction(a);
  const Fraction h = fraction(b);
  for (std::size_t i = 0; i < std::min(f.over.size(), h.over.size()); ++i) {
    const Factor& p = f.over[i];
    const Factor& q = h.over[i];
    if (p.base != q.base) {
      const int px = factor_class(p);
      const int qx = factor_class(q);
      return px != qx ? px < qx : comes_before(g_, p.base, q.base);
    }
    if (p.exponent != q.exponent) return p.exponent > q.exponent;
  }
  if (f.over.size() != h.over.size()) return f.over.size() > h.over.size();
  return comes_before(g_, a, b);
}

std::vector<Expr> Layout::terms(Expr sum, Order order) const {
  const auto args = g_.args(sum);
  std::vector<Expr> result(args.begin(), args.end());
  std::ranges::sort(result, [&](Expr a, Expr b) { return term_before(a, b, order); });
  if (result.size() == 2 && order == Order::descending && is_negative(result[0]) && !is_negative(result[1])) {
    std::swap(result[0], result[1]);
  }
  return result;
}

}  // namespace nabla::expr
