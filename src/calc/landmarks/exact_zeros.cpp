#include "calc/landmarks/exact_zeros.h"

#include <algorithm>

#include "algebra/rational/angles.h"
#include "algebra/rational/rebuild.h"
#include "algebra/rules/call.h"
#include "algebra/rules/constant_sign.h"
#include "algebra/rules/rules.h"
#include "algebra/simplify/simplify.h"
#include "calc/elaborate/operation_list.h"
#include "expr/build.h"
#include "functions/table.h"
#include "number/real_roots.h"

namespace nabla::calc {
namespace {

using algebra::Field;
using algebra::Quotient;
using eval::Evaluator;
using expr::Expr;
using expr::Graph;
using expr::Kind;
using number::Polynomial;
using number::Rational;

constexpr int kDeepest = 12;  // inverses peeled off one another
constexpr long kHighestDegree = 60;
constexpr base::Bits kIsolationBits = 64;

// A polynomial over the generators of a field, by powers of one of them.
std::vector<Expr> coefficients_of(Field& field, algebra::Rebuilder& rebuilder, const Polynomial& p,
                                  std::size_t variable) {
  const std::size_t n = field.generators().size();
  std::vector<Polynomial> parts(static_cast<std::size_t>(p.degree(variable)) + 1, Polynomial(field.ring()));
  std::vector<long> exponents(field.ring().variables());
  for (std::size_t term = 0; term < p.length(); ++term) {
    p.exponents(term, exponents);
    const auto power = static_cast<std::size_t>(n == 0 ? 0 : exponents[variable]);
    exponents[variable] = 0;
    parts[power] += Polynomial(field.ring(), p.coefficient(term), exponents);
  }
  std::vector<Expr> out;
  for (Polynomial& part : parts) {
    out.push_back(part.is_zero() ? expr::integer(field.graph(), 0) : rebuilder.plain(field.from(std::move(part))));
  }
  return out;
}

class Peeler {
 public:
  Peeler(Evaluator& in, Expr x) : in_(in), g_(in.graph()), x_(x) { out_.k = g_.fresh_symbol(); }

  // All solutions of u = c, c being free of x, are added to the answer. false: not found.
  bool solve(Expr u, Expr c, int depth = 0) {
    in_.budget().check();
    if (depth > kDeepest) return false;
    if (u == x_) {
      (expr::depends_on(g_, c, out_.k) ? out_.families : out_.at).push_back(c);
      return true;
    }
    switch (g_.kind(u)) {
      case Kind::sum: return of_sum(u, c, depth);
      case Kind::product: return of_product(u, c, depth);
      case Kind::power: return of_power(u, c, depth);
      case Kind::call: return of_call(u, c, depth);
      default: return false;
    }
  }

  ExactZeros take() { return std::move(out_); }

 private:
  bool depends(Expr e) const { return expr::depends_on(g_, e, x_); }
  Expr number(long n) { return expr::integer(g_, n); }
  Expr pi() { return expr::call(g_, *algebra::kernel().pi, {}); }
  Expr turns(long n) { return expr::multiply(g_, g_.rational(Rational(n)), expr::multiply(g_, pi(), out_.k)); }

  // The sign of a constant: nothing if it contains symbols or is not decided.
  std::optional<int> sign(Expr c) {
    if (g_.is_number(c)) return g_.number(c).sign();
    if (!g_.is_constant(c)) return std::nullopt;
    if (g_.is(c, expr::kEstimate)) return std::nullopt;
    if (const auto s = algebra::proven_sign(g_, c)) return s;
    try {
      if (in_.decide(expr::compare(g_, expr::Relation::equal, c, number(0))) == number::Truth::yes) return 0;
      if (in_.decide(expr::compare(g_, expr::Relation::less, number(0), c)) == number::Truth::yes) return 1;
      if (in_.decide(expr::compare(g_, expr::Relation::less, c, number(0))) == number::Truth::yes) return -1;
    } catch (const base::Error& e) {
      if (e.code == base::Code::timeout || e.code == base::Code::interrupted) throw;
    }
    return std::nullopt;
  }

  void suppose(expr::Relation r, Expr a, Expr b) {
    const Expr c = expr::compare(g_, r, a, b);
    if (std::ranges::find(out_.conditions, c) == out_.conditions.end()) out_.conditions.push_back(c);
  }
  bool has_symbols(Expr c) const { return !g_.is_constant(c) && !expr::depends_on(g_, c, out_.k); }

  // Whether a coefficient is not 0: proven, or supposed of one with symbols.
  bool not_zero(Expr c) {
    if (const auto s = sign(c)) return *s != 0;
    if (!has_symbols(c)) return false;
    suppose(expr::Relation::not_equal, c, number(0));
    return true;
  }

