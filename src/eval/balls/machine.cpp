#include "eval/balls/machine.h"

#include <algorithm>

#include "base/budget.h"
#include "expr/rows.h"

namespace nabla::eval {
namespace {

using base::Budget;
using base::Code;
using base::Error;

constexpr int kMaxNested = 1000;                             // evaluations inside operations inside …
constexpr long kMaxTotalCalls = 5'000'000;                   // of user functions in one evaluation
constexpr std::size_t kMaxLiveSlots = std::size_t{1} << 21;  // of calls that are open

Error too_deep(const std::string& name) {
  return {Code::recursion,
          {},
          "too many calls deep: the recursion of " + name + " does not seem to end",
          "a recursive function needs a condition under which it does not call itself"};
}

}  // namespace

std::size_t Machine::CallHash::operator()(const Call& c) const {
  std::size_t h = reinterpret_cast<std::size_t>(c.function);
  for (const Rational& q : c.arguments) h = (h ^ q.hash()) * 0x9E3779B97F4A7C15ull;
  return h;
}

Program& Machine::program(Expr e) {
  if (last_program_ != nullptr && last_expression_ == e) return *last_program_;
  std::unique_ptr<Program>& p = programs_[e.id];
  if (!p) {
    p = std::make_unique<Program>(graph_, e);
    for (Leaf& leaf : p->leaves()) {
      if (!leaf.parameter) p->attach(leaf, bindings_[leaf.node.id]);
    }
  }
  last_expression_ = e;
  last_program_ = p.get();
  return *p;
}

void Machine::renew(Expr variable, Binding& b) {
  b.version = ++version_;
  forget(variable);
}

void Machine::forget(Expr variable) {
  if (graph_.kind(variable) == expr::Kind::symbol && !memos_.empty()) {
    std::erase_if(memos_, [](const auto& m) { return !m.second.in_progress; });
  }
}

Slot& Machine::run(Expr e, Bits bits) {
  if (nested_ >= kMaxNested) {
    throw Error(Code::recursion, {}, "too many calls deep: the recursion of operations does not seem to end");
  }
  if (nested_ == 0) calls_ = 0;
  struct Level {
    Machine& m;
    std::size_t base;
    std::span<Slot> parameters;
    std::uint64_t version;
    Bits bits;
    ~Level() {
      m.unwind(base);
      m.parameters_ = parameters;
      m.parameters_version_ = version;
      m.bits_ = bits;
      --m.nested_;
    }
  } level{*this, stack_.size(), parameters_, parameters_version_, bits_};
  ++nested_;
  bits_ = bits;
  Program& p = program(e);
  return start({&p, &p.acquire(), parameters_, parameters_version_, false, nullptr, nullptr}, bits);
}

const std::vector<std::uint32_t>* Machine::refresh(const Activation& a, Bits bits) {
  Frame& f = *a.frame;
  Leaf* changed = nullptr;
  bool many = false;
  std::vector<Leaf>& leaves = a.program->leaves();
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    const std::uint64_t version = leaves[i].parameter ? a.version : leaves[i].binding->version;
    if (f.seen[i] == version) continue;
    f.seen[i] = version;
    many = changed != nullptr;
    changed = &leaves[i];
  }
  const bool all = f.bits != bits;
  if (all) ++f.epoch;
  f.bits = 0;  // until the run has succeeded
  f.pending.assign(1, a.program->root());
  if (all || changed == nullptr) return nullptr;
  const std::vector<std::uint32_t>& list = many ? a.program->varying() : a.program->dependents(*changed);
  for (std::uint32_t i : list) f.slots[i].epoch = 0;
  return &list;
}

Slot& Machine::start(const Activation& a, Bits bits) {
  const std::size_t base = stack_.size();
  stack_.push_back(a);
  const std::vector<std::uint32_t>* list = refresh(a, bits);
  Slot& result = a.program->lazy() ? execute(base) : straight(a, list);
  if (!result.undefined()) a.frame->bits = bits;
  return result;
}

Slot& Machine::straight(const Activation& a, const std::vector<std::uint32_t>* list) {
  Frame& f = *a.frame;
  const std::span<const Step> steps = a.program->steps();
  const std::size_t count = list != nullptr ? list->size() : steps.size();
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t i = list != nullptr ? (*list)[k] : k;
    Slot& out = f.slots[i];
    if (out.epoch == f.epoch) continue;
    compute(a, steps[i], out);
    if (out.undefined()) return out;
    out.epoch = f.epoch;
  }
  return f.slots[a.program->root()];
}

