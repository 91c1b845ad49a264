#include "algebra/simplify/simplify.h"

#include <algorithm>
#include <unordered_map>

#include "algebra/derivative/derivative_node.h"
#include "algebra/rational/angles.h"
#include "algebra/rational/denest.h"
#include "algebra/rational/logarithms.h"
#include "algebra/rational/rational_function.h"
#include "algebra/rational/rebuild.h"
#include "algebra/rules/call.h"
#include "algebra/rules/circular.h"
#include "algebra/rules/length.h"
#include "algebra/simplify/conditions.h"
#include "algebra/simplify/domain_conditions.h"
#include "base/stopwatch.h"
#include "expr/rewrite.h"

namespace nabla::algebra {
namespace {

using expr::Kind;
using GKind = Generator::Kind;

constexpr std::size_t kMostGenerators = 24;
constexpr double kSumOfFractions = 0.5;  // one fraction reads better than several
constexpr double kHighPowers = 3;        // and multiple angles better than third powers of simple ones

class Simplifier {
 public:
  Simplifier(Graph& g, base::Budget& budget) : g_(g), budget_(budget), length_(g) {}

  Graph& graph() { return g_; }
  base::Budget& budget() { return budget_; }

  // What it did to one expression serves those that follow.
  Expr run(Expr e) { return is_region(e) ? region(e) : inside(e); }

 private:
  // Sums, products and powers are worked out together, as one rational function.
  bool is_region(Expr e) const {
    const Kind kind = g_.kind(e);
    return kind == Kind::sum || kind == Kind::product || kind == Kind::power;
  }

  // A node that is no sum, product or power, its arguments simplified.
  Expr inside(Expr e) {
    if (g_.node(e).count == 0 || g_.kind(e) == Kind::operation) return e;
    if (const auto found = inside_.find(e.id); found != inside_.end()) return found->second;
    budget_.check();
    std::vector<Expr> args;
    for (Expr a : g_.args(e)) args.push_back(run(a));
    Expr result = expr::with_args(g_, e, args);
    if (is_call(g_, result, kernel().exp)) result = exponential(result);
    if (is_call(g_, result, kernel().abs) || is_call(g_, result, kernel().sign)) result = without_coefficient(result);
    inside_.emplace(e.id, result);
    return result;
  }

  // |2x| is 2|x|, sign(-2x) is -sign(x).
  Expr without_coefficient(Expr e) {
    const Scaled s = take_coefficient(g_, g_.arg(e, 0));
    if (s.coefficient.is_one() || g_.is_number(g_.arg(e, 0))) return e;
    const bool is_size = &g_.function(e) == kernel().abs;
    const Rational c = is_size ? s.coefficient.abs() : Rational(s.coefficient.sign());
    return expr::multiply(g_, g_.rational(c), expr::call(g_, g_.function(e), std::span(&s.rest, 1)));
  }

  // e^(a + b·ln(u)) is e^a·u^b.
  Expr exponential(Expr e) {
    std::vector<Expr> rest;
    std::vector<Expr> factors;
    for (Expr term : terms_of(g_, g_.arg(e, 0))) {
      const std::span<const Expr> parts =
          g_.kind(term) == Kind::product ? g_.args(term) : std::span<const Expr>(&term, 1);
      const auto logarithm = std::ranges::find_if(parts, [&](Expr p) { return is_call(g_, p, kernel().ln); });
      if (logarithm == parts.end()) {
        rest.push_back(term);
        continue;
      }
      std::vector<Expr> exponent;
      for (Expr p : parts) {
        if (p != *logarithm) exponent.push_back(p);
      }
      factors.push_back(expr::power(g_, g_.arg(*logarithm, 0), expr::product(g_, exponent)));
    }
    if (factors.empty()) return e;
    const Expr u = expr::sum(g_, rest);
    factors.push_back(expr::call(g_, *kernel().exp, std::span(&u, 1)));
    const Expr result = expr::product(g_, factors);
    return length_(result) <= length_(e) ? result : e;
  }

  // The same structure, everything below the sums, products and whole powers simplified.
  Expr as_given(Expr e) {
    if (!is_region(e)) return inside(e);
    if (const auto found = given_.find(e.id); found != given_.end()) return found->second;
    budget_.check();
    const auto args = g_.args(e);
    Expr result = e;
    if (g_.kind(e) == Kind::power) {
      const bool whole = g_.is_number(args[1]) && g_.number(args[1]).is_integer();
      result = whole ? expr::power(g_, as_given(args[0]), args[1])
                     : root(expr::power(g_, run(args[0]), g_.is_number(args[1]) ? args[1] : run(args[1])));
    } else {
      std::vector<Expr> parts;
      for (Expr a : args) parts.push_back(as_given(a));
      result = join_logarithms(g_, expr::with_args(g_, e, parts));
    }
    given_.emplace(e.id, result);
    return result;
  }