  bool of_sum(Expr u, Expr c, int depth) {
    std::vector<Expr> with;
    std::vector<Expr> without{c};
    for (Expr term : g_.args(u)) {
      if (depends(term)) {
        with.push_back(term);
      } else {
        without.push_back(expr::negate(g_, term));
      }
    }
    if (with.size() == 1) return solve(with[0], tidy(expr::sum(g_, without)), depth + 1);
    return by_generator(expr::subtract(g_, u, c), depth);
  }

  bool of_product(Expr u, Expr c, int depth) {
    std::vector<Expr> with;
    Expr rest = number(1);
    for (Expr factor : g_.args(u)) {
      if (depends(factor)) {
        with.push_back(factor);
      } else {
        rest = expr::multiply(g_, rest, factor);
      }
    }
    if (with.size() == 1) return not_zero(rest) && solve(with[0], tidy(expr::divide(g_, c, rest)), depth + 1);
    return by_generator(expr::subtract(g_, u, c), depth);
  }

  // base^q = c.
  bool of_power(Expr u, Expr c, int depth) {
    const Expr base = g_.arg(u, 0);
    const Expr exponent = g_.arg(u, 1);
    if (!depends(base)) {  // base^w = c
      if (sign(base) != 1) return false;
      const Expr log = algebra::call(g_, *algebra::kernel().ln, std::span(&base, 1));
      const auto s = sign(log);
      const auto of_c = sign(c);
      if (!s || *s == 0 || !of_c) return false;
      if (*of_c <= 0) return true;
      return solve(exponent, tidy(expr::divide(g_, algebra::call(g_, *algebra::kernel().ln, std::span(&c, 1)), log)),
                   depth + 1);
    }
    if (!g_.is_number(exponent)) return false;
    const Rational q = g_.number(exponent);
    const bool even = Rational(q.numerator() * Rational(1, 2)).is_integer();
    const bool odd_root = q.denominator_is_odd();
    std::optional<int> s = sign(c);
    if (!s) {
      if (!has_symbols(c) || q != Rational(2)) return false;
      suppose(expr::Relation::less_equal, number(0), c);
      s = 1;
    }
    if (*s == 0) return q.sign() < 0 || solve(base, number(0), depth + 1);
    if (*s < 0) {
      if (!odd_root || even) return true;
      const Expr root = expr::power(g_, expr::negate(g_, c), g_.rational(q.reciprocal()));
      return solve(base, expr::negate(g_, root), depth + 1);
    }
    const Expr root = tidy(expr::power(g_, c, g_.rational(q.reciprocal())));
    if (even && odd_root && !solve(base, expr::negate(g_, root), depth + 1)) return false;
    return solve(base, root, depth + 1);
  }

  bool of_call(Expr u, Expr c, int depth) {
    const expr::Function& f = g_.function(u);
    const algebra::Kernel& kernel = algebra::kernel();
    if (g_.args(u).size() != 1) return false;
    const Expr w = g_.arg(u, 0);
    if (&f == kernel.abs) {
      const auto s = sign(c);
      if (!s) return false;
      if (*s < 0) return true;
      return (*s == 0 || solve(w, expr::negate(g_, c), depth + 1)) && solve(w, c, depth + 1);
    }
    if (&f == kernel.sign) return is_zero(c) && solve(w, c, depth + 1);
    if (&f == kernel.sin || &f == kernel.cos) return of_circular(w, c, &f == kernel.sin, depth);
    if (f.name == "tan") {
      const Expr inverse = call_of("atan", c);
      return solve(w, expr::add(g_, inverse, turns(1)), depth + 1);
    }
    if (f.name == "cosh") {
      const auto s = sign(expr::subtract(g_, c, number(1)));
      if (!s) return false;
      if (*s < 0) return true;
      if (*s == 0) return solve(w, number(0), depth + 1);
      const Expr inverse = call_of("acosh", c);
      return solve(w, expr::negate(g_, inverse), depth + 1) && solve(w, inverse, depth + 1);
    }
    if (!algebra::is_given(f.left_inverse) || functions::find(f.left_inverse) == nullptr) return false;
    // The inverse is the only candidate; whether c is a value of f decides.
    if (!g_.is_constant(c)) return false;
    const Expr inverse = inverse_of(f, c);
    try {
      const Expr back = algebra::call(g_, f, std::span(&inverse, 1));
      switch (in_.decide(expr::compare(g_, expr::Relation::equal, back, c))) {
        case number::Truth::yes: return solve(w, tidy(inverse), depth + 1);
        case number::Truth::no: return true;
        case number::Truth::unknown: return false;
      }
    } catch (const base::Error& e) {
      if (e.code == base::Code::domain || e.code == base::Code::undefined) return true;
      throw;
    }
    return false;
  }