bool Machine::need(const Activation& a, std::span<const std::uint32_t> steps) {
  Frame& f = *a.frame;
  const std::size_t before = f.pending.size();
  for (std::size_t k = steps.size(); k-- > 0;) {
    if (f.slots[steps[k]].epoch != f.epoch) f.pending.push_back(steps[k]);
  }
  return f.pending.size() != before;
}

Slot& Machine::execute(std::size_t base) {
  while (true) {
    const Activation a = stack_.back();
    Frame& f = *a.frame;
    if (f.pending.empty()) {
      Slot& result = f.slots[a.program->root()];
      if (stack_.size() == base + 1) return result;
      finish();
      continue;
    }
    const std::uint32_t i = f.pending.back();
    if (f.slots[i].epoch == f.epoch) {
      f.pending.pop_back();
      continue;
    }
    advance(a, i);
    // Every requested step is needed: one undefined value makes the whole undefined.
    if (f.slots[i].undefined() && f.slots[i].epoch == f.epoch) {
      Slot& result = stack_[base].frame->slots[stack_[base].program->root()];
      if (&result != &f.slots[i]) result.copy(f.slots[i]);
      return result;
    }
  }
}

void Machine::advance(const Activation& a, std::uint32_t i) {
  budget_.check();
  Frame& f = *a.frame;
  const Step& s = a.program->step(i);
  Slot& out = f.slots[i];
  switch (s.op) {
    case Op::select: return decide_select(a, s, out);
    case Op::logic: return decide_logic(a, s, out);
    case Op::component: return choose_component(a, s, out);
    case Op::apply: return enter_call(a, s, out);
    case Op::constant:
    case Op::variable:
    case Op::parameter:
    case Op::sum:
    case Op::product:
    case Op::power:
    case Op::literal_power:
    case Op::call:
    case Op::compare:
    case Op::operation: {
      if (need(a, a.program->args(s))) return;
      compute(a, s, out);
      break;
    }
  }
  out.epoch = f.epoch;
}

void Machine::decide_select(const Activation& a, const Step& s, Slot& out) {
  Frame& f = *a.frame;
  const auto args = a.program->args(s);
  if (need(a, args.first(1))) return;
  Slot& c = f.slots[args[0]];
  bool is_estimate = c.estimated();
  number::Truth t = c.has_value() ? condition(a, a.program->step(args[0]).node, c) : number::Truth::unknown;
  if (t == number::Truth::unknown) {
    // The hull of both branches encloses the value if both and the condition are defined; each is evaluated separately,
    // since one of them need not be.
    const Step& test = a.program->step(args[0]);
    const auto has_value = [&f](std::uint32_t i) { return f.slots[i].has_value(); };
    const bool defined =
        c.has_value() || (test.op == Op::compare && std::ranges::all_of(a.program->args(test), has_value));
    out.set_undecided();
    const Expr branches[] = {a.program->step(args[1]).node, a.program->step(args[2]).node};
    const bool plain = std::ranges::none_of(branches, [this](Expr b) { return graph_.is(b, expr::kHasOperation); });
    if (defined && plain) {
      const Inside inside(*this, a);
      Slot first;
      first.copy(run(branches[0], bits_));
      Slot second;
      second.copy(run(branches[1], bits_));
      if (first.has_value() && second.has_value() && infinite_sign(first) == 0 && infinite_sign(second) == 0) {
        out.set(Ball::hull(first.ball(bits_), second.ball(bits_), bits_),
                is_estimate || first.estimated() || second.estimated());
      }
    }
  } else {
    const std::size_t chosen = t == number::Truth::yes ? 1 : 2;
    if (need(a, args.subspan(chosen, 1))) return;
    out.copy(f.slots[args[chosen]]);
    if (is_estimate && out.has_value()) out.set(Ball(out.ball(bits_)), true);
  }
  out.epoch = f.epoch;
}

void Machine::decide_logic(const Activation& a, const Step& s, Slot& out) {
  Frame& f = *a.frame;
  const auto args = a.program->args(s);
  const auto connective = static_cast<expr::Connective>(s.detail);
  bool is_estimate = false;
  bool result = connective == expr::Connective::and_;
  bool open = false;
  for (std::size_t k = 0; k < args.size(); ++k) {
    if (need(a, args.subspan(k, 1))) return;
    Slot& c = f.slots[args[k]];
    const number::Truth t = c.has_value() ? condition(a, a.program->step(args[k]).node, c) : number::Truth::unknown;
    is_estimate = is_estimate || c.estimated();
    if (t == number::Truth::unknown) {
      open = true;
      break;
    }
    if (connective == expr::Connective::not_) {
      result = t == number::Truth::no;
    } else if ((t == number::Truth::yes) != result) {
      result = !result;
      break;
    }
  }
  if (open) {
    out.set_undecided();
  } else if (is_estimate) {
    out.set(Ball(result ? 1 : 0), true);
  } else {
    out.set_truth(result);
  }
  out.epoch = f.epoch;
}