  // b^(p/q) with q-th powers taken out of b: √(4x² + 4) is 2√(x² + 1), √(1 - x²/4) is √(4 - x²)/2.
  Expr root(Expr e) {
    if (g_.kind(e) != Kind::power || !g_.is_number(g_.arg(e, 1)) || g_.number(g_.arg(e, 1)).is_integer()) return e;
    const Expr base = g_.arg(e, 0);
    if (g_.number(g_.arg(e, 1)).denominator() == Rational(2)) {
      if (const std::optional<Expr> denested = denested_root(g_, base)) {
        return expr::power(g_, *denested, g_.rational(g_.number(g_.arg(e, 1)).numerator()));
      }
    }
    if (g_.kind(base) != Kind::sum && g_.kind(base) != Kind::product) return e;
    const Rational q = g_.number(g_.arg(e, 1));
    const std::optional<long> degree = q.denominator().to_long();
    const std::optional<long> times = q.numerator().to_long();
    if (!degree || !times || *degree > 12 || *times > 12 || *times < -12) return e;
    try {
      Field field(g_, base, View::as_written, budget_);
      if (field.generators().size() > kMostGenerators) return e;
      Rebuilder rebuilder(field, length_);
      const Quotient b = field.factored(field.quotient(base));
      if (b.is_zero()) return e;
      Quotient in = field.one();
      std::vector<Expr> out;
      // The number: c = s^degree·t, and its denominator goes out whole.
      const Rational denominator = b.coefficient.denominator();
      in.coefficient = b.coefficient * Rational::power(denominator, *degree);
      out.push_back(g_.rational(denominator.reciprocal()));
      if (in.coefficient.sign() > 0 || *degree % 2 == 0) {
        const Expr size = expr::power(g_, g_.rational(in.coefficient.abs()), g_.rational(Rational(1, *degree)));
        const Scaled taken = take_coefficient(g_, size);
        out.push_back(g_.rational(taken.coefficient));
        in.coefficient = in.coefficient / Rational::power(taken.coefficient, *degree);
      }
      const auto take = [&](Expr f, long k, auto put_in) {
        const long whole = k >= 0 ? k / *degree : -((-k + *degree - 1) / *degree);
        const bool loses_sign = *degree % 2 == 0 && whole % 2 != 0;
        const Expr size = loses_sign ? expr::call(g_, *kernel().abs, std::span(&f, 1)) : f;
        if (whole != 0) out.push_back(expr::power(g_, size, whole));
        put_in(k - whole * *degree);
      };
      for (std::size_t i = 0; i < b.exponents.size() && i < field.generators().size(); ++i) {
        if (b.exponents[i] == 0) continue;
        Quotient single = field.one();
        single.exponents[i] = 1;
        take(rebuilder.shortest(single).e, b.exponents[i], [&](long k) { in.exponents[i] = k; });
      }
      for (const auto& [p, k] : b.factors) {
        Quotient single = field.one();
        single.factors.emplace_back(p, 1);
        take(rebuilder.shortest(single).e, k, [&](long rest) {
          if (rest != 0) in.factors.emplace_back(p, rest);
        });
      }
      if (std::ranges::all_of(out, [&](Expr f) { return g_.is_one(f); })) return e;
      out.push_back(expr::power(g_, rebuilder.shortest(in).e, g_.rational(Rational(1, *degree))));
      const Expr result = expr::power(g_, expr::product(g_, out), *times);
      return length_(result) <= length_(e) ? result : e;
    } catch (const TooLarge&) {
      return e;
    }
  }

  Expr region(Expr e) {
    if (const auto found = regions_.find(e.id); found != regions_.end()) return found->second;
    const Expr given = as_given(e);
    Expr result = given;
    if (is_region(given)) {
      Form best{given, length_(given) + (is_sum_of_fractions(given) ? kSumOfFractions : 0)};
      result = work_out(given, best) ? again(given, best) : by_parts(given);
    } else if (given != e) {
      result = run(given);
    }
    regions_.emplace(e.id, result);
    return result;
  }

  // A form found may have a shorter one in turn, if new functions or angles came into it: sin(2x)·cos(2x).
  Expr again(Expr before, Form best) {
    const auto circular_calls = [this](Expr e) {
      std::vector<Expr> found = expr::reachable(g_, std::span(&e, 1));
      std::erase_if(found,
                    [this](Expr n) { return g_.kind(n) != Kind::call || find_circular(g_.function(n)) == nullptr; });
      return found;
    };
    if (is_region(best.e) && !std::ranges::includes(circular_calls(before), circular_calls(best.e))) {
      work_out(best.e, best);
    }
    return best.e;
  }

