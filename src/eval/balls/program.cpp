#include "eval/balls/program.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "expr/computed_power.h"
#include "expr/rows.h"

namespace nabla::eval {
namespace {

using expr::Kind;

// The nodes that need a slot: all below the root except those inside operations.
std::vector<Expr> slotted(const Graph& g, Expr root) {
  std::unordered_set<std::uint32_t> seen{root.id};
  std::vector<Expr> found{root};
  const auto visit = [&](Expr e) {
    if (seen.insert(e.id).second) found.push_back(e);
  };
  for (std::size_t i = 0; i < found.size(); ++i) {
    const Expr e = found[i];
    if (g.kind(e) == Kind::operation) continue;
    for (Expr a : g.args(e)) visit(a);
  }
  return found;
}

// The odd number below the bars of an exponent that is no number (k/3); 0 if it is even, 1 or too large to be told.
std::uint8_t odd_denominator(const Graph& g, Expr exponent) {
  const std::optional<long> d = expr::written_denominator(g, exponent).to_long();
  return d && *d > 1 && *d < 256 && *d % 2 != 0 ? static_cast<std::uint8_t>(*d) : std::uint8_t{0};
}

}  // namespace

Program::Program(const Graph& g, Expr root) {
  std::vector<Expr> nodes = slotted(g, root);
  std::ranges::sort(nodes);
  std::unordered_map<std::uint32_t, std::uint32_t> slot_of;
  slot_of.reserve(nodes.size() * 2);
  for (std::uint32_t i = 0; i < nodes.size(); ++i) slot_of[nodes[i].id] = i;

  steps_.reserve(nodes.size());
  for (Expr e : nodes) {
    const auto index = static_cast<std::uint32_t>(steps_.size());
    Step s;
    s.node = e;
    s.first = static_cast<std::uint32_t>(args_.size());
    s.detail = g.node(e).detail;
    bool takes_args = true;
    switch (g.kind(e)) {
      case Kind::rational: s.number = &g.number(e); break;
      case Kind::boolean: {
        static const Rational kTruths[] = {0, 1};
        s.number = &kTruths[g.truth(e) ? 1 : 0];
        break;
      }
      case Kind::symbol:
      case Kind::bound:
        s.op = Op::variable;
        leaves_[leaf_of(e, false)].users.push_back(index);
        break;
      case Kind::parameter:
        s.op = Op::parameter;
        s.parameter = g.height(e);
        leaves_[leaf_of(e, true)].users.push_back(index);
        break;
      case Kind::sum: s.op = Op::sum; break;
      case Kind::product: s.op = Op::product; break;
      case Kind::power:
        s.op = g.is_number(g.arg(e, 1)) ? Op::literal_power : Op::power;
        s.detail = s.op == Op::power ? odd_denominator(g, g.arg(e, 1)) : std::uint8_t{0};
        break;
      case Kind::call:
        s.op = Op::call;
        s.function = &g.function(e);
        break;
      case Kind::compare: s.op = Op::compare; break;
      case Kind::logic:
        s.op = Op::logic;
        lazy_ = true;
        break;
      case Kind::select:
        s.op = Op::select;
        lazy_ = true;
        break;
      case Kind::component:
        s.op = Op::component;
        lazy_ = true;
        break;
      case Kind::operation:
        s.op = Op::operation;
        s.operation = &g.operation(e);
        takes_args = false;
        depend(g, e, index);
        break;
      case Kind::apply:
        s.op = Op::apply;
        s.recursive = &g.recursive(e);
        lazy_ = true;
        depend(g, e, index);
        break;
    }
    if (takes_args) {
      for (Expr a : g.args(e)) args_.push_back(slot_of.at(a.id));
    }
    s.count = static_cast<std::uint32_t>(args_.size()) - s.first;
    steps_.push_back(s);
  }
}

std::uint32_t Program::leaf_of(Expr node, bool parameter) {
  const auto known = std::ranges::find(leaves_, node, &Leaf::node);
  if (known != leaves_.end()) return static_cast<std::uint32_t>(known - leaves_.begin());
  leaves_.push_back({node, parameter, nullptr, {}, {}});
  return static_cast<std::uint32_t>(leaves_.size() - 1);
}

// Registers the free variables inside an operation, and the symbols in the bodies of user functions called.
void Program::depend(const Graph& g, Expr from, std::uint32_t step) {
  std::unordered_set<const expr::Recursive*> bodies;
  std::vector<std::pair<Expr, bool>> roots{{from, true}};
  for (std::size_t r = 0; r < roots.size(); ++r) {
    const auto [root, own] = roots[r];
    for (Expr e : expr::reachable(g, std::span(&root, 1))) {
      const Kind kind = g.kind(e);
      if (kind == Kind::apply && bodies.insert(&g.recursive(e)).second) roots.emplace_back(g.recursive(e).body, false);
      const bool free_bound =
          own && kind == Kind::bound && g.kind(from) == Kind::operation && g.height(e) > g.node(from).binders;
      if (kind == Kind::symbol || free_bound || (own && kind == Kind::parameter)) {
        leaves_[leaf_of(e, kind == Kind::parameter)].users.push_back(step);
      }
    }
  }
}

std::vector<std::uint32_t> Program::spread(std::vector<bool> marks) const {
  std::vector<std::uint32_t> found;
  for (std::uint32_t i = 0; i < steps_.size(); ++i) {
    if (!marks[i]) marks[i] = std::ranges::any_of(args(steps_[i]), [&](std::uint32_t a) { return marks[a]; });
    if (marks[i]) found.push_back(i);
  }
  return found;
}

const std::vector<std::uint32_t>& Program::dependents(Leaf& leaf) {
  if (leaf.dependents.empty()) {
    std::vector<bool> marks(steps_.size(), false);
    for (std::uint32_t u : leaf.users) marks[u] = true;
    leaf.dependents = spread(std::move(marks));
  }
  return leaf.dependents;
}

const std::vector<std::uint32_t>& Program::varying() {
  if (!has_varying_) {
    std::vector<bool> marks(steps_.size(), false);
    for (const Leaf& leaf : leaves_) {
      for (std::uint32_t u : leaf.users) marks[u] = true;
    }
    varying_ = spread(std::move(marks));
    has_varying_ = true;
  }
  return varying_;
}

void Program::attach(Leaf& leaf, const Binding& binding) {
  leaf.binding = &binding;
  for (std::uint32_t u : leaf.users) {
    if (steps_[u].op == Op::variable) steps_[u].binding = &binding;
  }
}

Frame& Program::acquire() {
  if (free_.empty()) {
    frames_.push_back(std::make_unique<Frame>());
    Frame& f = *frames_.back();
    f.slots.resize(steps_.size());
    f.seen.assign(leaves_.size(), 0);
    return f;
  }
  Frame& f = *free_.back();
  free_.pop_back();
  return f;
}

}  // namespace nabla::eval