void Machine::choose_component(const Activation& a, const Step& s, Slot& out) {
  Frame& f = *a.frame;
  const auto args = a.program->args(s);
  if (need(a, args.first(1))) return;
  Slot& index = f.slots[args[0]];
  const Expr node = a.program->step(args[0]).node;
  if (!index.exact() && index.has_value()) condition(a, node, index);
  const long last = static_cast<long>(args.size()) - 1;
  const std::optional<long> i = index.exact() ? index.rational().to_long() : std::nullopt;
  if (i && *i >= 1 && *i <= last) {
    if (need(a, args.subspan(static_cast<std::size_t>(*i), 1))) return;
    out.copy(f.slots[args[static_cast<std::size_t>(*i)]]);
  } else if (index.exact() || (index.has_value() && !index.value.ball.contains_integer())) {
    out.set_undefined(
        {Code::index, {}, "no element " + shown(index) + ": the index goes from 1 to " + std::to_string(last)}, node);
  } else {
    out.set_undecided();
  }
  out.epoch = f.epoch;
}

void Machine::enter_call(const Activation& a, const Step& s, Slot& out) {
  const auto args = a.program->args(s);
  if (need(a, args)) return;
  Frame& f = *a.frame;
  bool is_estimate = false;
  const std::span<Slot* const> given = slots(a, args);
  if (passes_on(given, out, is_estimate)) {
    out.epoch = f.epoch;
    return;
  }
  Memo* memo = nullptr;
  const Call* key = nullptr;
  if (std::ranges::all_of(given, [](const Slot* x) { return x->exact(); })) {
    Call call{s.recursive, {}};
    for (const Slot* x : given) call.arguments.push_back(x->rational());
    const auto [found, is_new] = memos_.try_emplace(std::move(call));
    key = &found->first;
    memo = &found->second;
    if (!is_new && (memo->in_progress || memo->bits == bits_ || memo->value.exact())) {
      if (memo->in_progress) {
        std::string text = s.recursive->name + "(";
        for (const Slot* x : given) text += (x == given.front() ? "" : ", ") + shown(*x);
        out.set_undefined({Code::recursion, {}, "endless recursion: the value of " + text + ") needs itself"}, s.node);
      } else {
        out.copy(memo->value);
      }
      out.epoch = f.epoch;
      return;
    }
  }
  Program& p = program(s.recursive->body);
  if (stack_.size() >= static_cast<std::size_t>(Budget::kMaxCalls) || live_slots_ + p.steps().size() > kMaxLiveSlots) {
    if (memo != nullptr) memos_.erase(memos_.find(*key));
    const Activation& outermost = stack_.front();
    const Expr where = outermost.frame->pending.empty() ? outermost.program->step(outermost.program->root()).node
                                                        : outermost.program->step(outermost.frame->pending.back()).node;
    out.set_undefined(too_deep(s.recursive->name), where);
    out.epoch = f.epoch;
    return;
  }
  if (++calls_ > kMaxTotalCalls) {
    throw Error(Code::limit, {},
                s.recursive->name + " was called more than " + std::to_string(kMaxTotalCalls) + " times");
  }
  Frame& inner = p.acquire();
  inner.arguments.resize(given.size());
  for (std::size_t k = 0; k < given.size(); ++k) inner.arguments[k].copy(*given[k]);
  if (memo != nullptr) memo->in_progress = true;
  live_slots_ += p.steps().size();
  stack_.push_back({&p, &inner, inner.arguments, ++version_, true, memo, key});
  refresh(stack_.back(), bits_);
}

void Machine::finish() {
  const Activation done = stack_.back();
  stack_.pop_back();
  const Slot& result = done.frame->slots[done.program->root()];
  if (done.memo != nullptr) {
    done.memo->value.copy(result);
    done.memo->bits = bits_;
    done.memo->in_progress = false;
  }
  done.frame->bits = bits_;
  live_slots_ -= done.program->steps().size();
  done.program->release(*done.frame);
  Frame& caller = *stack_.back().frame;
  Slot& out = caller.slots[caller.pending.back()];
  out.copy(result);
  out.epoch = caller.epoch;
  caller.pending.pop_back();
}

void Machine::unwind(std::size_t base) {
  while (stack_.size() > base) {
    const Activation a = stack_.back();
    stack_.pop_back();
    if (a.memo != nullptr) memos_.erase(memos_.find(*a.call));
    if (a.called) live_slots_ -= a.program->steps().size();
    a.program->release(*a.frame);
  }
}

}  // namespace nabla::eval
