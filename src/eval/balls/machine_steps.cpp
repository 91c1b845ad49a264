// Machine (machine.h): computes one step whose arguments are known.
#include <algorithm>
#include <array>

#include "algebra/rules/call.h"
#include "algebra/rules/rules.h"
#include "algebra/simplify/equality.h"
#include "eval/balls/machine.h"
#include "expr/rewrite.h"
#include "expr/rows.h"
#include "expr/write/print.h"

namespace nabla::eval {
namespace {

using base::Code;
using number::Truth;

// From this precision on, a ball that still straddles a boundary is settled by a proof of equality.
constexpr Bits kSettleBits = 256;
constexpr Bits kPoorBits = 16;

std::string arguments_text(std::span<Slot* const> args) {
  if (args.size() == 1) return shown(*args[0]);
  std::string text = "(";
  for (std::size_t k = 0; k < args.size(); ++k) text += (k == 0 ? "" : ", ") + shown(*args[k]);
  return text + ")";
}

}  // namespace

std::span<Slot* const> Machine::slots(const Activation& a, std::span<const std::uint32_t> args) {
  slot_scratch_.clear();
  for (std::uint32_t i : args) slot_scratch_.push_back(&a.frame->slots[i]);
  return slot_scratch_;
}

number::Balls Machine::balls(const Activation& a, std::span<const std::uint32_t> args) {
  if (args.size() == 1) return {&a.frame->slots[args[0]].ball(bits_), 1};
  ball_scratch_.resize(std::max(ball_scratch_.size(), args.size()));
  for (std::size_t k = 0; k < args.size(); ++k) ball_scratch_[k] = a.frame->slots[args[k]].ball(bits_);
  return {ball_scratch_.data(), args.size()};
}

void Machine::compute(const Activation& a, const Step& s, Slot& out) {
  compute_once(a, s, out);
  if (bits_ < kSettleBits) return;
  const bool border = s.op == Op::power || s.op == Op::literal_power || s.op == Op::call;
  if (!border) return;
  const bool poor = out.value.state == Outcome::State::undecided ||
                    (s.op == Op::call && out.has_value() && !out.exact() && out.value.ball.accuracy_bits() < kPoorBits);
  if (poor && settle_arguments(a, s)) compute_once(a, s, out);
  if (s.op == Op::call && out.value.state == Outcome::State::undecided) compute_by_expansion(a, s, out);
}

// The expansion may have a jump exactly at the arguments: mod(√12, √3) has the quotient 2.
void Machine::compute_by_expansion(const Activation& a, const Step& s, Slot& out) {
  const expr::Function& f = *s.function;
  const auto args = a.program->args(s);
  if (f.expansion == expr::kNone ||
      std::ranges::any_of(slots(a, args), [](const Slot* x) { return !x->has_value(); })) {
    return;
  }
  if (f.domain.contains != nullptr && f.domain.contains(balls(a, args), bits_) != Truth::yes) return;
  const std::vector<Expr> given(graph_.args(s.node).begin(), graph_.args(s.node).end());
  const Expr expansion = algebra::instantiate(graph_, f, f.expansion, given);
  const Inside inside(*this, a);
  out.copy(owner_.evaluate(expansion, bits_));
}

void Machine::compute_once(const Activation& a, const Step& s, Slot& out) {
  const auto args = a.program->args(s);
  switch (s.op) {
    case Op::constant: out.set(*s.number); return;
    case Op::variable:
      if (s.binding->bound) return out.copy(s.binding->value);
      return out.set_undefined({Code::undefined,
                                {},
                                graph_.kind(s.node) == expr::Kind::symbol ? graph_.name(s.node) + " has no value"
                                                                          : "a variable has no value"},
                               s.node);
    case Op::parameter:
      if (s.parameter < a.parameters.size()) return out.copy(a.parameters[s.parameter]);
      return out.set_undefined({Code::undefined, {}, "a parameter has no value"}, s.node);
    case Op::sum: return add(slots(a, args), out, bits_, s.node);
    case Op::product: return multiply(slots(a, args), out, bits_, s.node);
    case Op::power:
    case Op::literal_power: {
      Slot& exponent = a.frame->slots[args[1]];
      const bool takes_roots = s.op == Op::literal_power || (s.detail > 0 && exponent.exact() &&
                                                             (exponent.rational() * Rational(s.detail)).is_integer());
      return raise(a.frame->slots[args[0]], exponent, takes_roots, out, bits_, s.node);
    }
    case Op::call: return compute_call(a, s, out);
    case Op::compare: return compute_compare(a, s, out);
    case Op::operation: {
      budget_.check();
      const Inside inside(*this, a);
      out.copy(s.operation->enclose(owner_, s.node, bits_));
      return;
    }
    case Op::logic:
    case Op::select:
    case Op::component:
    case Op::apply: return;  // of lazy programs, done by advance
  }
}

std::optional<Rational> Machine::exact_value(const expr::Function& f, std::span<Slot* const> given) {
  if (given.size() == 1) return f.forms.exact({&given[0]->rational(), 1});
  rational_scratch_.resize(std::max(rational_scratch_.size(), given.size()));
  for (std::size_t k = 0; k < given.size(); ++k) rational_scratch_[k] = given[k]->rational();
  return f.forms.exact({rational_scratch_.data(), given.size()});
}

// For a function that is constant between its jumps, with an enclosed value: its value at any point of the first
// argument.
std::optional<Rational> Machine::value_of_step(const expr::Function& f, std::span<Slot* const> given) {
  const bool is_step = f.forms.exact != nullptr && (f.derivative == "0" || f.derivative.starts_with("0;"));
  if (!is_step || !std::ranges::all_of(given.subspan(1), &Slot::exact)) return std::nullopt;
  std::vector<Rational> at;
  for (Slot* x : given) {
    std::optional<Rational> q = x->exact() ? x->rational() : x->ball(bits_).midpoint();
    if (!q) return std::nullopt;
    at.push_back(std::move(*q));
  }
  return f.forms.exact(at);
}

void Machine::compute_call(const Activation& a, const Step& s, Slot& out) {
  const auto args = a.program->args(s);
  bool is_estimate = false;
  const std::span<Slot* const> given = slots(a, args);
  if (passes_on(given, out, is_estimate)) return;
  const bool exact = s.function->forms.exact != nullptr && std::ranges::all_of(given, &Slot::exact);
  if (exact) {
    if (std::optional<Rational> value = exact_value(*s.function, given)) return out.set(std::move(*value));
  }
  Ball result = s.function->forms.ball(balls(a, args), bits_);
  if (result.is_finite()) {
    std::optional<Rational> step = exact || is_estimate ? std::nullopt : value_of_step(*s.function, given);
    return step ? out.set(std::move(*step)) : out.set(std::move(result), is_estimate);
  }
  if (outside_domain(a, s, args, out)) return;
  const bool infinite = !result.is_nan() && result.is_exact();
  infinite ? out.set(std::move(result), is_estimate) : out.set_undecided();
}

bool Machine::outside_domain(const Activation& a, const Step& s, std::span<const std::uint32_t> args, Slot& out) {
  const expr::Domain& domain = s.function->domain;
  if (domain.contains == nullptr) return false;
  const std::span<Slot* const> given = slots(a, args);
  if (std::ranges::any_of(given, [](const Slot* x) { return !x->has_value(); })) return false;
  const bool pole = algebra::is_pole(graph_, s.node);
  if (!pole && domain.contains(balls(a, args), bits_) != Truth::no) return false;
  const std::string where =
      pole ? expr::print(graph_, graph_.arg(s.node, 0), expr::Style::plain) : arguments_text(given);
  out.set_undefined(
      {Code::domain,
       {},
       std::string(s.function->name) + " is not defined at " + where + " (it needs " + std::string(domain.text) + ")"},
      s.node);
  return true;
}

void Machine::compute_compare(const Activation& a, const Step& s, Slot& out) {
  const auto args = a.program->args(s);
  Slot& left = a.frame->slots[args[0]];
  Slot& right = a.frame->slots[args[1]];
  bool is_estimate = false;
  if (passes_on(std::array{&left, &right}, out, is_estimate)) return;
  const auto relation = static_cast<expr::Relation>(s.detail);
  Truth t = compare(relation, left, right, bits_);
  if (t == Truth::unknown && bits_ >= kSettleBits && !is_estimate) {
    const std::optional<Expr> x = closed(a.program->step(args[0]).node);
    const std::optional<Expr> y = closed(a.program->step(args[1]).node);
    if (x && y && proven_equal(*x, *y)) {
      t = relation == expr::Relation::equal || relation == expr::Relation::less_equal ? Truth::yes : Truth::no;
    }
  }
  if (t == Truth::unknown) return out.set_undecided();
  if (is_estimate) return out.set(Ball(t == Truth::yes ? 1 : 0), true);
  out.set_truth(t == Truth::yes);
}

// Proofs of equality.

std::optional<Expr> Machine::closed(Expr e) {
  if (graph_.is_constant(e)) return e;
  std::vector<expr::Replacement> replacements;
  for (Expr n : expr::reachable(graph_, std::span(&e, 1))) {
    const Slot* value = nullptr;
    switch (graph_.kind(n)) {
      case expr::Kind::parameter:
        if (graph_.height(n) < parameters_.size()) value = &parameters_[graph_.height(n)];
        break;
      case expr::Kind::bound:
        if (graph_.height(n) > graph_.node(e).top_bound || graph_.node(e).top_bound == 0) continue;
        [[fallthrough]];
      case expr::Kind::symbol: {
        const auto b = bindings_.find(n.id);
        if (b != bindings_.end() && b->second.bound) value = &b->second.value;
        break;
      }
      default: continue;
    }
    if (value == nullptr || !value->exact()) return std::nullopt;
    replacements.emplace_back(n, graph_.rational(value->rational()));
  }
  const Expr result = expr::substitute(graph_, e, replacements);
  if (!graph_.is_constant(result)) return std::nullopt;
  return result;
}

bool Machine::proven_equal(Expr a, Expr b) {
  if (a == b) return true;
  const std::uint64_t key = (std::uint64_t{std::min(a, b).id} << 32) | std::max(a, b).id;
  const auto known = equalities_.find(key);
  if (known != equalities_.end()) return known->second;
  const bool proven = algebra::proven_equal(graph_, a, b, budget_);
  equalities_[key] = proven;
  return proven;
}

bool Machine::settle(Expr node, Slot& s) {
  if (s.exact() || s.value.state != Outcome::State::enclosed || bits_ < kSettleBits) return false;
  const std::optional<long> n = s.value.ball.unique_integer();
  if (!n) return false;
  const std::optional<Expr> e = closed(node);
  if (!e || !proven_equal(*e, expr::integer(graph_, *n))) return false;
  s.set(Rational(*n));
  return true;
}

bool Machine::settle_arguments(const Activation& a, const Step& s) {
  const Inside inside(*this, a);
  bool any = false;
  for (std::uint32_t i : a.program->args(s)) any = settle(a.program->step(i).node, a.frame->slots[i]) || any;
  return any;
}

Truth Machine::condition(const Activation& a, Expr node, Slot& s) {
  const Truth t = nonzero(s);
  if (t != Truth::unknown) return t;
  const Inside inside(*this, a);
  return settle(node, s) ? nonzero(s) : t;
}

}  // namespace nabla::eval
