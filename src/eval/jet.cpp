#include "eval/jet.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "algebra/call.h"
#include "algebra/derivative.h"
#include "algebra/rules.h"
#include "base/error.h"

namespace nabla::eval {
namespace {

using expr::Kind;
using number::Truth;
using State = Expansion::State;

constexpr std::size_t kMaxFrames = 100'000;
constexpr int kMaxProofs = 6;  // derivatives formed to prove that a leading coefficient is 0

// One run over an expression and the bodies of the recursive functions it calls, on an explicit stack.
class Expander {
 public:
  Expander(Evaluator& in, Expr x, Expr at, Side side, long terms, Bits bits)
      : in_(in), g_(in.graph()), x_(x), at_(at), side_(side), terms_(terms), bits_(bits) {}

  Expansion run(Expr root, const Ball& at) {
    Expansion here;
    here.state = State::known;
    here.germ = Germ::constant(at, terms_);
    if (terms_ > 1) here.germ.c.set_coefficient(1, Ball(side_ == Side::left ? -1 : 1));
    here.smooth = x_;
    frames_.push_back({});
    frames_[0].known[x_.id] = here;
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

 private:
  struct Frame {
    std::vector<Expansion> parameters;
    std::unordered_map<std::uint32_t, Expansion> known;
    const expr::Recursive* function = nullptr;
    std::size_t depth = 0;
  };
  struct Task {
    std::size_t frame;
    Expr node;
  };

  Expansion* find(std::size_t frame, Expr e) {
    const auto found = frames_[frame].known.find(e.id);
    return found == frames_[frame].known.end() ? nullptr : &found->second;
  }

  // The germ of a part; asks for it and gives nullptr if it is not there yet.
  Expansion* want(std::size_t frame, Expr e) {
    Expansion* found = find(frame, e);
    if (found == nullptr) stack_.push_back({frame, e});
    return found;
  }

  void settle(const Task& task, Expansion result) {
    if (result.state != State::known && result.where.id == 0) result.where = task.node;
    frames_[task.frame].known[task.node.id] = std::move(result);
  }

  static Expansion without(State state) {
    Expansion result;
    result.state = state;
    return result;
  }

  Expansion known(Germ germ, Expr smooth) {
    if (germ.c.is_nan()) return without(State::undecided);
    Expansion result;
    result.state = State::known;
    result.germ = std::move(germ);
    result.smooth = smooth;
    return result;
  }

  bool varies(std::size_t frame, Expr e) {
    if (frames_[frame].function != nullptr && g_.is(e, expr::kHasParameter)) return true;
    const auto [it, is_new] = varies_.try_emplace(e.id, false);
    if (is_new) it->second = algebra::depends_deeply(g_, e, x_);
    return it->second;
  }

  Expansion from_outcome(const Outcome& o, Expr e) {
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

  void step(const Task& task) {
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
    settle(task, combine(e, parts));
  }

  Expr rebuilt(Expr e, std::span<const Expansion* const> parts) {
    if (side_ == Side::both) return e;
    std::vector<Expr> args;
    for (const Expansion* p : parts) args.push_back(p->smooth);
    return expr::with_args(g_, e, args);
  }

  Expansion combine(Expr e, std::span<const Expansion* const> parts) {
    switch (g_.kind(e)) {
      case Kind::sum: {
        Germ total = parts[0]->germ;
        for (const Expansion* p : parts.subspan(1)) total = add(total, p->germ, bits_);
        return repaired(known(std::move(total), rebuilt(e, parts)));
      }
      case Kind::product: {
        Germ total = parts[0]->germ;
        for (const Expansion* p : parts.subspan(1)) total = mul(total, p->germ, bits_);
        return known(std::move(total), rebuilt(e, parts));
      }
      case Kind::power: return of_power(e, parts);
      case Kind::compare: return of_compare(e, parts);
      default: return without(State::unknown);
    }
  }

  // A constant term that contains 0 but is 0 exactly, as shown by the builders' exact arithmetic or a proof.
  Expansion repaired(Expansion a) {
    if (a.state != State::known || !a.germ.is_taylor()) return a;
    const Ball c = a.germ.c.coefficient(0);
    if (c.is_zero() || !c.contains_zero() || !proven_zero(a.smooth)) return a;
    a.germ.c.set_coefficient(0, Ball());
    return a;
  }

  // Whether a function is proven to be 0 at the point.
  bool proven_zero(Expr e) {
    if (!g_.is_constant(at_)) return false;
    const expr::Replacement put{x_, at_};
    const Expr value = expr::substitute(g_, e, std::span(&put, 1));
    if (g_.is_zero(value)) return true;
    if (!g_.is_constant(value) || g_.is(value, expr::kHasOperation)) return false;
    try {
      return in_.decide(expr::compare(g_, expr::Relation::equal, value, expr::integer(g_, 0))) == Truth::yes;
    } catch (const base::Error&) {
      return false;
    }
  }

  // Brings the first coefficient that is not 0 to the front. Nothing if it cannot be told.
  std::optional<Germ> leading(const Expansion& a) {
    Germ t = trimmed(a.germ);
    Expr d = a.smooth;
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
  static constexpr std::size_t kMaxProofNodes = 2000;

  // The sign of a function on this side of the point.
  std::optional<int> sign_beside(const Expansion& a) {
    if (g_.is_zero(a.smooth)) return 0;
    const std::optional<Germ> t = leading(a);
    if (!t) return std::nullopt;
    return t->c.coefficient(0).is_positive() ? 1 : -1;
  }

  Expansion of_power(Expr e, std::span<const Expansion* const> parts) {
    const Expansion& base = *parts[0];
    const Expr smooth = rebuilt(e, parts);
    if (!g_.is_number(g_.arg(e, 1))) return of_general_power(base, *parts[1], smooth);
    const Rational& q = g_.number(g_.arg(e, 1));
    const Germ& b = base.germ;
    if (b.is_taylor()) {
      const Ball c = b.c.coefficient(0);
      if ((q.is_integer() && q.sign() >= 0) || !c.contains_zero()) {
        if (!q.denominator_is_odd() && c.is_negative()) return not_real(e);
        return known({1, 0, b.terms, number::power(b.c, q, b.terms, bits_)}, smooth);
      }
      if (side_ == Side::both) return without(State::border);
    }
    const std::optional<Germ> t = leading(base);
    if (!t) {
      const Germ zeros = trimmed(b);
      if (zeros.terms > 0 || q.sign() < 0) return without(State::undecided);
      const std::optional<long> end = (zeros.end() * q).floor().to_long();
      return known({1, 0, std::min(terms_, end.value_or(terms_)), Series()}, smooth);
    }
    if (!q.denominator_is_odd() && t->c.coefficient(0).is_negative()) return not_real(e);
    return known(power(*t, q, bits_), smooth);
  }

  Expansion not_real(Expr e) {
    Expansion result = without(State::undefined);
    result.where = e;
    return result;
  }

  Expansion of_general_power(const Expansion& base, const Expansion& exponent, Expr smooth) {
    if (!base.germ.is_taylor() || !exponent.germ.is_taylor()) return without(State::unknown);
    const long n = std::min(base.germ.terms, exponent.germ.terms);
    const Ball c = base.germ.c.coefficient(0);
    if (c.contains_zero()) return without(side_ == Side::both ? State::border : State::unknown);
    return known({1, 0, n, number::power(base.germ.c, exponent.germ.c, n, bits_)}, smooth);
  }

  Expansion truth(bool value) { return known(Germ::constant(Ball(value ? 1 : 0), terms_), g_.boolean(value)); }

  Expansion of_compare(Expr e, std::span<const Expansion* const> parts) {
    Expansion difference = known(add(parts[0]->germ, scaled(parts[1]->germ, Ball(-1), bits_), bits_),
                                 side_ == Side::both ? e : expr::subtract(g_, parts[0]->smooth, parts[1]->smooth));
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

  // Whether a condition holds at and beside the point: its germ is that of a truth value, or of a number that counts as
  // one. Nothing for Side::both where it is 0 at the point alone.
  std::optional<Truth> holds(const Expansion& condition) {
    if (g_.is_zero(condition.smooth)) return Truth::no;
    if (g_.kind(condition.smooth) == Kind::boolean) return g_.truth(condition.smooth) ? Truth::yes : Truth::no;
    if (side_ == Side::both && condition.germ.coefficient(0).contains_zero()) return std::nullopt;
    return leading(condition) ? Truth::yes : Truth::unknown;
  }

  // Settles a task whose condition does not tell.
  bool is_open(const Task& task, std::optional<Truth> t) {
    if (!t) settle(task, without(State::border));
    if (t == Truth::unknown) settle(task, without(State::undecided));
    return !t || t == Truth::unknown;
  }

  void of_select(const Task& task) {
    const Expansion* condition = want(task.frame, g_.arg(task.node, 0));
    if (condition == nullptr) return;
    if (condition->state != State::known) return settle(task, *condition);
    const std::optional<Truth> t = holds(*condition);
    if (is_open(task, t)) return;
    const Expansion* taken = want(task.frame, g_.arg(task.node, t == Truth::yes ? 1 : 2));
    if (taken != nullptr) settle(task, Expansion(*taken));
  }

  void of_logic(const Task& task) {
    const expr::Connective c = g_.connective(task.node);
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

  void of_component(const Task& task) {
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

  // What is undefined at the point may be defined beside it.
  Expansion beside(Expansion at_point) const {
    if (side_ != Side::both && at_point.state == State::undefined) at_point.state = State::unknown;
    return at_point;
  }

  // Coefficient by coefficient, from the derivatives of the operation at the point.
  void of_operation(const Task& task) {
    if (task.frame != 0) return settle(task, without(State::unknown));
    Germ germ{1, 0, terms_, {}};
    Expr d = task.node;
    Ball factor = 1;
    const expr::Replacement put{x_, at_};
    for (long k = 0; k < terms_; ++k) {
      if (k > 0) {
        d = algebra::derivative(g_, d, x_, in_.budget());
        factor = number::div(factor, Ball(side_ == Side::left ? -k : k), bits_);
      }
      const Expansion value = from_outcome(in_.evaluate(expr::substitute(g_, d, std::span(&put, 1)), bits_), d);
      if (value.state != State::known) return settle(task, beside(value));
      germ.c.set_coefficient(k, number::mul(value.germ.c.coefficient(0), factor, bits_));
    }
    settle(task, known(std::move(germ), task.node));
  }

  void of_apply(const Task& task, std::span<const Expansion* const> parts) {
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

  void of_call(const Task& task, std::span<const Expansion* const> parts) {
    const Expr e = task.node;
    const expr::Function& f = g_.function(e);
    const Expr smooth = rebuilt(e, parts);
    const bool pieces = algebra::is_piecewise(f);
    if (f.series != nullptr && !(pieces && side_ != Side::both)) {
      if (std::optional<Germ> germ = by_series(f, parts))
        return settle(task, repaired(known(std::move(*germ), smooth)));
    }
    if (side_ == Side::both) {
      if (f.series == nullptr && !pieces) return by_expansion(task, smooth);
      return settle(task, without(State::border));
    }
    if (&f == algebra::kernel().floor) return settle(task, of_floor(*parts[0]));
    if (&f == algebra::kernel().exp && vanishes(*parts[0])) {
      return settle(task, known({1, 0, terms_, Series()}, smooth));
    }
    if (&f == algebra::kernel().sin || &f == algebra::kernel().cos) {  // bounded, whatever the argument does
      rough_ = true;
      return settle(task, known({1, 0, 0, Series()}, smooth));
    }
    by_expansion(task, smooth);
  }

  // Whether e^a falls to 0 faster than any power: a goes to -infinity like a power.
  bool vanishes(const Expansion& a) {
    if (a.germ.lead >= 0) return false;
    const std::optional<Germ> t = leading(a);
    return t && t->lead < 0 && t->c.coefficient(0).is_negative();
  }

  std::optional<Germ> by_series(const expr::Function& f, std::span<const Expansion* const> parts) {
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
    Germ result{root, 0, terms, f.series(args, terms, bits_)};
    return result.c.is_nan() ? std::nullopt : std::optional(std::move(result));
  }

  // floor beside a point: one less than a whole number reached from below.
  Expansion of_floor(const Expansion& a) {
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

  // By the row's expansion, else by integrating its derivative along the way.
  void by_expansion(const Task& task, Expr smooth) {
    const Expr e = task.node;
    if (const std::optional<Expr> simpler = algebra::expanded(g_, e); simpler && *simpler != e) {
      if (const Expansion* found = want(task.frame, *simpler)) settle(task, Expansion(*found));
      return;
    }
    if (task.frame != 0 || terms_ <= 1) return settle(task, without(State::unknown));
    // The derivative is needed to one coefficient less; its own machine, so that the lengths differ.
    const expr::Replacement put{x_, at_};
    const Expansion value = from_outcome(in_.evaluate(expr::substitute(g_, e, std::span(&put, 1)), bits_), e);
    if (value.state != State::known) return settle(task, beside(value));
    const Expr rate = algebra::derivative(g_, smooth, x_, in_.budget());
    Expansion slope = expand(in_, rate, x_, at_, side_, terms_ - 1, bits_);
    if (slope.state != State::known) return settle(task, std::move(slope));
    if (side_ == Side::left) slope.germ = scaled(slope.germ, Ball(-1), bits_);
    std::optional<Germ> germ = integral(slope.germ, value.germ.c.coefficient(0), bits_);
    settle(task, germ ? known(std::move(*germ), smooth) : without(State::unknown));
  }

  struct PlaceHash {
    std::size_t operator()(const std::pair<std::size_t, std::uint32_t>& p) const {
      return p.first * 1'000'003 + p.second;
    }
  };

  Evaluator& in_;
  Graph& g_;
  Expr x_;
  Expr at_;
  Side side_;
  long terms_;
  Bits bits_;
  std::deque<Frame> frames_;
  std::vector<Task> stack_;
  std::unordered_map<std::uint32_t, bool> varies_;
  std::unordered_map<std::pair<std::size_t, std::uint32_t>, std::size_t, PlaceHash> calls_;
  bool estimated_ = false;
  bool rough_ = false;
};

}  // namespace

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
