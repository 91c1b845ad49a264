#include "eval/jets/jet.h"

#include <algorithm>
#include <cmath>

#include "algebra/derivative/derivative.h"
#include "algebra/rules/rules.h"
#include "base/error.h"
#include "eval/jets/expander.h"
#include "expr/rewrite.h"

namespace nabla::eval {

using expr::Kind;
using number::Truth;
using State = Expansion::State;

namespace {

constexpr int kMaxProofs = 6;  // the number of derivatives formed to prove that a leading coefficient is 0
constexpr std::size_t kMaxProofNodes = 2000;

bool is_moving(const Germ& a) {
  for (long i = 1; i < a.terms; ++i) {
    if (!a.c.coefficient(i).contains_zero()) return true;
  }
  return false;
}

}  // namespace

Expansion Expander::run(Expr root, const Ball& at) {
  Expansion here;
  here.state = State::known;
  here.germ = Germ::constant(at, terms_);
  if (terms_ > 1) here.germ.c.set_coefficient(1, Ball(side_ == Side::left ? -1 : 1));
  here.smooth = x_;
  frames_.push_back({});
  frames_[0].known[x_.id] = here;
  for (const Companion& c : companions_) frames_[0].known[c.variable.id] = known(c.germ, c.variable);
  stack_.push_back({0, root});
  while (!stack_.empty()) {
    in_.budget().check();
    const Task task = stack_.back();
    if (find(task.frame, task.node) != nullptr) {
      stack_.pop_back();
    } else {
      step(task);
    }
  }
  Expansion result = *find(0, root);
  result.estimated = estimated_;
  result.rough = rough_;
  return result;
}

Expansion* Expander::find(std::size_t frame, Expr e) {
  const auto found = frames_[frame].known.find(e.id);
  return found == frames_[frame].known.end() ? nullptr : &found->second;
}

Expansion* Expander::want(std::size_t frame, Expr e) {
  Expansion* found = find(frame, e);
  if (found == nullptr) stack_.push_back({frame, e});
  return found;
}

void Expander::settle(const Task& task, Expansion result) {
  if (result.state != State::known && result.where.id == 0) result.where = task.node;
  frames_[task.frame].known[task.node.id] = std::move(result);
}

Expansion Expander::without(State state) {
  Expansion result;
  result.state = state;
  return result;
}

Expansion Expander::known(Germ germ, Expr smooth) {
  if (germ.c.is_nan()) return without(State::undecided);
  Expansion result;
  result.state = State::known;
  result.germ = std::move(germ);
  result.smooth = smooth;
  return result;
}

bool Expander::varies(std::size_t frame, Expr e) {
  if (frames_[frame].function != nullptr && g_.is(e, expr::kHasParameter)) return true;
  const auto [it, is_new] = varies_.try_emplace(e.id, false);
  if (is_new) {
    it->second = algebra::depends_deeply(g_, e, x_) || std::ranges::any_of(companions_, [&](const Companion& c) {
                   return algebra::depends_deeply(g_, e, c.variable);
                 });
  }
  return it->second;
}

Expansion Expander::from_outcome(const Outcome& o, Expr e) {
  Expansion result;
  result.smooth = e;
  switch (o.state) {
    case Outcome::State::estimated: estimated_ = true; [[fallthrough]];
    case Outcome::State::enclosed:
      result.state = o.ball.is_finite() ? State::known : State::undecided;
      result.germ = Germ::constant(o.ball, terms_);
      if (o.exact) result.smooth = g_.rational(*o.exact);
      break;
    case Outcome::State::undefined:
      result.state = State::undefined;
      result.reason = o.reason;
      result.where = o.where;
      break;
    case Outcome::State::undecided: result.state = State::undecided; break;
  }
  return result;
}

void Expander::step(const Task& task) {
  const Expr e = task.node;
  if (g_.kind(e) == Kind::parameter && frames_[task.frame].function != nullptr) {
    return settle(task, frames_[task.frame].parameters[g_.height(e)]);
  }
  if (e == x_) return settle(task, *find(0, x_));
  if (!varies(task.frame, e)) return settle(task, from_outcome(in_.evaluate(e, bits_), e));
  switch (g_.kind(e)) {
    case Kind::select: return of_select(task);
    case Kind::logic: return of_logic(task);
    case Kind::component: return of_component(task);
    case Kind::operation: return of_operation(task);
    default: break;
  }
  std::vector<const Expansion*> parts;
  bool waiting = false;
  for (Expr a : g_.args(e)) {
    parts.push_back(want(task.frame, a));
    waiting = waiting || parts.back() == nullptr;
  }
  if (waiting) return;
  for (const Expansion* p : parts) {
    if (p->state != State::known) return settle(task, *p);
  }
  if (g_.kind(e) == Kind::call) return of_call(task, parts);
  if (g_.kind(e) == Kind::apply) return of_apply(task, parts);
  settle(task, simplified(combine(e, parts)));
}

Expansion Expander::simplified(Expansion a) {
  if (side_ == Side::both || a.state != State::known || a.tail || !a.germ.is_taylor() || a.germ.terms <= 1) return a;
  std::optional<Rational> value = a.germ.c.coefficient(0).exact();
  if (const std::optional<long> n = a.germ.c.coefficient(0).unique_integer(); !value && n) value = Rational(*n);
  if (!value || g_.is_number(a.smooth)) return a;
  for (long i = 1; i < a.germ.terms; ++i) {
    if (!a.germ.c.coefficient(i).contains_zero()) return a;
  }
  const Expr constant = g_.rational(*value);
  if (in_.proven_equal(a.smooth, constant)) a.smooth = constant;
  return a;
}

Expr Expander::rebuilt(Expr e, std::span<const Expansion* const> parts) {
  if (side_ == Side::both) return e;
  std::vector<Expr> args;
  for (const Expansion* p : parts) args.push_back(p->smooth);
  return expr::with_args(g_, e, args);
}

Expr Expander::on_path(Expr e) {
  if (companions_.empty()) return e;
  std::vector<expr::Replacement> put;
  for (const Companion& c : companions_) put.push_back({c.variable, c.path});
  return expr::substitute(g_, e, put);
}

Expr Expander::at_point(Expr e) {
  const expr::Replacement put{x_, at_};
  return expr::substitute(g_, on_path(e), std::span(&put, 1));
}

Expansion Expander::combine(Expr e, std::span<const Expansion* const> parts) {
  switch (g_.kind(e)) {
    case Kind::sum: {
      Germ total = parts[0]->germ;
      MaybeTail tail = parts[0]->tail;
      for (const Expansion* p : parts.subspan(1)) {
        tail = tail_of_sum(total, tail, p->germ, p->tail);
        total = add(total, p->germ, bits_);
      }
      Expansion result = repaired(known(std::move(total), rebuilt(e, parts)));
      result.tail = std::move(tail);
      return result;
    }
    case Kind::product: {
      Germ total = parts[0]->germ;
      MaybeTail tail = parts[0]->tail;
      for (const Expansion* p : parts.subspan(1)) {
        tail = tail_of_product(total, tail, p->germ, p->tail, bits_);
        total = mul(total, p->germ, bits_);
      }
      Expansion result = known(std::move(total), rebuilt(e, parts));
      result.tail = std::move(tail);
      return result;
    }
    case Kind::power: return of_power(e, parts);
    case Kind::compare: return of_compare(e, parts);
    default: return without(State::unknown);
  }
}

Expansion Expander::repaired(Expansion a) {
  if (a.state != State::known || !a.germ.is_taylor()) return a;
  const Ball c = a.germ.c.coefficient(0);
  if (c.is_zero() || !c.contains_zero() || !proven_zero(a.smooth)) return a;
  a.germ.c.set_coefficient(0, Ball());
  return a;
}

bool Expander::proven_zero(Expr e) {
  if (!g_.is_constant(at_)) return false;
  const Expr value = at_point(e);
  if (g_.is_zero(value)) return true;
  if (!g_.is_constant(value) || g_.is(value, expr::kHasOperation)) return false;
  try {
    return in_.decide(expr::compare(g_, expr::Relation::equal, value, expr::integer(g_, 0))) == Truth::yes;
  } catch (const base::Error&) {
    return false;
  }
}

std::optional<Germ> Expander::leading(const Expansion& a) {
  Germ t = trimmed(a.germ);
  Expr d = on_path(a.smooth);
  for (int i = 0; i < kMaxProofs && t.terms > 0 && t.c.coefficient(0).contains_zero(); ++i) {
    if (!a.germ.is_taylor()) return std::nullopt;
    if (i == 0 && t.lead > 0) d = algebra::derivative(g_, d, x_, t.lead, in_.budget(), kMaxProofNodes);
    if (i > 0) d = algebra::derivative(g_, d, x_, in_.budget());
    if (!proven_zero(d)) return std::nullopt;
    t.c.set_coefficient(0, Ball());
    const long before = t.lead;
    t = trimmed(t);
    for (long skipped = before + 1; skipped < t.lead; ++skipped) d = algebra::derivative(g_, d, x_, in_.budget());
  }
  if (t.terms == 0 || t.c.coefficient(0).contains_zero()) return std::nullopt;
  return t;
}

std::optional<int> Expander::sign_beside(const Expansion& a) {
  if (g_.is_zero(a.smooth)) return 0;
  if (a.tail && trimmed(a.germ).terms == 0) return a.tail->sign;
  const std::optional<Germ> t = leading(a);
  if (!t) return std::nullopt;
  return t->c.coefficient(0).is_positive() ? 1 : -1;
}

Expansion Expander::of_power(Expr e, std::span<const Expansion* const> parts) {
  const Expansion& base = *parts[0];
  const Expr smooth = rebuilt(e, parts);
  const Expr exponent = side_ == Side::both ? g_.arg(e, 1) : parts[1]->smooth;
  if (!g_.is_number(exponent)) return of_general_power(e, base, *parts[1], smooth);
  const Rational& q = g_.number(exponent);
  const Germ& b = base.germ;
  if (b.is_taylor()) {
    const Ball c = b.c.coefficient(0);
    if ((q.is_integer() && q.sign() >= 0) || !c.contains_zero()) {
      if (!q.denominator_is_odd() && c.is_negative()) return not_real(e);
      return known({1, 0, b.terms, number::power(b.c, q, b.terms, bits_)}, smooth);
    }
    if (side_ == Side::both) return without(State::border);
  }
  if (q.sign() < 0 && g_.is_zero(base.smooth)) return not_real(e);
  const std::optional<Germ> t = leading(base);
  if (!t) {
    const Germ zeros = trimmed(b);
    if (zeros.terms > 0 || q.sign() < 0) return without(State::undecided);
    const bool has_root = q.denominator_is_odd() || g_.is(base.smooth, expr::kNonnegative) || g_.is_zero(base.smooth);
    if (!has_root) return without(State::unknown);
    const std::optional<long> end = (zeros.end() * q).floor().to_long();
    return known({1, 0, std::min(terms_, end.value_or(terms_)), Series()}, smooth);
  }
  if (!q.denominator_is_odd() && t->c.coefficient(0).is_negative()) return not_real(e);
  return known(power(*t, q, bits_), smooth);
}

Expansion Expander::not_real(Expr e) {
  Expansion result = without(State::undefined);
  result.where = e;
  return result;
}

Expansion Expander::of_general_power(Expr e, const Expansion& base, const Expansion& exponent, Expr smooth) {
  const Ball c = base.germ.coefficient(0);
  if (base.germ.is_taylor() && exponent.germ.is_taylor() && c.is_positive()) {
    const long n = std::min(base.germ.terms, exponent.germ.terms);
    return known({1, 0, n, number::power(base.germ.c, exponent.germ.c, n, bits_)}, smooth);
  }
  if (c.is_negative() && is_moving(exponent.germ)) return not_real(e);
  if (side_ == Side::both) return without(State::border);
  if (g_.is_zero(base.smooth)) {
    const std::optional<int> sign = sign_beside(exponent);
    if (!sign || *sign == 0) return without(State::unknown);
    return *sign > 0 ? known(Germ::constant(Ball(), terms_), g_.rational(0)) : not_real(e);
  }
  const std::optional<Germ> b = leading(base);
  if (!b || b->lead <= 0) return without(State::unknown);
  if (b->c.coefficient(0).is_negative()) return not_real(e);
  return of_vanishing_power(*b, exponent, smooth);
}

// c h^p to a power: with an exponent b(h) -> β > 0 it is like h^(pβ), with d h^q it is 1 + d p h^q ln(h) + ….
Expansion Expander::of_vanishing_power(const Germ& base, const Expansion& exponent, Expr smooth) {
  const Ball start = exponent.germ.coefficient(0);
  Expansion result;
  Tail tail;
  if (start.is_positive()) {
    tail.order = number::mul(start, Ball(Rational(base.lead, base.root), bits_), bits_);
    const double floor = std::floor(tail.order.lower());
    result = known(Germ::constant(Ball(), std::min(terms_, static_cast<long>(std::min(floor, 1e6)))), smooth);
  } else {
    const std::optional<Germ> b = leading(exponent);
    if (!b || b->lead <= 0) return without(State::unknown);
    tail.order = Ball(Rational(b->lead, b->root), bits_);
    tail.logs = 1;
    tail.sign = b->c.coefficient(0).is_positive() ? -1 : 1;
    result = known({b->root, 0, b->lead, Series(Ball(1))}, smooth);
  }
  result.tail = std::move(tail);
  return result;
}

Expansion Expander::truth(bool value) { return known(Germ::constant(Ball(value ? 1 : 0), terms_), g_.boolean(value)); }

Expansion Expander::of_compare(Expr e, std::span<const Expansion* const> parts) {
  const Germ subtracted = scaled(parts[1]->germ, Ball(-1), bits_);
  MaybeTail tail = parts[1]->tail;
  if (tail) tail->sign = -tail->sign;
  Expansion difference = known(add(parts[0]->germ, subtracted, bits_),
                               side_ == Side::both ? e : expr::subtract(g_, parts[0]->smooth, parts[1]->smooth));
  difference.tail = tail_of_sum(parts[0]->germ, parts[0]->tail, subtracted, tail);
  if (difference.state != State::known) return difference;
  std::optional<int> sign;
  if (side_ == Side::both) {
    const Ball c = difference.germ.c.coefficient(0);
    if (c.contains_zero()) return without(State::border);
    sign = c.is_positive() ? 1 : -1;
  } else {
    sign = sign_beside(difference);
  }
  if (!sign) return without(State::undecided);
  switch (g_.relation(e)) {
    case expr::Relation::less: return truth(*sign < 0);
    case expr::Relation::less_equal: return truth(*sign <= 0);
    case expr::Relation::equal: return truth(*sign == 0);
    case expr::Relation::not_equal: return truth(*sign != 0);
  }
  return without(State::unknown);
}

std::optional<Truth> Expander::holds(const Expansion& condition) {
  if (g_.is_zero(condition.smooth)) return Truth::no;
  if (g_.kind(condition.smooth) == Kind::boolean) return g_.truth(condition.smooth) ? Truth::yes : Truth::no;
  if (side_ == Side::both && condition.germ.coefficient(0).contains_zero()) return std::nullopt;
  return leading(condition) ? Truth::yes : Truth::unknown;
}

bool Expander::is_open(const Task& task, std::optional<Truth> t) {
  if (!t) settle(task, without(State::border));
  if (t == Truth::unknown) settle(task, without(State::undecided));
  return !t || t == Truth::unknown;
}

void Expander::of_select(const Task& task) {
  const Expansion* condition = want(task.frame, g_.arg(task.node, 0));
  if (condition == nullptr) return;
  if (condition->state != State::known) return settle(task, *condition);
  const std::optional<Truth> t = holds(*condition);
  if (is_open(task, t)) return;
  const Expansion* taken = want(task.frame, g_.arg(task.node, t == Truth::yes ? 1 : 2));
  if (taken != nullptr) settle(task, Expansion(*taken));
}

void Expander::of_logic(const Task& task) {
  const expr::Connective c = g_.connective(task.node);
  // Of real numbers a = b and c = d is (a - b)² + (c - d)² = 0: a point of the plane, decided as one.
  const auto is_equation = [&](Expr a) {
    return g_.kind(a) == Kind::compare && g_.relation(a) == expr::Relation::equal;
  };
  if (c == expr::Connective::and_ && std::ranges::all_of(g_.args(task.node), is_equation)) {
    std::vector<Expr> squares;
    for (Expr a : g_.args(task.node)) {
      squares.push_back(expr::power(g_, expr::subtract(g_, g_.arg(a, 0), g_.arg(a, 1)), 2));
    }
    const Expr zero = expr::integer(g_, 0);
    const Expansion* one = want(task.frame, expr::compare(g_, expr::Relation::equal, expr::sum(g_, squares), zero));
    if (one != nullptr) settle(task, Expansion(*one));
    return;
  }
  for (Expr a : g_.args(task.node)) {
    const Expansion* part = want(task.frame, a);
    if (part == nullptr) return;
    if (part->state != State::known) return settle(task, *part);
    const std::optional<Truth> t = holds(*part);
    if (is_open(task, t)) return;
    if (c == expr::Connective::not_) return settle(task, truth(t == Truth::no));
    if ((t == Truth::yes) == (c == expr::Connective::or_)) return settle(task, truth(t == Truth::yes));
  }
  settle(task, truth(c == expr::Connective::and_));
}

void Expander::of_component(const Task& task) {
  const Expansion* index = want(task.frame, g_.arg(task.node, 0));
  if (index == nullptr) return;
  if (index->state != State::known) return settle(task, *index);
  const std::optional<long> i = index->germ.coefficient(0).unique_integer();
  if (!i || *i < 1 || *i >= static_cast<long>(g_.node(task.node).count)) {
    return settle(task, without(i ? State::undefined : State::undecided));
  }
  const Expansion* element = want(task.frame, g_.arg(task.node, static_cast<std::size_t>(*i)));
  if (element != nullptr) settle(task, Expansion(*element));
}

Expansion Expander::beside(Expansion at_point) const {
  if (side_ != Side::both && at_point.state == State::undefined) at_point.state = State::unknown;
  return at_point;
}

Expansion expand(Evaluator& in, Expr e, Expr x, Expr at, Side side, long terms, Bits bits) {
  const Outcome point = in.evaluate(at, bits);
  if (!point.has_value()) {
    Expansion result;
    result.state = point.state == Outcome::State::undefined ? State::undefined : State::undecided;
    result.reason = point.reason;
    result.where = point.where;
    return result;
  }
  Expansion result = Expander(in, x, at, side, terms, bits).run(e, point.ball);
  result.estimated = result.estimated || point.state == Outcome::State::estimated;
  return result;
}

Series jet(Evaluator& in, Expr e, Expr x, const Ball& at, long terms, Bits bits) {
  Expansion result = Expander(in, x, x, Side::both, terms, bits).run(e, at);
  if (result.state == State::known && result.germ.is_taylor() && result.germ.terms >= terms && !result.estimated) {
    return result.germ.c;
  }
  Series none;
  for (long i = 0; i < terms; ++i) none.set_coefficient(i, Ball::nan());
  return none;
}

}  // namespace nabla::eval