  bool is_sum_of_fractions(Expr e) const {
    return g_.kind(e) == Kind::sum && std::ranges::count_if(g_.args(e), [&](Expr a) {
                                        const std::span<const Expr> parts =
                                            g_.kind(a) == Kind::product ? g_.args(a) : std::span<const Expr>(&a, 1);
                                        return std::ranges::any_of(parts, [&](Expr p) {
                                          return g_.kind(p) == Kind::power && g_.is_number(g_.arg(p, 1)) &&
                                                 g_.number(g_.arg(p, 1)).sign() < 0;
                                        });
                                      }) > 1;
  }

  // Tries the forms of e as a rational function; whether a shorter one was found.
  bool work_out(Expr e, Form& best) {
    const Form before = best;
    try {
      Field field(g_, e, View::as_written, budget_);
      if (field.generators().size() > kMostGenerators) return false;
      const int circular = circular_calls(field.generators(), false);
      // With sines and cosines only, the other view has the same forms and more.
      if (circular == 0 || circular_calls(field.generators(), true) > 0) take(field, e, best);
      if (circular > 0) {
        Field by_sines(g_, e, View::circular, budget_);
        take(by_sines, e, best);
      }
      if (const Expr natural = by_natural_logarithms(g_, e); natural != e && is_region(natural)) {
        Field by_ln(g_, natural, View::as_written, budget_);
        take(by_ln, natural, best);
      }
      if (const Expr plain = circular > 0 ? in_exponentials(g_, e) : e; plain != e) {
        Field by_exponentials(g_, plain, View::as_written, budget_);
        take(by_exponentials, plain, best);
      }
      if (circular > 1) {
        const Expr simple = in_simple_angles(g_, e, Angles::multiples);
        if (simple != e && is_region(simple)) {
          Field by_simple_sines(g_, simple, View::circular, budget_);
          Form other = best;
          take(by_simple_sines, simple, other);
          const long surcharges = highest_circular_power(other.e) / 3;
          if (other.cost + kHighPowers * static_cast<double>(surcharges) < best.cost) best = other;
        }
      }
    } catch (const TooLarge&) {
      best = before;
    }
    return best.cost < before.cost;
  }

  void take(Field& field, Expr e, Form& best) {
    const Form found = Rebuilder(field, length_).shortest(field.quotient(e));
    if (found.cost < best.cost) best = found;
  }

  // Of sines, cosines and the like.
  long highest_circular_power(Expr e) const {
    long highest = 0;
    for (Expr n : expr::reachable(g_, std::span(&e, 1))) {
      if (g_.kind(n) != Kind::power || !g_.is_number(g_.arg(n, 1)) || g_.kind(g_.arg(n, 0)) != Kind::call) continue;
      if (find_circular(g_.function(g_.arg(n, 0))) == nullptr) continue;
      highest = std::max(highest, g_.number(g_.arg(n, 1)).abs().to_long().value_or(0));
    }
    return highest;
  }

  // Those that are neither sine nor cosine, or all.
  int circular_calls(const Generators& generators, bool only_ratios) const {
    return static_cast<int>(std::ranges::count_if(generators.list(), [&](const Generator& of) {
      if (of.kind != GKind::power || g_.kind(of.base) != Kind::call) return false;
      const Circular* c = find_circular(g_.function(of.base));
      return c != nullptr && !(only_ratios && c->sine + c->cosine == 1 && c->sine >= 0 && c->cosine >= 0);
    }));
  }

  // The parts of a sum, product or power on their own.
  Expr by_parts(Expr e) {
    std::vector<Expr> parts;
    bool changed = false;
    for (Expr a : g_.args(e)) {
      parts.push_back(is_region(a) ? region(a) : a);
      changed = changed || parts.back() != a;
    }
    if (!changed) return e;
    const Expr result = expr::with_args(g_, e, parts);
    return length_(result) <= length_(e) ? result : e;
  }

