// Expander (expander.h): calls of functions by their series, of recursive functions by their bodies.
#include <algorithm>

#include "algebra/derivative/derivative.h"
#include "algebra/rules/call.h"
#include "algebra/rules/rules.h"
#include "base/error.h"
#include "eval/jets/expander.h"

namespace nabla::eval {

using State = Expansion::State;

namespace {

constexpr std::size_t kMaxFrames = 100'000;

}  // namespace

void Expander::of_apply(const Task& task, std::span<const Expansion* const> parts) {
  const expr::Recursive& r = g_.recursive(task.node);
  const auto place = calls_.find({task.frame, task.node.id});
  if (place != calls_.end()) {
    const std::size_t inner = place->second;
    if (const Expansion* result = find(inner, r.body)) {
      Expansion value = *result;
      frames_[inner].known.clear();
      frames_[inner].parameters.clear();
      return settle(task, std::move(value));
    }
    stack_.push_back({inner, r.body});
    return;
  }
  const std::size_t depth = frames_[task.frame].depth + 1;
  if (depth > static_cast<std::size_t>(base::Budget::kMaxCalls) || frames_.size() > kMaxFrames) {
    throw base::Error(base::Code::recursion, {}, r.name + " calls itself too often to be differentiated here");
  }
  Frame frame;
  frame.function = &r;
  frame.depth = depth;
  for (const Expansion* p : parts) frame.parameters.push_back(*p);
  calls_[{task.frame, task.node.id}] = frames_.size();
  stack_.push_back({frames_.size(), r.body});
  frames_.push_back(std::move(frame));
}

void Expander::of_call(const Task& task, std::span<const Expansion* const> parts) {
  const Expr e = task.node;
  const expr::Function& f = g_.function(e);
  const Expr smooth = rebuilt(e, parts);
  if (side_ != Side::both && g_.is_constant(smooth))
    return settle(task, from_outcome(in_.evaluate(smooth, bits_), smooth));
  if (side_ != Side::both && domain_around(f, parts) == number::Truth::no) return settle(task, not_real(e));
  const bool pieces = algebra::is_piecewise(f);
  const bool is_written_out = strict_ && pieces && !rounds(e);
  if (f.forms.series != nullptr && !is_written_out && !(pieces && side_ != Side::both)) {
    if (std::optional<Germ> germ = by_series(f, parts))
      return settle(task, simplified(repaired(known(std::move(*germ), smooth))));
  }
  if (side_ == Side::both) {
    if ((f.forms.series == nullptr && !pieces) || (strict_ && algebra::is_given(f.expansion)))
      return by_expansion(task, smooth);
    return settle(task, without(State::border));
  }
  if (&f == algebra::kernel().floor) return settle(task, of_floor(*parts[0]));
  if (&f == algebra::kernel().ln) return settle(task, of_steep_logarithm(*parts[0], smooth));
  if (&f == algebra::kernel().exp && vanishes(*parts[0])) {
    return settle(task, known({1, 0, terms_, Series()}, smooth));
  }
  if (&f == algebra::kernel().sin || &f == algebra::kernel().cos) {  // bounded for every argument
    rough_ = true;
    return settle(task, known({1, 0, 0, Series()}, smooth));
  }
  by_expansion(task, smooth);
}

// Whether it is a step function, whose series itself examines both sides of the point.
bool Expander::rounds(Expr call) {
  const std::optional<Expr> written = algebra::expanded(g_, call);
  if (!written) return true;
  return std::ranges::any_of(expr::reachable(g_, std::span(&*written, 1)), [this](Expr n) {
    return g_.kind(n) == expr::Kind::call && &g_.function(n) == algebra::kernel().floor;
  });
}

// yes: a neighbourhood of the values at the point lies inside the domain; no: outside; else unknown.
number::Truth Expander::domain_around(const expr::Function& f, std::span<const Expansion* const> parts) {
  if (f.domain.contains == nullptr) return number::Truth::yes;
  const Rational hair = Rational::power(Rational(1, 2), 20);
  const Ball around = Ball::hull(Ball(-hair, bits_), Ball(hair, bits_), bits_);
  std::vector<Ball> near;
  for (const Expansion* p : parts) {
    const Ball c = p->germ.coefficient(0);
    if (p->germ.lead < 0 || !c.is_finite()) return number::Truth::unknown;
    near.push_back(number::add(c, around, bits_));
  }
  return f.domain.contains(near, bits_);
}

// ln(c h^p (1 + …)) = -p ln(1/h) + ….
Expansion Expander::of_steep_logarithm(const Expansion& a, Expr smooth) {
  const std::optional<Germ> t = leading(a);
  if (!t || t->lead == 0) return without(State::unknown);
  if (!t->c.coefficient(0).is_positive()) return without(State::undefined);
  Expansion result = known({1, 0, 0, Series()}, smooth);
  result.tail = Tail{t->lead > 0 ? -1 : 1, Ball(), 1};
  return result;
}

bool Expander::vanishes(const Expansion& a) {
  if (a.germ.lead >= 0) return false;
  const std::optional<Germ> t = leading(a);
  return t && t->lead < 0 && t->c.coefficient(0).is_negative();
}

std::optional<Germ> Expander::by_series(const expr::Function& f, std::span<const Expansion* const> parts) {
  std::vector<Series> args;
  long root = 1;
  for (const Expansion* p : parts) root = std::max(root, p->germ.root);
  long terms = 1L << 30;
  for (const Expansion* p : parts) {
    if (root % p->germ.root != 0) return std::nullopt;
    const Germ same = with_root(p->germ, root / p->germ.root);
    std::optional<Series> s = from_zero(same);
    if (!s) return std::nullopt;
    args.push_back(std::move(*s));
    terms = std::min(terms, same.lead + same.terms);
  }
  if (terms < 1) return std::nullopt;
  // A value at an end of the domain proves nothing about nearby points.
  if (side_ != Side::both && terms == 1 && domain_around(f, parts) != number::Truth::yes) return std::nullopt;
  Germ result{root, 0, terms, f.forms.series(args, terms, bits_)};
  return result.c.is_nan() ? std::nullopt : std::optional(std::move(result));
}

Expansion Expander::of_floor(const Expansion& a) {
  const Ball c = a.germ.coefficient(0);
  if (c.is_nan() || a.germ.lead < 0) return without(State::unknown);
  const std::optional<long> n = c.unique_integer();
  if (!n) {
    const Ball whole = number::Ball(c);
    const Rational low = Rational::from_double(whole.lower()).floor();
    if (c.contains_integer()) return without(State::undecided);
    return known(Germ::constant(Ball(low, bits_), terms_), g_.rational(low));
  }
  Expansion rest = a;
  rest.germ = add(a.germ, Germ::constant(Ball(-*n), terms_), bits_);
  rest.smooth = expr::add(g_, a.smooth, expr::integer(g_, -*n));
  const std::optional<int> sign = sign_beside(repaired(std::move(rest)));
  if (!sign) return without(State::undecided);
  const long value = *sign < 0 ? *n - 1 : *n;
  return known(Germ::constant(Ball(value), terms_), expr::integer(g_, value));
}

void Expander::by_expansion(const Task& task, Expr smooth) {
  const Expr e = task.node;
  std::optional<Expr> simpler = algebra::expanded(g_, e);
  if (simpler == e) simpler.reset();
  const Expansion* found = simpler ? find(task.frame, *simpler) : nullptr;
  if (found != nullptr) return settle(task, Expansion(*found));
  // Integrating the derivative avoids powers that cancel between the parts of the expansion.
  const bool has_pieces = simpler && (algebra::is_piecewise(g_.function(e)) || g_.kind(*simpler) == expr::Kind::select);
  Expansion result = has_pieces ? without(State::unknown) : by_slope(task, smooth);
  if (result.state == State::known || !simpler) return settle(task, std::move(result));
  want(task.frame, *simpler);
}

Expansion Expander::by_slope(const Task& task, Expr smooth) {
  if (task.frame != 0 || terms_ <= 1) return without(State::unknown);
  const Expansion value = from_outcome(in_.evaluate(at_point(smooth), bits_), smooth);
  if (value.state != State::known) return beside(value);
  // The derivative is needed to one coefficient less, so it is expanded separately.
  const Expr rate = algebra::derivative(g_, on_path(smooth), x_, in_.budget());
  Expansion slope = expand(in_, rate, x_, at_, side_, terms_ - 1, bits_);
  if (slope.state != State::known) return slope;
  if (side_ == Side::left) slope.germ = scaled(slope.germ, Ball(-1), bits_);
  std::optional<Germ> germ = integral(slope.germ, value.germ.c.coefficient(0), bits_);
  return germ ? known(std::move(*germ), smooth) : without(State::unknown);
}

}  // namespace nabla::eval
