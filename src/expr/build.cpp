#include "expr/build.h"

#include <algorithm>
#include <functional>

#include "base/error.h"
#include "base/small_vector.h"
#include "expr/radical.h"

namespace nabla::expr {
namespace {

constexpr std::size_t kFew = 12;  // operands stored without an allocation
template <class T>
using List = base::SmallVector<T, kFew>;

// Stable: terms with equal keys become neighbours in their order.
template <class T, class Key>
void bring_together(List<T>& list, Key key) {
  if (list.size() > kFew) {
    std::ranges::stable_sort(list, {}, key);
    return;
  }
  for (std::size_t i = 1; i < list.size(); ++i) {
    for (std::size_t k = i; k > 0 && std::invoke(key, list[k]) < std::invoke(key, list[k - 1]); --k) {
      std::swap(list[k], list[k - 1]);
    }
  }
}

struct Term {
  Expr rest;
  std::optional<Expr> whole;  // the node coefficient·rest, if there is one
  Rational coefficient;
};

// c·rest with a rational c, as one node.
Expr scaled(Graph& g, const Rational& c, Expr rest) {
  if (c.is_one()) return rest;
  List<Expr> args;
  args.push_back(g.rational(c));
  if (g.kind(rest) == Kind::product) {
    args.append(g.args(rest));
  } else {
    args.push_back(rest);
  }
  return g.make(Kind::product, args);
}

// Splits c·rest; a number is 1 times itself.
Term split(Graph& g, Expr e) {
  if (g.kind(e) != Kind::product || !g.is_number(g.arg(e, 0))) return {e, e, 1};
  const auto args = g.args(e);
  const Expr rest = args.size() == 2 ? args[1] : g.make(Kind::product, args.subspan(1));
  return {rest, e, g.number(args[0])};
}

// Appends the terms of scale·e; a null scale is 1.
void collect_terms(Graph& g, Expr e, const Rational* scale, Rational& constant, List<Term>& terms) {
  if (g.is_number(e)) {
    constant = constant + (scale == nullptr ? g.number(e) : *scale * g.number(e));
  } else if (g.kind(e) == Kind::sum) {
    for (Expr a : g.args(e)) collect_terms(g, a, scale, constant, terms);
  } else {
    Term t = split(g, e);
    if (scale != nullptr) {
      t.coefficient = *scale * t.coefficient;
      t.whole.reset();
    }
    if (g.kind(t.rest) == Kind::sum) {
      collect_terms(g, t.rest, &t.coefficient, constant, terms);
    } else {
      terms.push_back(std::move(t));
    }
  }
}

}  // namespace

Expr integer(Graph& g, long n) { return g.rational(Rational(n)); }

Expr sum(Graph& g, std::span<const Expr> given) {
  Rational constant;
  List<Term> terms;
  for (Expr e : given) collect_terms(g, e, nullptr, constant, terms);
  bring_together(terms, &Term::rest);
  List<Expr> args;
  args.push_back(Expr{});  // filled by the constant
  for (std::size_t i = 0; i < terms.size();) {
    Term& first = terms[i];
    std::size_t end = i + 1;
    while (end < terms.size() && terms[end].rest == first.rest) ++end;
    if (end == i + 1 && first.whole) {
      args.push_back(*first.whole);
    } else {
      for (std::size_t k = i + 1; k < end; ++k) first.coefficient = first.coefficient + terms[k].coefficient;
      if (!first.coefficient.is_zero() || !g.is(first.rest, kTotal)) {
        args.push_back(scaled(g, first.coefficient, first.rest));
      }
    }
    i = end;
  }
  const std::span<Expr> with_constant(args);
  const std::span<Expr> rest = with_constant.subspan(1);
  if (rest.empty()) return g.rational(constant);
  std::ranges::sort(rest);
  if (constant.is_zero()) return rest.size() == 1 ? rest[0] : g.make(Kind::sum, rest);
  with_constant[0] = g.rational(constant);
  return g.make(Kind::sum, with_constant);
}

namespace {

// base^exponent; without an exponent it is 1.
struct Factor {
  Expr base;
  std::optional<Expr> exponent;
  Expr whole;
};

// Gathers the factors of a product: numbers into `constant`, powers with rational exponents as base and exponent.
void collect_factors(Graph& g, Expr e, Rational& constant, List<Factor>& factors) {
  switch (g.kind(e)) {
    case Kind::rational: constant = constant * g.number(e); break;
    case Kind::product:
      for (Expr a : g.args(e)) collect_factors(g, a, constant, factors);
      break;
    case Kind::power:
      if (g.is_number(g.arg(e, 1))) {
        factors.push_back({g.arg(e, 0), g.arg(e, 1), e});
        break;
      }
      [[fallthrough]];
    default: factors.push_back({e, std::nullopt, e});
  }
}

// Whether base^a · base^b is base^(a + b) wherever either side is defined.
bool exponents_add(const Graph& g, Expr base, const Rational& a, const Rational& b) {
  if (g.is(base, kPositive)) return true;
  if (a.sign() != b.sign()) return false;
  if (a.denominator_is_odd() && b.denominator_is_odd()) return true;
  return g.is(base, kNonnegative) && a.sign() > 0;
}

}  // namespace

Expr product(Graph& g, std::span<const Expr> given) {
  Rational constant = 1;
  List<Factor> factors;
  for (Expr e : given) collect_factors(g, e, constant, factors);
  bring_together(factors, &Factor::base);
  List<Expr> args;
  args.push_back(Expr{});  // filled by the constant
  Rational radicand = 1;   // square roots of numbers are joined into one root
  bool regroup = false;
  const auto add = [&](Expr f) {
    if (g.is_number(f)) {
      constant = constant * g.number(f);
    } else if (g.kind(f) == Kind::power && g.is_number(g.arg(f, 0)) && g.is_number(g.arg(f, 1)) &&
               g.number(g.arg(f, 0)).sign() > 0 && g.number(g.arg(f, 1)) == Rational(1, 2)) {
      radicand = radicand * g.number(g.arg(f, 0));
    } else {
      regroup = regroup || g.kind(f) == Kind::product;
      args.push_back(f);
    }
  };
  for (std::size_t i = 0; i < factors.size();) {
    const Expr base = factors[i].base;
    std::size_t end = i + 1;
    while (end < factors.size() && factors[end].base == base) ++end;
    if (end == i + 1) {
      add(factors[i].whole);
    } else {
      base::SmallVector<Rational, 2> exponents;
      for (std::size_t k = i; k < end; ++k) {
        const Rational exponent = factors[k].exponent ? g.number(*factors[k].exponent) : Rational(1);
        const auto same =
            std::ranges::find_if(exponents, [&](const Rational& q) { return exponents_add(g, base, q, exponent); });
        if (same == exponents.end()) {
          exponents.push_back(exponent);
        } else {
          *same = *same + exponent;
        }
      }
      for (const Rational& q : exponents) add(power(g, base, g.rational(q)));
    }
    i = end;
  }
  if (!radicand.is_one()) {
    const Expr root = square_root(g, g.rational(radicand));
    if (g.is_number(root)) {
      constant = constant * g.number(root);
    } else {
      const Term t = split(g, root);
      constant = constant * t.coefficient;
      args.push_back(t.rest);
    }
  }
  const std::span<Expr> with_constant(args);
  const std::span<Expr> rest = with_constant.subspan(1);
  if (regroup) {
    with_constant[0] = g.rational(constant);
    return product(g, with_constant);
  }
  if (constant.is_zero() && std::ranges::all_of(rest, [&g](Expr a) { return g.is(a, kTotal); })) return integer(g, 0);
  if (rest.empty()) return g.rational(constant);
  std::ranges::sort(rest);
  if (constant.is_one()) return rest.size() == 1 ? rest[0] : g.make(Kind::product, rest);
  with_constant[0] = g.rational(constant);
  return g.make(Kind::product, with_constant);
}

namespace {

Expr make_power(Graph& g, Expr base, const Rational& q) {
  if (q.is_one()) return base;
  const Expr args[] = {base, g.rational(q)};
  return g.make(Kind::power, args);
}

// Whether (b^m)^n is b^(m n) wherever either side is defined.
bool exponents_multiply(const Graph& g, Expr b, const Rational& m, const Rational& n) {
  if (g.is(b, kPositive)) return true;
  if (!n.is_integer() || n.is_zero()) return false;
  if (m.sign() < 0 && n.sign() < 0) return false;
  if (m.denominator_is_odd()) return true;
  return !(m * n).denominator_is_odd() || g.is(b, kNonnegative);
}

Expr rational_power(Graph& g, Expr base, const Rational& q) {
  if (q.is_one()) return base;
  if (q.is_zero() && g.is(base, kTotal)) return integer(g, 1);
  switch (g.kind(base)) {
    case Kind::rational: return power_of_number(g, g.number(base), q);
    case Kind::power:
      if (g.is_number(g.arg(base, 1)) && exponents_multiply(g, g.arg(base, 0), g.number(g.arg(base, 1)), q)) {
        return power(g, g.arg(base, 0), g.rational(g.number(g.arg(base, 1)) * q));
      }
      break;
    case Kind::product: {
      if (q.is_integer()) {
        std::vector<Expr> factors;
        for (Expr a : g.args(base)) factors.push_back(power(g, a, g.rational(q)));
        return product(g, factors);
      }
      const Term t = split(g, base);
      const std::optional<Rational> root =
          t.coefficient.sign() > 0 && !t.coefficient.is_one() && q.denominator().to_long()
              ? Rational::root(t.coefficient, *q.denominator().to_long())
              : std::nullopt;
      if (root && q.numerator().to_long()) {
        return multiply(g, g.rational(Rational::power(*root, *q.numerator().to_long())), make_power(g, t.rest, q));
      }
      break;
    }
    default: break;
  }
  return make_power(g, base, q);
}

}  // namespace

Expr power(Graph& g, Expr base, Expr exponent) {
  if (g.rules() != nullptr && g.rules()->power != nullptr) {
    if (std::optional<Expr> known = g.rules()->power(g, base, exponent)) return *known;
  }
  if (g.is_number(exponent)) return rational_power(g, base, g.number(exponent));
  if (g.is_one(base) && g.is(exponent, kTotal)) return base;
  const Expr args[] = {base, exponent};
  return g.make(Kind::power, args);
}

Expr power(Graph& g, Expr base, long n) { return power(g, base, integer(g, n)); }

Expr add(Graph& g, Expr a, Expr b) {
  const Expr terms[] = {a, b};
  return sum(g, terms);
}

Expr subtract(Graph& g, Expr a, Expr b) { return add(g, a, negate(g, b)); }

Expr multiply(Graph& g, Expr a, Expr b) {
  const Expr factors[] = {a, b};
  return product(g, factors);
}

Expr divide(Graph& g, Expr a, Expr b) { return multiply(g, a, power(g, b, -1)); }

Expr negate(Graph& g, Expr a) { return multiply(g, integer(g, -1), a); }

Expr square_root(Graph& g, Expr a) { return power(g, a, g.rational(Rational(1, 2))); }

Expr compare(Graph& g, Relation r, Expr a, Expr b) {
  const auto number = [&g](Expr e) -> std::optional<Rational> {
    if (g.kind(e) == Kind::boolean) return Rational(g.truth(e) ? 1 : 0);
    if (g.is_number(e)) return g.number(e);
    return std::nullopt;
  };
  const std::optional<Rational> x = number(a);
  const std::optional<Rational> y = number(b);
  if (x && y) {
    switch (r) {
      case Relation::less: return g.boolean(*x < *y);
      case Relation::less_equal: return g.boolean(*x <= *y);
      case Relation::equal: return g.boolean(*x == *y);
      case Relation::not_equal: return g.boolean(*x != *y);
    }
  }
  if (a == b && g.is(a, kTotal)) return g.boolean(r == Relation::less_equal || r == Relation::equal);
  if ((r == Relation::equal || r == Relation::not_equal) && b < a) std::swap(a, b);
  const Expr args[] = {a, b};
  return g.make(Kind::compare, args, 0, static_cast<std::uint8_t>(r));
}

Expr negation(Graph& g, Expr a) { return logic(g, Connective::not_, std::span(&a, 1)); }

namespace {

// The truth value of a literal.
std::optional<bool> literal_truth(const Graph& g, Expr e) {
  if (g.kind(e) == Kind::boolean) return g.truth(e);
  if (g.is_number(e)) return !g.number(e).is_zero();
  return std::nullopt;
}

}  // namespace

Expr logic(Graph& g, Connective c, std::span<const Expr> given) {
  if (c == Connective::not_) {
    const Expr a = given[0];
    if (const std::optional<bool> t = literal_truth(g, a)) return g.boolean(!*t);
    if (g.kind(a) == Kind::logic && g.connective(a) == Connective::not_ && g.is(g.arg(a, 0), kTruth))
      return g.arg(a, 0);
    return g.make(Kind::logic, given, 0, static_cast<std::uint8_t>(c));
  }
  const bool decisive = c == Connective::or_;
  std::vector<Expr> args;
  for (Expr a : given) {
    const std::span<const Expr> parts =
        g.kind(a) == Kind::logic && g.connective(a) == c ? g.args(a) : std::span<const Expr>(&a, 1);
    for (Expr p : parts) {
      const std::optional<bool> t = literal_truth(g, p);
      if (!t) {
        args.push_back(p);
      } else if (*t == decisive) {
        if (std::ranges::all_of(args, [&g](Expr x) { return g.is(x, kTotal); })) return g.boolean(decisive);
        args.push_back(g.boolean(decisive));
        return g.make(Kind::logic, args, 0, static_cast<std::uint8_t>(c));
      }
    }
  }
  if (args.empty()) return g.boolean(!decisive);
  if (args.size() == 1 && g.is(args[0], kTruth)) return args[0];
  return g.make(Kind::logic, args, 0, static_cast<std::uint8_t>(c));
}

Expr select(Graph& g, Expr condition, Expr then, Expr otherwise) {
  if (const std::optional<bool> t = literal_truth(g, condition)) return *t ? then : otherwise;
  if (then == otherwise && g.is(condition, kTotal)) return then;
  const Expr args[] = {condition, then, otherwise};
  return g.make(Kind::select, args);
}

Expr component(Graph& g, Expr index, std::span<const Expr> elements) {
  if (g.is_number(index)) {
    const std::optional<long> i = g.number(index).to_long();
    if (!i || *i < 1 || *i > static_cast<long>(elements.size())) {
      throw base::Error(
          base::Code::index, {},
          "no element " + g.number(index).text() + ": the index goes from 1 to " + std::to_string(elements.size()));
    }
    return elements[static_cast<std::size_t>(*i - 1)];
  }
  std::vector<Expr> args{index};
  args.insert(args.end(), elements.begin(), elements.end());
  return g.make(Kind::component, args);
}

Expr call(Graph& g, const Function& f, std::span<const Expr> args) {
  if (g.rules() != nullptr && g.rules()->call != nullptr) return g.rules()->call(g, f, args);
  return g.make(Kind::call, args, reinterpret_cast<std::uint64_t>(&f));
}

Expr apply(Graph& g, Recursive& r, std::span<const Expr> args) {
  return g.make(Kind::apply, args, reinterpret_cast<std::uint64_t>(&r));
}

Expr operation(Graph& g, const Operation& op, std::span<const Expr> args) {
  return g.make(Kind::operation, args, reinterpret_cast<std::uint64_t>(&op));
}

}  // namespace nabla::expr