  Graph& g_;
  base::Budget& budget_;
  Length length_;
  std::unordered_map<std::uint32_t, Expr> inside_;
  std::unordered_map<std::uint32_t, Expr> given_;
  std::unordered_map<std::uint32_t, Expr> regions_;
};

void add_conditions(std::vector<Expr>& to, std::span<const Expr> more) {
  for (Expr c : more) {
    if (std::ranges::find(to, c) == to.end()) to.push_back(c);
  }
}

// Whether the arguments of an operation may be written otherwise: not where their rounding is the point.
bool is_open_to_change(const Graph& g, Expr e) {
  return g.kind(e) == Kind::operation && g.node(e).detail != 0 && !g.operation(e).estimate &&
         !g.operation(e).is_point_derivative;
}

Simplified simplified(Simplifier& in, Expr given);

// Its arguments simplified, but for those that take a condition on the bound variable.
Expr simplified_operation(Simplifier& in, Expr e, std::vector<Expr>& conditions) {
  constexpr int kBody = 0;
  Graph& g = in.graph();
  const Expr k = g.fresh_symbol();
  std::vector<Expr> args = expr::open(g, e, k);
  for (Expr& a : args) {
    const Simplified found = simplified(in, a);
    if (std::ranges::any_of(found.conditions, [&](Expr c) { return expr::depends_on(g, c, k); })) continue;
    a = found.expression;
    add_conditions(conditions, found.conditions);
  }
  return expr::operation(g, g.operation(e), args, k, std::span(&kBody, 1));
}

// e with what stands in sums, products and the like simplified.
Expr with_simple_operations(Simplifier& in, Expr e, std::vector<Expr>& conditions) {
  Graph& g = in.graph();
  if (!g.is(e, expr::kHasOperation)) return e;
  return expr::fold<Expr>(g, e, [&](Expr n, std::span<const Expr> args) {
    if (!g.is(n, expr::kHasOperation) || g.is(n, expr::kHasBound)) return n;
    if (g.kind(n) != Kind::operation) return expr::rebuilt(g, n, args);
    return is_open_to_change(g, n) ? simplified_operation(in, n, conditions) : n;
  });
}

// The same of an expression without derivatives in it, its operations left alone.
Simplified simplified_formula(Simplifier& in, Expr e) {
  Graph& g = in.graph();
  const Expr result = in.run(e);
  if (result == e) return {e, {}};
  Length length(g);
  if (length(result) > length(e)) return {e, {}};
  try {
    if (std::optional<std::vector<Expr>> conditions = lost_conditions(g, e, result, in.budget())) {
      return {result, std::move(*conditions)};
    }
  } catch (const TooLarge&) {  // what it takes cannot be told: left as it is
  }
  return {e, {}};
}

// A derivative exists only where the function does: 1/x of ln(x) takes x > 0.
void add_conditions_of(Graph& g, std::span<const Expr> bodies, Expr given, Simplified& result, base::Budget& budget) {
  if (bodies.empty()) return;
  const auto is_node = [&g](Expr e) { return is_derivative(g, e); };  // zeta'(x) says it itself
  if (std::ranges::any_of(expr::reachable(g, std::span(&result.expression, 1)), is_node)) return;
  const std::vector<Expr> known = expr::symbols(g, given);
  for (Expr body : bodies) {
    const auto is_bound = [&known](Expr s) { return std::ranges::find(known, s) == known.end(); };
    if (std::ranges::any_of(expr::symbols(g, body), is_bound)) continue;
    try {
      std::optional<std::vector<Expr>> lost = lost_conditions(g, body, result.expression, budget);
      if (!lost) continue;
      std::erase_if(*lost, [&g](Expr c) { return g.is(c, expr::kHasOperation); });
      add_conditions(result.conditions, *lost);
    } catch (const TooLarge&) {  // cannot be told
    }
  }
  drop_weaker(g, result.conditions);
}

Simplified simplified(Simplifier& in, Expr given) {
  Graph& g = in.graph();
  std::vector<Expr> bodies;
  const Expr e = written_out(g, given, in.budget(), &bodies);
  if (expr::reachable(g, std::span(&e, 1)).size() > kMostNodesToSimplify) return {e, {}};
  std::vector<Expr> conditions;
  const Expr ready = with_simple_operations(in, e, conditions);
  Simplified result = simplified_formula(in, ready);
  add_conditions(result.conditions, conditions);
  add_conditions_of(g, bodies, given, result, in.budget());
  return result;
}

bool are_too_much(const Graph& g, std::span<const Expr> elements) {
  std::size_t work = 0;
  return std::ranges::any_of(elements, [&](Expr e) {
    if (g.is_constant(e)) return false;
    const std::size_t nodes = expr::reachable(g, std::span(&e, 1)).size();
    work += nodes * nodes;
    return work > kMostNodesToSimplify * kMostNodesToSimplify;
  });
}

}  // namespace

struct Simplification::Impl {
  Simplifier simplifier;
  bool is_too_much;
};

Simplification::Simplification(Graph& g, std::span<const Expr> elements, base::Budget& budget)
    : impl_(new Impl{Simplifier(g, budget), are_too_much(g, elements)}) {}
Simplification::~Simplification() = default;

Simplified Simplification::of(Expr e) {
  const base::Lap lap(impl_->simplifier.budget().watch, base::Phase::simplify);
  if (!impl_->is_too_much) return simplified(impl_->simplifier, e);
  return {written_out(impl_->simplifier.graph(), e, impl_->simplifier.budget()), {}};
}

Simplified simplify(Graph& g, Expr e, base::Budget& budget) {
  return Simplification(g, std::span(&e, 1), budget).of(e);
}

}  // namespace nabla::algebra