  Expr inverse_of(const expr::Function& f, Expr c) {
    return algebra::call(g_, *functions::find(f.left_inverse), std::span(&c, 1));
  }
  Expr call_of(std::string_view name, Expr c) { return algebra::call(g_, *functions::find(name), std::span(&c, 1)); }
  bool is_zero(Expr c) { return sign(c) == 0; }

  // sin(w) = c or cos(w) = c.
  bool of_circular(Expr w, Expr c, bool sine, int depth) {
    if (!g_.is_constant(c)) return false;
    const auto above = sign(expr::subtract(g_, c, number(1)));
    const auto below = sign(expr::add(g_, c, number(1)));
    if (!above || !below) return false;
    if (*above > 0 || *below < 0) return true;
    const Expr inverse = call_of(sine ? "asin" : "acos", c);
    if (*above == 0 || *below == 0) return solve(w, expr::add(g_, inverse, turns(2)), depth + 1);
    if (is_zero(c)) return solve(w, expr::add(g_, inverse, turns(1)), depth + 1);
    const Expr other = sine ? expr::subtract(g_, pi(), inverse) : expr::negate(g_, inverse);
    return solve(w, expr::add(g_, inverse, turns(2)), depth + 1) && solve(w, expr::add(g_, other, turns(2)), depth + 1);
  }

  // h = 0 as a polynomial in the only generator that depends on x.
  bool by_generator(Expr h, int depth) {
    if (depth > kDeepest) return false;
    try {
      h = algebra::in_exponentials(g_, algebra::in_simple_angles(g_, h, algebra::Angles::multiples));
      Field field(g_, h, algebra::View::circular, in_.budget());
      algebra::Length length(g_);
      algebra::Rebuilder rebuilder(field, length);
      const Quotient q = field.factored(field.quotient(h));
      if (q.is_zero()) return false;
      for (std::size_t i = 0; i < field.generators().size(); ++i) {
        if (q.exponents[i] <= 0) continue;
        Quotient alone = field.one();
        alone.exponents[i] = 1;
        const Expr generator = rebuilder.plain(alone);
        if (generator == h) return false;
        if (depends(generator) && !solve(generator, number(0), depth + 1)) return false;
      }
      for (const auto& [p, k] : q.factors) {
        if (k > 0 && !of_polynomial(field, rebuilder, p, depth)) return false;
      }
      return true;
    } catch (const algebra::TooLarge&) {
      return false;
    }
  }

  bool of_polynomial(Field& field, algebra::Rebuilder& rebuilder, const Polynomial& p, int depth) {
    std::vector<std::size_t> in_x;
    for (std::size_t i = 0; i < field.generators().size(); ++i) {
      if (p.degree(i) > 0 && depends(generator(field, rebuilder, i))) in_x.push_back(i);
    }
    if (in_x.empty()) return not_zero(rebuilder.plain(field.from(p)));
    if (in_x.size() == 1) {
      return of_coefficients(coefficients_of(field, rebuilder, p, in_x[0]), generator(field, rebuilder, in_x[0]),
                             depth);
    }
    if (in_x.size() != 2) return false;
    const std::size_t sine = in_x[0];
    const algebra::Generator& first = field.generators()[sine];
    const algebra::Generator& second = field.generators()[in_x[1]];
    using GeneratorKind = algebra::Generator::Kind;
    if (first.kind != GeneratorKind::sine || second.kind != GeneratorKind::cosine || first.base != second.base)
      return false;
    for (const Polynomial& other : field.by_pythagoras(p, sine)) {
      const bool has_sine = other.degree(sine) > 0;
      const bool has_cosine = other.degree(in_x[1]) > 0;
      if (has_sine != has_cosine) {
        const Expr generated = rebuilder.plain(field.from(other));
        return by_generator(generated, depth + 1);
      }
    }
    // a·sin(w) + b·cos(w) = 0.
    if (p.length() == 2 && p.degree(sine) == 1 && p.degree(in_x[1]) == 1) {
      const std::vector<Expr> by_sine = coefficients_of(field, rebuilder, p, sine);
      const Expr cosine = generator(field, rebuilder, in_x[1]);
      if (g_.is_number(by_sine[1])) {
        const Expr ratio = expr::negate(g_, expr::divide(g_, by_sine[0], expr::multiply(g_, by_sine[1], cosine)));
        const Expr c = algebra::simplify(g_, ratio, in_.budget()).expression;
        const Expr inverse = call_of("atan", c);
        return g_.is_number(c) && solve(field.generators()[sine].base, expr::add(g_, inverse, turns(1)), depth + 1);
      }
    }
    return false;
  }

  Expr generator(Field& field, algebra::Rebuilder& rebuilder, std::size_t i) {
    Quotient alone = field.one();
    alone.exponents[i] = 1;
    return rebuilder.plain(alone);
  }

