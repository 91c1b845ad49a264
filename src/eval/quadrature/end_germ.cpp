#include "eval/quadrature/end_germ.h"

#include "algebra/derivative/derivative.h"
#include "algebra/derivative/derivative_node.h"
#include "algebra/rules/call.h"
#include "algebra/rules/rules.h"
#include "algebra/simplify/bounds.h"
#include "eval/jets/jet.h"
#include "expr/rewrite.h"

namespace nabla::eval {
namespace {

using expr::Kind;

constexpr int kMostDepth = 200;
constexpr int kDeepestSlope = 40;
constexpr int kMostZeros = 4;  // leading coefficients that are proven to be 0
constexpr std::size_t kMostProofNodes = 2000;

}  // namespace

MaybeGerm EndGerm::of(Expr e, int depth) {
  if (const auto found = known_.find(e.id); found != known_.end()) return found->second;
  if (depth > kMostDepth) return std::nullopt;
  in_.budget().check();
  known_[e.id] = std::nullopt;  // until it is known: a derivative may lead back to its function
  MaybeGerm r = compute(e, depth + 1);
  if (!r && end_.infinite == 0) r = by_jets(e);
  if (r) r = repaired(e, std::move(*r));
  known_[e.id] = r;
  return r;
}

MaybeGerm EndGerm::compute(Expr e, int depth) {
  if (e == x_) return of_variable();
  if (!algebra::depends_deeply(g_, e, x_)) return of_constant(e);
  switch (g_.kind(e)) {
    case Kind::sum:
    case Kind::product: {
      const bool is_sum = g_.kind(e) == Kind::sum;
      MaybeGerm r = is_sum ? LogGerm() : near_.constant(Ball(1));
      for (const Expr a : g_.args(e)) {
        const MaybeGerm part = of(a, depth);
        if (!part || !r) return std::nullopt;
        r = is_sum ? near_.add(*r, *part) : near_.mul(*r, *part);
      }
      return r;
    }
    case Kind::power: return of_power(e, depth);
    case Kind::call: return of_call(e, depth);
    case Kind::select: {
      const std::optional<bool> yes = holds(g_.arg(e, 0), depth);
      return yes ? of(g_.arg(e, *yes ? 1 : 2), depth) : std::nullopt;
    }
    case Kind::operation: {
      // Beside the end the formula of a derivative is right where it has a value.
      if (!algebra::is_derivative(g_, e)) return std::nullopt;
      const Expr formula = algebra::written_out(g_, e, in_.budget());
      return algebra::is_derivative(g_, formula) ? std::nullopt : of(formula, depth);
    }
    default: return std::nullopt;
  }
}

MaybeGerm EndGerm::of_constant(Expr e) {
  const Outcome o = in_.evaluate(e, near_.bits());
  if (o.state != Outcome::State::enclosed) return std::nullopt;
  const Ball value = o.exact ? Ball(*o.exact, near_.bits()) : o.ball;
  if (!value.is_finite()) return std::nullopt;
  return near_.constant(value);
}

MaybeGerm EndGerm::of_variable() {
  if (end_.infinite != 0) return near_.monomial(Ball(end_.infinite), -1);
  return near_.add(near_.constant(end_.value), near_.monomial(Ball(end_.direction), 1));
}

MaybeGerm EndGerm::of_power(Expr e, int depth) {
  const Expr base = g_.arg(e, 0);
  const Expr exponent = g_.arg(e, 1);
  const MaybeGerm a = of(base, depth);
  if (!a) return std::nullopt;
  if (!algebra::depends_deeply(g_, exponent, x_)) {
    const Outcome o = in_.evaluate(exponent, near_.bits());
    if (o.exact) return near_.power(*a, *o.exact);
  }
  const MaybeGerm b = of(exponent, depth);
  const MaybeGerm log = near_.ln(*a);
  if (!b || !log) return std::nullopt;
  const MaybeGerm product = near_.mul(*b, *log);
  return product ? near_.exp(*product) : std::nullopt;
}

std::optional<int> EndGerm::sign(const LogGerm& a) {
  if (a.empty()) return 0;
  const std::optional<ScaledSeries> one = near_.dominant(a);
  if (!one || one->scale.wave != Wave::none) return std::nullopt;
  const Ball values = near_.range(*one);
  if (values.is_positive()) return 1;
  if (values.is_negative()) return -1;
  return std::nullopt;
}

std::optional<bool> EndGerm::holds(Expr condition, int depth) {
  in_.budget().check();
  if (depth > kMostDepth) return std::nullopt;
  switch (g_.kind(condition)) {
    case Kind::boolean: return g_.truth(condition);
    case Kind::logic: {
      const expr::Connective c = g_.connective(condition);
      const bool stop_at = c == expr::Connective::or_;
      for (const Expr a : g_.args(condition)) {
        const std::optional<bool> t = holds(a, depth + 1);
        if (!t) return std::nullopt;
        if (c == expr::Connective::not_) return !*t;
        if (*t == stop_at) return stop_at;
      }
      return !stop_at;
    }
    case Kind::compare: {
      const MaybeGerm a = of(g_.arg(condition, 0), depth);
      const MaybeGerm b = of(g_.arg(condition, 1), depth);
      if (!a || !b) return std::nullopt;
      MaybeGerm difference = near_.add(*a, near_.scaled(*b, Ball(-1)));
      if (!difference) return std::nullopt;
      difference = repaired(expr::subtract(g_, g_.arg(condition, 0), g_.arg(condition, 1)), std::move(*difference));
      const std::optional<int> s = sign(*difference);
      if (!s) return std::nullopt;
      switch (g_.relation(condition)) {
        case expr::Relation::less: return *s < 0;
        case expr::Relation::less_equal: return *s <= 0;
        case expr::Relation::equal: return *s == 0;
        case expr::Relation::not_equal: return *s != 0;
      }
      return std::nullopt;
    }
    default: return std::nullopt;
  }
}

MaybeGerm EndGerm::of_call(Expr e, int depth) {
  const algebra::Kernel& rows = algebra::kernel();
  const expr::Function& f = g_.function(e);
  std::vector<Expr> moving;
  for (const Expr a : g_.args(e)) {
    if (algebra::depends_deeply(g_, a, x_)) moving.push_back(a);
  }
  if (moving.size() == 1) {
    const MaybeGerm a = of(moving[0], depth);
    if (!a) return bounded(e, a);
    if (&f == rows.exp) return near_.exp(*a);
    if (&f == rows.ln) return near_.ln(*a);
    if (&f == rows.sin || &f == rows.cos) {
      MaybeGerm r = near_.wave(*a, &f == rows.sin ? Wave::sine : Wave::cosine);
      return r ? r : bounded(e, a);
    }
    if (&f == rows.abs || &f == rows.sign) {
      const std::optional<int> s = sign(*a);
      if (s) return &f == rows.sign ? near_.constant(Ball(*s)) : near_.scaled(*a, Ball(*s));
      return bounded(e, a);
    }
    if (&f == rows.floor) return of_step(*a, moving[0]);
    if (f.forms.series != nullptr && !algebra::is_piecewise(f)) {
      const MaybeGerm r = near_.compose(*a, [&](const Ball& at, long n) {
        std::vector<Series> args;
        for (const Expr p : g_.args(e)) {
          if (p == moving[0]) {
            args.push_back(Series::variable(at));
            continue;
          }
          const Outcome o = in_.evaluate(p, near_.bits());
          args.emplace_back(o.state != Outcome::State::enclosed ? Ball::nan()
                            : o.exact                           ? Ball(*o.exact, near_.bits())
                                                                : o.ball);
        }
        return f.forms.series(args, n, near_.bits());
      });
      if (r) return r;
    }
  }
  if (const std::optional<Expr> written = algebra::expanded(g_, e); written && *written != e) {
    if (MaybeGerm r = of(*written, depth)) return r;
  }
  MaybeGerm only;
  if (moving.size() == 1) only = of(moving[0], depth);
  if (only && !algebra::is_piecewise(f) && depth < kDeepestSlope) {
    if (MaybeGerm r = by_slope(e, *only, depth)) return r;
  }
  return bounded(e, only);
}

// The value at the end, or the limit at infinity, and the integral of the derivative from there.
MaybeGerm EndGerm::by_slope(Expr call, const LogGerm& argument, int depth) {
  Ball value = Ball::nan();
  if (end_.infinite == 0) {
    const expr::Replacement put{x_, end_.at};
    const Outcome o = in_.evaluate(expr::substitute(g_, call, std::span(&put, 1)), near_.bits());
    if (o.state == Outcome::State::enclosed) value = o.exact ? Ball(*o.exact, near_.bits()) : o.ball;
  } else if (g_.node(call).count == 1) {
    const std::optional<int> s = sign(argument);
    const std::optional<ScaledSeries> one = near_.dominant(argument);
    if (s && *s != 0 && one->scale.is_plain() && one->lead < 0) {
      const Ball far = Ball::infinity(*s);
      value = g_.function(call).forms.ball(std::span(&far, 1), near_.bits());
      for (const algebra::SpecialValue& v : algebra::special_values(g_.function(call))) {
        if (value.is_finite() || v.at != (*s > 0 ? "inf" : "-inf") || v.is_pole()) continue;
        const Outcome o = in_.evaluate(algebra::built_in(g_, v.value), near_.bits());
        if (o.state == Outcome::State::enclosed) value = o.exact ? Ball(*o.exact, near_.bits()) : o.ball;
      }
    }
  }
  if (!value.is_finite()) return std::nullopt;
  Expr rate = call;
  try {
    rate = algebra::derivative(g_, call, x_, 1, in_.budget(), kMostProofNodes);
  } catch (const base::Error& error) {
    if (error.code == base::Code::timeout || error.code == base::Code::interrupted) throw;
    return std::nullopt;
  }
  if (algebra::is_derivative(g_, rate)) return std::nullopt;
  MaybeGerm slope = of(rate, depth + 1);
  if (slope && end_.infinite != 0) slope = near_.mul(*slope, near_.monomial(Ball(1), -2));
  if (slope) slope = near_.integral(*slope);
  if (!slope) return std::nullopt;
  const int sign_of_step = end_.infinite != 0 ? -end_.infinite : end_.direction;
  return near_.add(near_.constant(value), near_.scaled(*slope, Ball(sign_of_step)));
}

// floor: constant beside the end.
MaybeGerm EndGerm::of_step(const LogGerm& a, Expr argument) {
  const std::optional<ScaledSeries> one = near_.plain(a);
  if (!one || one->lead < 0) return std::nullopt;
  const Ball values = near_.range(*one);
  if (!values.is_finite()) return std::nullopt;
  if (!values.contains_integer())
    return near_.constant(Ball(Rational::from_double(values.lower()).floor(), near_.bits()));
  const std::optional<long> n = values.unique_integer();
  if (!n) return std::nullopt;
  MaybeGerm rest = near_.add(a, near_.constant(Ball(-*n)));
  if (!rest) return std::nullopt;
  rest = repaired(expr::add(g_, argument, expr::integer(g_, -*n)), std::move(*rest));
  const std::optional<int> s = sign(*rest);
  if (!s) return std::nullopt;
  return near_.constant(Ball(*s < 0 ? *n - 1 : *n));
}

// A function without series at the limit of its argument, but with bounds.
MaybeGerm EndGerm::bounded(Expr e, const MaybeGerm& argument) {
  const expr::Function& f = g_.function(e);
  ScaledSeries r;
  r.rest = Ball::nan();
  if (argument && g_.node(e).count == 1) {
    const std::optional<ScaledSeries> one = near_.plain(*argument);
    if (one && one->lead >= 0) {
      ScaledSeries whole = *one;
      whole.c.insert(whole.c.begin(), static_cast<std::size_t>(whole.lead), Ball());
      const Ball at = near_.range(whole);
      if (at.is_finite()) r.rest = f.forms.ball(std::span(&at, 1), near_.bits());
    }
  }
  if (!r.rest.is_finite() && g_.is(e, expr::kTotal)) {
    const algebra::Bounds bounds = algebra::bounds_of(g_, e);
    if (!bounds.lower || !bounds.upper) return std::nullopt;
    r.rest = Ball::hull(Ball(bounds.lower->at, near_.bits()), Ball(bounds.upper->at, near_.bits()), near_.bits());
  }
  if (!r.rest.is_finite()) return std::nullopt;
  return LogGerm{std::move(r)};
}

// Of what is analytic at the end.
MaybeGerm EndGerm::by_jets(Expr e) {
  if (!algebra::depends_deeply(g_, e, x_)) return std::nullopt;
  const Bits bits = near_.bits();
  const Ball reach = number::mul(near_.h0(), Ball(end_.direction), bits);
  const Ball whole = Ball::hull(end_.value, number::add(end_.value, reach, bits), bits);
  Evaluator::Scope scope(in_, x_);
  const long n = near_.terms();
  scope.bind(Outcome::enclosed(whole));
  const Series beyond = jet(in_, e, x_, whole, n + 1, bits);
  if (!beyond.coefficient(n).is_finite()) return std::nullopt;
  scope.bind(Outcome::enclosed(end_.value));
  const Series here = jet(in_, e, x_, end_.value, n, bits);
  ScaledSeries r;
  for (long k = 0; k <= n; ++k) {
    Ball c = k < n ? here.coefficient(k) : beyond.coefficient(n);
    if (!c.is_finite()) return std::nullopt;
    if (end_.direction < 0 && k % 2 != 0) c = number::neg(c);
    if (k < n) {
      r.c.push_back(std::move(c));
    } else {
      r.rest = std::move(c);
    }
  }
  return trimmed({std::move(r)});
}

LogGerm EndGerm::repaired(Expr e, LogGerm a) {
  if (end_.infinite != 0 || a.size() != 1 || !a[0].scale.is_plain() || a[0].lead != 0) return a;
  ScaledSeries& p = a[0];
  Expr d = e;
  const int orders = p.root == 1 ? kMostZeros : 1;
  for (int k = 0; k < orders && k < static_cast<int>(p.c.size()); ++k) {
    Ball& c = p.c[static_cast<std::size_t>(k)];
    if (!c.contains_zero()) break;
    if (c.is_zero()) continue;
    try {
      d = algebra::derivative(g_, e, x_, k, in_.budget(), kMostProofNodes);
      const expr::Replacement put{x_, end_.at};
      if (!in_.proven_equal(expr::substitute(g_, d, std::span(&put, 1)), expr::integer(g_, 0))) break;
    } catch (const base::Error& error) {
      if (error.code == base::Code::timeout || error.code == base::Code::interrupted) throw;
      break;
    }
    c = Ball();
  }
  return trimmed(std::move(a));
}

}  // namespace nabla::eval
