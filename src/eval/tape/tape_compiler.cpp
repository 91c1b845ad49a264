#include "eval/tape/tape_compiler.h"

#include <algorithm>

#include "algebra/derivative/derivative.h"
#include "algebra/rules/call.h"
#include "algebra/rules/rules.h"
#include "base/stopwatch.h"
#include "expr/rewrite.h"
#include "expr/rows.h"
#include "number/functions/functions.h"

namespace nabla::eval {
namespace {

using expr::Kind;

// The instruction for a function that is one.
Code code_of(number::Intrinsic f) {
  switch (f) {
    case number::Intrinsic::none: break;
    case number::Intrinsic::absolute: return Code::absolute;
    case number::Intrinsic::sign: return Code::sign;
    case number::Intrinsic::floor: return Code::floor;
    case number::Intrinsic::ceiling: return Code::ceiling;
    case number::Intrinsic::truncate: return Code::truncate;
    case number::Intrinsic::round: return Code::round;
    case number::Intrinsic::unit_step: return Code::unit_step;
    case number::Intrinsic::minimum: return Code::minimum;
    case number::Intrinsic::maximum: return Code::maximum;
  }
  return Code::copy;
}

bool is_sine(const expr::Function& f) { return &f == algebra::kernel().sin; }
bool is_cosine(const expr::Function& f) { return &f == algebra::kernel().cos; }

// Whether it is computed by balls, outside of the tape.
bool is_external(const Graph& g, Expr e) {
  const Kind k = g.kind(e);
  return k == Kind::operation || k == Kind::apply || k == Kind::component;
}

}  // namespace

void TapeCompiler::run(std::span<const Expr> given_roots) {
  std::vector<Expr> roots(given_roots.begin(), given_roots.end());
  std::vector<Expr> nodes = expr::reachable(g_, roots);
  while (expand_calls(roots, nodes)) {
    in_.budget().check();
    nodes = expr::reachable(g_, roots);
  }
  const auto leaves = [&](std::span<const Expr> given, Origin origin) {
    for (std::uint32_t i = 0; i < given.size(); ++i) {
      info(given[i]).value = new_value(origin, origin == Origin::input, i);
    }
  };
  leaves(tape_.parameters_, Origin::parameter);
  leaves(tape_.inputs_, Origin::input);
  number_nodes(roots, nodes);
  for (Expr& r : roots) results_.push_back(result_of(value(r)));
  finish();
}

bool TapeCompiler::has_kernel(const expr::Function& f, std::size_t arguments) {
  if (f.forms.intrinsic != number::Intrinsic::none || f.over_doubles == expr::kByPoints) return true;
  return f.forms.vector.routine != nullptr && arguments == f.forms.vector.arity();
}

// Replaces calls of functions that have no kernel by their expansions, where there are any. Whether anything was
// replaced.
bool TapeCompiler::expand_calls(std::vector<Expr>& roots, std::span<const Expr> nodes) {
  const auto expandable = [this](Expr e) {
    return g_.kind(e) == Kind::call && !g_.args(e).empty() && !has_kernel(g_.function(e), g_.args(e).size()) &&
           g_.function(e).expansion != expr::kNone;
  };
  if (std::ranges::none_of(nodes, expandable)) return false;
  expr::Fold<Expr> made(g_);
  const auto needs = [this](Expr e, auto& ask) {
    if (is_external(g_, e)) return;
    for (Expr a : g_.args(e)) ask(a);
  };
  const auto now = [&](Expr e) {
    if (is_external(g_, e)) return e;
    std::vector<Expr> args;
    for (Expr a : g_.args(e)) args.push_back(made.at(a));
    if (!expandable(e)) return expr::rebuilt(g_, e, args);
    const expr::Function& f = g_.function(e);
    return algebra::instantiate(g_, f, f.over_doubles.empty() ? f.expansion : f.over_doubles, args);
  };
  bool changed = false;
  for (Expr& r : roots) {
    const Expr before = std::exchange(r, made.run(r, needs, now));
    changed = changed || r != before;
  }
  return changed;
}

// Counts the uses of every node, and compiles what is used more than once, children first.
void TapeCompiler::number_nodes(std::span<const Expr> roots, std::span<const Expr> nodes) {
  nodes_.resize(g_.size());
  for (Expr e : nodes) {
    bool depends = nodes_[e.id].value != kNoSlot;
    if (g_.kind(e) == Kind::apply) {
      const auto in_body = [&](Expr x) { return algebra::depends_deeply(g_, e, x); };
      depends =
          depends || std::ranges::any_of(tape_.inputs_, in_body) || std::ranges::any_of(tape_.parameters_, in_body);
    }
    nodes_[e.id].varying = depends || std::ranges::any_of(g_.args(e), [&](Expr a) { return nodes_[a.id].varying; });
  }
  for (Expr r : roots) {
    nodes_[r.id].uses += 2;
    nodes_[r.id].needed = true;
  }
  std::vector<Expr> needed;
  needed.reserve(nodes.size());
  bool any_external = false;
  for (std::size_t i = nodes.size(); i-- > 0;) {
    const Expr e = nodes[i];
    if (!nodes_[e.id].needed || !nodes_[e.id].varying) continue;
    needed.push_back(e);
    if (is_external(g_, e)) {
      any_external = true;
      continue;
    }
    for (Expr a : g_.args(e)) {
      ++nodes_[a.id].uses;
      nodes_[a.id].needed = true;
    }
    if (g_.kind(e) == Kind::call) {
      if (is_sine(g_.function(e))) nodes_[g_.arg(e, 0).id].turns |= 1;
      if (is_cosine(g_.function(e))) nodes_[g_.arg(e, 0).id].turns |= 2;
    }
  }
  if (any_external) guard_externals(roots);
  std::ranges::reverse(needed);
  infos_.reserve(infos_.size() + 2 * needed.size());
  drafts_.reserve(2 * needed.size());
  if (roots.size() > 1) share_common_factors(needed);
  for (Expr e : needed) {
    if (!deferred(e)) value(e);
  }
}

// Products and powers with a single use are computed where they are used, as a part of that.
bool TapeCompiler::deferred(Expr e) {
  if (info(e).uses != 1) return false;
  return g_.kind(e) == Kind::product || (g_.kind(e) == Kind::power && g_.is_number(g_.arg(e, 1)));
}

// The condition under which an external node is needed, from the conditions around all its uses.
void TapeCompiler::guard_externals(std::span<const Expr> roots) {
  std::unordered_map<std::uint32_t, Expr> when;
  const Expr always = g_.boolean(true);
  for (Expr r : roots) when[r.id] = always;
  const auto need = [&](Expr e, Expr condition) {
    const auto [found, is_new] = when.try_emplace(e.id, condition);
    if (is_new || found->second == always) return;
    const Expr either[] = {found->second, condition};
    found->second = condition == always ? always : expr::logic(g_, expr::Connective::or_, either);
  };
  const auto both = [&](Expr a, Expr b) {
    const Expr parts[] = {a, b};
    return expr::logic(g_, expr::Connective::and_, parts);
  };
  std::vector<Expr> nodes = expr::reachable(g_, roots);
  for (auto e = nodes.rbegin(); e != nodes.rend(); ++e) {
    if (!info(*e).varying || !when.contains(e->id)) continue;
    const Expr here = when.at(e->id);
    const auto args = g_.args(*e);
    switch (g_.kind(*e)) {
      case Kind::operation:
      case Kind::apply:
      case Kind::component: guards_[e->id] = here; break;
      case Kind::select:
        need(args[0], here);
        need(args[1], both(here, args[0]));
        need(args[2], both(here, expr::negation(g_, args[0])));
        break;
      case Kind::logic: {
        Expr so_far = here;
        for (Expr a : args) {
          need(a, so_far);
          so_far = both(so_far, g_.connective(*e) == expr::Connective::or_ ? expr::negation(g_, a) : a);
        }
        break;
      }
      default:
        for (Expr a : args) need(a, here);
    }
  }
}

TapeCompiler::Id TapeCompiler::value(Expr e) {
  if (const Id known = info(e).value; known != kNoSlot) return known;
  const Id id = depends(e) ? compile(e) : constant(e);
  info(e).value = id;
  return id;
}

// Conditions made for guards are newer than the marks.
bool TapeCompiler::depends(Expr e) {
  if (info(e).varying) return true;
  const bool is_new =
      g_.kind(e) == Kind::logic && std::ranges::any_of(g_.args(e), [this](Expr a) { return depends(a); });
  if (is_new) info(e).varying = true;
  return is_new;
}

TapeCompiler::Id TapeCompiler::compile(Expr e) {
  const auto args = g_.args(e);
  switch (g_.kind(e)) {
    case Kind::rational:
    case Kind::boolean:
    case Kind::symbol:
    case Kind::bound:
    case Kind::parameter: return constant(e);
    case Kind::sum: return compile_sum(e);
    case Kind::product: {
      Factors f;
      find_factors(e, f);
      return product_of(f);
    }
    case Kind::power: return compile_power(e);
    case Kind::call: return compile_call(e);
    case Kind::compare: {
      static constexpr Code kCodes[] = {Code::less, Code::less_equal, Code::equal, Code::not_equal};
      return binary(kCodes[static_cast<int>(g_.relation(e))], value(args[0]), value(args[1]));
    }
    case Kind::logic: {
      if (g_.connective(e) == expr::Connective::not_) return unary(Code::opposite, value(args[0]));
      const Code c = g_.connective(e) == expr::Connective::and_ ? Code::both : Code::either;
      Id result = value(args.back());
      for (std::size_t i = args.size() - 1; i-- > 0;) result = binary(c, value(args[i]), result);
      return result;
    }
    case Kind::select: return ternary(Code::choose, value(args[1]), value(args[2]), value(args[0]));
    case Kind::operation:
    case Kind::apply:
    case Kind::component: return compile_external(e);
  }
  return constant(e);
}

TapeCompiler::Id TapeCompiler::compile_external(Expr e) {
  Instruction i;
  i.code = Code::external;
  i.node = e;
  tape_.has_externals_ = true;
  const Expr guard = guards_.at(e.id);
  const bool always = g_.kind(guard) == Kind::boolean && g_.truth(guard);
  const Id when = always ? kNoSlot : value(guard);
  const Id out = emit(i, {kNoSlot, kNoSlot, when});
  // It may depend on any input.
  drafts_.back().varying = infos_[out].varying = true;
  return out;
}

// Functions.

TapeCompiler::Id TapeCompiler::compile_call(Expr e) {
  const expr::Function& f = g_.function(e);
  const auto args = g_.args(e);
  if (f.forms.intrinsic != number::Intrinsic::none) {
    const Code code = code_of(f.forms.intrinsic);
    const int arity = arity_of(code);
    if (arity == 1 && args.size() == 1) return unary(code, value(args[0]));
    if (arity == 2) {
      Id result = value(args[0]);
      for (Expr a : args.subspan(1)) result = binary(code, result, value(a));
      return result;
    }
  }
  if (args.size() == 1 && info(args[0]).turns == 3 && (is_sine(f) || is_cosine(f))) {
    auto [pair, is_new] = sine_cosines_.try_emplace(args[0].id);
    if (is_new) {
      const Id x = value(args[0]);
      Instruction i;
      i.code = Code::sine_cosine;
      i.function = &number::forms::sin.vector;
      const Id sine = emit(i, {x});
      const Id cosine = new_value(Origin::computed, infos_[x].varying, 0);
      drafts_.back().code.second = cosine;
      pair->second = {sine, cosine};
    }
    return is_sine(f) ? pair->second.first : pair->second.second;
  }
  const number::VectorForm& v = f.forms.vector;
  if (v.routine != nullptr && args.size() == v.arity()) {
    if (v.arity() == 1) return routine(v, value(args[0]));
    // The sign of zero is ignored: the angle of (-1, -0) is π.
    const bool angle = v.slope == number::Slope::angle;
    const Id first = angle ? binary(Code::add, value(args[0]), constant(Rational(0))) : value(args[0]);
    return routine(v, first, value(args[1]));
  }
  if (args.size() > 3) {
    guards_.try_emplace(e.id, g_.boolean(true));
    return compile_external(e);
  }
  Instruction i;
  i.code = Code::lanes;
  i.row = &f;
  i.n = static_cast<long>(args.size());
  const auto operand = [&](std::size_t k) { return k < args.size() ? value(args[k]) : Id{kNoSlot}; };
  return emit(i, {operand(0), operand(1), operand(2)});
}

Tape::Tape(Evaluator& in, std::span<const Expr> roots, std::span<const Expr> inputs, std::span<const Expr> parameters)
    : in_(in), inputs_(inputs.begin(), inputs.end()), parameters_(parameters.begin(), parameters.end()) {
  const base::Lap lap(in.budget().watch, base::Phase::compile);
  TapeCompiler(*this, in).run(roots);
}

}  // namespace nabla::eval