  // c[0] + c[1] G + … + c[n] G^n = 0.
  bool of_coefficients(const std::vector<Expr>& c, Expr generator, int depth) {
    const std::size_t n = c.size() - 1;
    if (n == 1)
      return not_zero(c[1]) && solve(generator, tidy(expr::negate(g_, expr::divide(g_, c[0], c[1]))), depth + 1);
    if (n == 2) return of_quadratic(c, generator, depth);
    const bool only_even = std::ranges::all_of(c, [&, i = 0](Expr e) mutable { return i++ % 2 == 0 || g_.is_zero(e); });
    if (only_even && n == 4) return of_quadratic({c[0], c[2], c[4]}, expr::power(g_, generator, 2), depth);
    if (static_cast<long>(n) > kHighestDegree || !std::ranges::all_of(c, [&](Expr e) { return g_.is_number(e); }))
      return false;
    std::vector<Rational> numbers;
    for (Expr e : c) numbers.push_back(g_.number(e));
    const expr::Operation* row = find_operation("root_of");
    const number::RealRoots found = number::real_roots(numbers, kIsolationBits);
    for (std::size_t k = 0; k < found.roots.size(); ++k) {
      Expr root;
      if (found.roots[k].exact) {
        root = g_.rational(*found.roots[k].exact);
      } else {
        std::vector<Expr> args{number(static_cast<long>(k + 1))};
        args.insert(args.end(), c.begin(), c.end());
        root = expr::operation(g_, *row, args);
      }
      if (!solve(generator, root, depth + 1)) return false;
    }
    return true;
  }

  bool of_quadratic(const std::vector<Expr>& c, Expr generator, int depth) {
    if (!not_zero(c[2])) return false;
    const Expr middle = expr::divide(g_, c[1], expr::multiply(g_, number(-2), c[2]));
    const Expr under = tidy(
        expr::subtract(g_, expr::power(g_, c[1], 2), expr::multiply(g_, number(4), expr::multiply(g_, c[0], c[2]))));
    const auto s = sign(under);
    if (!s && !has_symbols(under)) return false;
    if (!s) suppose(expr::Relation::less_equal, number(0), under);
    if (s && *s < 0) return true;
    if (s && *s == 0) return solve(generator, tidy(middle), depth + 1);
    const Expr half = expr::divide(g_, expr::square_root(g_, under), expr::multiply(g_, number(2), c[2]));
    return solve(generator, tidy(expr::subtract(g_, middle, half)), depth + 1) &&
           solve(generator, tidy(expr::add(g_, middle, half)), depth + 1);
  }

  // A shorter form of a constant.
  Expr tidy(Expr c) {
    if (g_.is_number(c)) return c;
    const algebra::Simplified s = algebra::simplify(g_, c, in_.budget());
    return s.conditions.empty() ? s.expression : c;
  }

  Evaluator& in_;
  Graph& g_;
  Expr x_;
  ExactZeros out_;
};

}  // namespace

std::optional<ExactZeros> exact_zeros(Evaluator& in, Expr f, Expr x) {
  Peeler peeler(in, x);
  if (!peeler.solve(f, expr::integer(in.graph(), 0))) return std::nullopt;
  return peeler.take();
}

ZeroFactors zero_factors(Graph& g, Expr f, Expr x, base::Budget& budget) {
  ZeroFactors out;
  try {
    const Expr simple = algebra::in_simple_angles(g, f, algebra::Angles::multiples);
    Field field(g, simple, algebra::View::circular, budget);
    algebra::Length length(g);
    algebra::Rebuilder rebuilder(field, length);
    const Quotient q = field.factored(field.quotient(simple));
    if (q.is_zero()) return {{f}, std::nullopt};
    Quotient under = field.one();
    const auto take = [&](const Quotient& one, long power) {
      const Expr e = rebuilder.plain(one);
      if (expr::depends_on(g, e, x) && power > 0 && !g.is(e, expr::kPositive)) out.factors.push_back(e);
    };
    for (std::size_t i = 0; i < field.generators().size(); ++i) {
      under.exponents[i] = std::max(0L, -q.exponents[i]);
      Quotient one = field.one();
      one.exponents[i] = 1;
      take(one, q.exponents[i]);
    }
    for (const auto& [p, k] : q.factors) {
      if (k < 0) under.factors.emplace_back(p, -k);
      Quotient one = field.one();
      one.factors.emplace_back(p, 1);
      take(one, k);
    }
    const Expr e = rebuilder.plain(under);
    if (expr::depends_on(g, e, x)) out.under = e;
  } catch (const algebra::TooLarge&) {
    return {{f}, std::nullopt};
  }
  return out;
}

}  // namespace nabla::calc
