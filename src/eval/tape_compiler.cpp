#include "eval/tape_compiler.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

#include "algebra/algebra.h"
#include "algebra/derivative.h"
#include "expr/rows.h"

namespace nabla::eval {
namespace {

using expr::Kind;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kUnit = 0x1p-53;
constexpr Bits kConstantBits = 128;
constexpr long kMaxPower = 1024;  // by repeated squaring; greater ones by pow
constexpr long kMaxDegree = 64;

// Mathematical functions that are one instruction.
struct Plain {
  std::string_view function;
  Code code;
};
constexpr Plain kPlain[] = {
    {"abs", Code::absolute},        {"sign", Code::sign},      {"floor", Code::floor},
    {"ceil", Code::ceiling},        {"trunc", Code::truncate}, {"round", Code::round},
    {"heaviside", Code::unit_step}, {"min", Code::minimum},    {"max", Code::maximum},
};

}  // namespace

void TapeCompiler::run(std::span<const Expr> given_roots) {
  std::vector<Expr> roots(given_roots.begin(), given_roots.end());
  while (expand_calls(roots)) {
  }
  const auto leaves = [&](std::span<const Expr> given, Origin origin) {
    for (std::uint32_t i = 0; i < given.size(); ++i) {
      info(given[i]).value = new_value(origin, origin == Origin::input, i);
    }
  };
  leaves(tape_.parameters_, Origin::parameter);
  leaves(tape_.inputs_, Origin::input);
  number_nodes(roots);
  for (Expr& r : roots) results_.push_back(result_of(value(r)));
  finish();
}

bool TapeCompiler::has_kernel(const expr::Function& f, std::size_t arguments) {
  if (std::ranges::find(kPlain, f.name, &Plain::function) != std::end(kPlain)) return true;
  const functions::VectorFunction* v = functions::find_vector_function(f.name);
  return v != nullptr && arguments == static_cast<std::size_t>(v->arity);
}

// Replaces calls of functions that have no kernel by their expansions, where there are any. Whether anything was
// replaced.
bool TapeCompiler::expand_calls(std::vector<Expr>& roots) {
  const std::vector<Expr> nodes = expr::reachable(g_, roots);
  const auto expandable = [this](Expr e) {
    return g_.kind(e) == Kind::call && !g_.args(e).empty() && !has_kernel(g_.function(e), g_.args(e).size()) &&
           g_.function(e).expansion != expr::kNone;
  };
  if (std::ranges::none_of(nodes, expandable)) return false;
  std::unordered_map<std::uint32_t, Expr> made;
  const auto now = [&](Expr e) {
    const auto found = made.find(e.id);
    return found == made.end() ? e : found->second;
  };
  for (Expr e : nodes) {
    const Kind kind = g_.kind(e);
    if (kind == Kind::operation || kind == Kind::apply || kind == Kind::component) continue;
    std::vector<Expr> args;
    bool changed = false;
    for (Expr a : g_.args(e)) {
      args.push_back(now(a));
      changed = changed || args.back() != a;
    }
    if (expandable(e)) {
      made[e.id] = algebra::instantiate(g_, g_.function(e), g_.function(e).expansion, args);
    } else if (changed) {
      made[e.id] = expr::with_args(g_, e, args);
    }
  }
  for (Expr& r : roots) r = now(r);
  return !made.empty();
}

// Counts the uses of every node, and compiles what is used more than once, children first.
void TapeCompiler::number_nodes(std::span<const Expr> roots) {
  nodes_.resize(g_.size());
  for (Expr e : expr::reachable(g_, roots)) {
    bool depends = nodes_[e.id].value != kNoSlot;
    if (g_.kind(e) == Kind::apply) {
      const auto in_body = [&](Expr x) { return algebra::depends_deeply(g_, e, x); };
      depends =
          depends || std::ranges::any_of(tape_.inputs_, in_body) || std::ranges::any_of(tape_.parameters_, in_body);
    }
    nodes_[e.id].varying = depends || std::ranges::any_of(g_.args(e), [&](Expr a) { return nodes_[a.id].varying; });
  }
  const auto is_external = [this](Expr e) {
    const Kind k = g_.kind(e);
    return k == Kind::operation || k == Kind::apply || k == Kind::component;
  };
  std::vector<Expr> stack(roots.begin(), roots.end());
  for (Expr r : roots) nodes_[r.id].uses += 2;
  std::vector<Expr> needed;
  bool any_external = false;
  while (!stack.empty()) {
    const Expr e = stack.back();
    stack.pop_back();
    if (nodes_[e.id].needed || !nodes_[e.id].varying) continue;
    nodes_[e.id].needed = true;
    needed.push_back(e);
    if (is_external(e)) {
      any_external = true;
      continue;
    }
    for (Expr a : g_.args(e)) {
      ++nodes_[a.id].uses;
      stack.push_back(a);
    }
    if (g_.kind(e) == Kind::call) {
      if (g_.function(e).name == "sin") nodes_[g_.arg(e, 0).id].turns |= 1;
      if (g_.function(e).name == "cos") nodes_[g_.arg(e, 0).id].turns |= 2;
    }
  }
  if (any_external) guard_externals(roots);
  std::ranges::sort(needed);
  if (roots.size() > 1) share_common_factors(needed);
  for (Expr e : needed) {
    if (!deferred(e)) value(e);
  }
}

// Reciprocals that are used once are divisions, and stay apart.
void TapeCompiler::share_common_factors(std::span<const Expr> needed) {
  std::vector<FactorList> lists;
  std::vector<std::uint32_t> owners;
  for (Expr e : needed) {
    if (g_.kind(e) != Kind::product) continue;
    FactorList list;
    for (Expr a : g_.args(e)) {
      const bool divides =
          g_.kind(a) == Kind::power && g_.is_number(g_.arg(a, 1)) && g_.number(g_.arg(a, 1)).sign() < 0 && deferred(a);
      const bool is_sign = g_.is_number(a) && g_.number(a).abs().is_one();
      if (!divides && !is_sign) list.push_back(a.id);
    }
    if (list.size() < 2) continue;
    lists.push_back(std::move(list));
    owners.push_back(e.id);
  }
  pairs_ = share_factors(lists);
  pair_values_.assign(pairs_.size(), kNoSlot);
  if (pairs_.empty()) return;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    const FactorList& list = lists[i];
    const bool changed = std::ranges::any_of(list, [](std::uint32_t f) { return f >= kFirstPair; });
    if (changed) shared_[owners[i]] = list;
  }
}

TapeCompiler::Id TapeCompiler::pair_value(std::uint32_t pair) {
  Id& known = pair_values_[pair - kFirstPair];
  if (known != kNoSlot) return known;
  const auto member = [this](std::uint32_t f) { return f >= kFirstPair ? pair_value(f) : value(Expr{f}); };
  const auto [a, b] = pairs_[pair - kFirstPair];
  const Id first = member(a);
  const Id second = member(b);
  return pair_values_[pair - kFirstPair] = binary(Code::multiply, first, second);
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
    case Kind::product: return product_of(factors_of(e));
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

// Sums.

bool TapeCompiler::compile_polynomial(std::span<const Expr> terms, Id& result) {
  if (terms.size() < 3) return false;
  std::vector<Rational> coefficients;
  std::optional<Expr> base;
  for (Expr t : terms) {
    Rational c = 1;
    if (g_.kind(t) == Kind::product && g_.args(t).size() == 2 && g_.is_number(g_.arg(t, 0)) && deferred(t)) {
      c = g_.number(g_.arg(t, 0));
      t = g_.arg(t, 1);
    }
    long degree = 1;
    Expr b = t;
    if (g_.is_number(t)) {
      c = g_.number(t);
      degree = 0;
    } else if (g_.kind(t) == Kind::power && g_.is_number(g_.arg(t, 1))) {
      const std::optional<long> n = g_.number(g_.arg(t, 1)).to_long();
      if (n && *n >= 2 && *n <= kMaxDegree) {
        degree = *n;
        b = g_.arg(t, 0);
      }
    }
    if (degree > 0) {
      if (base && *base != b) return false;
      base = b;
    }
    const auto d = static_cast<std::size_t>(degree);
    if (coefficients.size() <= d) coefficients.resize(d + 1);
    if (!coefficients[d].is_zero()) return false;
    coefficients[d] = c;
  }
  if (!base || !depends(*base)) return false;
  const Id x = value(*base);
  if (!infos_[x].varying) return false;
  // Even and similar polynomials in a power of x.
  long step = 0;
  for (std::size_t d = 1; d < coefficients.size(); ++d) {
    if (!coefficients[d].is_zero()) step = std::gcd(step, static_cast<long>(d));
  }
  if (coefficients.size() > 2 * static_cast<std::size_t>(step) * terms.size() + 1) return false;
  Instruction i;
  i.code = Code::polynomial;
  i.coefficients = static_cast<std::uint32_t>(tape_.coefficients_.size());
  for (std::size_t d = 0; d < coefficients.size(); d += static_cast<std::size_t>(step)) {
    const double c = coefficients[d].to_double();
    tape_.coefficients_.push_back(c);
    tape_.coefficient_errors_.push_back(
        std::isfinite(c) && Rational::from_double(c) == coefficients[d] ? 0 : rounding_of(c));
    ++i.n;
  }
  result = emit(i, {integer_power(x, step)});
  return true;
}

TapeCompiler::Id TapeCompiler::compile_sum(Expr e) {
  const auto args = g_.args(e);
  Id result = 0;
  if (compile_polynomial(args, result)) return result;
  // What does not change from point to point first; the sum starts with a term that is no product.
  std::vector<Expr> terms(args.begin(), args.end());
  std::ranges::stable_partition(terms, [this](Expr t) { return !depends(t); });
  const auto start = std::ranges::find_if(terms, [this](Expr t) { return !deferred(t); });
  const auto positive = std::ranges::find_if(terms, [this](Expr t) {
    return g_.kind(t) != Kind::product || !g_.is_number(g_.arg(t, 0)) || g_.number(g_.arg(t, 0)).sign() > 0;
  });
  if (start != terms.end()) {
    std::rotate(terms.begin(), start, start + 1);
  } else if (positive != terms.end()) {
    std::rotate(terms.begin(), positive, positive + 1);
  }
  result = value(terms[0]);
  for (std::size_t i = 1; i < terms.size(); ++i) result = add_term(result, terms[i]);
  return result;
}

TapeCompiler::Id TapeCompiler::add_term(Id sum, Expr term) {
  if (!deferred(term) || !depends(term)) return binary(Code::add, sum, value(term));
  Factors f = factors_of(term);
  if (!f.under.empty()) {
    const bool negative = f.coefficient.sign() < 0;
    if (negative) f.coefficient = -f.coefficient;
    return binary(negative ? Code::subtract : Code::add, sum, product_of(f));
  }
  if (!f.coefficient.abs().is_one()) {
    return ternary(Code::multiply_add, constant(f.coefficient), product_of(f.over), sum);
  }
  const bool negative = f.coefficient.sign() < 0;
  if (f.over.size() == 1) return binary(negative ? Code::subtract : Code::add, sum, f.over[0]);
  const Id last = f.over.back();
  f.over.pop_back();
  return ternary(negative ? Code::subtract_product : Code::multiply_add, product_of(f.over), last, sum);
}

// Products and powers.

TapeCompiler::Factors TapeCompiler::factors_of(Expr e) {
  Factors f;
  if (const auto shared = shared_.find(e.id); shared != shared_.end()) {
    for (Expr a : g_.args(e)) {
      const bool listed = std::ranges::find(shared->second, a.id) != shared->second.end();
      const bool divides =
          g_.kind(a) == Kind::power && g_.is_number(g_.arg(a, 1)) && g_.number(g_.arg(a, 1)).sign() < 0 && deferred(a);
      if (listed || divides || (g_.is_number(a) && g_.number(a).abs().is_one())) add_factor(a, f);
    }
    for (std::uint32_t p : shared->second) {
      if (p >= kFirstPair) f.over.push_back(pair_value(p));
    }
  } else if (g_.kind(e) == Kind::product) {
    for (Expr a : g_.args(e)) add_factor(a, f);
  } else {
    add_factor(e, f);
  }
  // What is computed once for all points stands together.
  std::ranges::stable_partition(f.over, [this](Id i) { return !infos_[i].varying; });
  return f;
}

void TapeCompiler::add_factor(Expr e, Factors& f) {
  if (g_.is_number(e)) {
    f.coefficient = f.coefficient * g_.number(e);
  } else if (depends(e) && deferred(e) && g_.kind(e) == Kind::power) {
    const Rational& q = g_.number(g_.arg(e, 1));
    const Id base = value(g_.arg(e, 0));
    if (q == Rational(2)) {
      f.over.insert(f.over.end(), {base, base});
    } else {
      (q.sign() < 0 ? f.under : f.over).push_back(rational_power(base, q.abs()));
    }
  } else {
    f.over.push_back(value(e));
  }
}

TapeCompiler::Id TapeCompiler::product_of(std::span<const Id> factors) {
  Id result = factors[0];
  for (Id f : factors.subspan(1)) result = binary(Code::multiply, result, f);
  return result;
}

TapeCompiler::Id TapeCompiler::product_of(const Factors& f) {
  Id over = 0;
  if (f.over.empty()) {
    over = constant(f.coefficient);
  } else if (f.coefficient.is_one()) {
    over = product_of(f.over);
  } else if (f.coefficient == Rational(-1)) {
    over = unary(Code::negate, product_of(f.over));
  } else {
    std::vector<Id> factors{constant(f.coefficient)};
    factors.insert(factors.end(), f.over.begin(), f.over.end());
    over = product_of(factors);
  }
  return f.under.empty() ? over : binary(Code::divide, over, product_of(f.under));
}

TapeCompiler::Id TapeCompiler::integer_power(Id base, long n) {
  if (n == 1) return base;
  if (!infos_[base].varying) {
    Id result = base;
    for (long i = 1; i < n && n <= 4; ++i) result = binary(Code::multiply, result, base);
    if (n <= 4) return result;
  }
  Instruction i;
  i.code = Code::power;
  i.n = n;
  return emit(i, {base});
}

TapeCompiler::Id TapeCompiler::rational_power(Id base, const Rational& q) {
  if (q.is_zero()) return constant(Rational(1));
  const std::optional<long> n = q.to_long();
  if (n && *n <= kMaxPower) return integer_power(base, *n);
  const std::optional<long> denominator = q.denominator().to_long();
  const std::optional<long> whole = q.floor().to_long();
  if (denominator == 2 && *whole <= kMaxPower) {
    const Id root = unary(Code::square_root, base);
    return *whole == 0 ? root : binary(Code::multiply, integer_power(base, *whole), root);
  }
  const std::optional<long> numerator = q.numerator().to_long();
  if (denominator == 3 && numerator && *numerator <= kMaxPower) {
    return integer_power(routine(*functions::find_vector_function("cbrt"), base), *numerator);
  }
  const functions::VectorFunction& pow = *functions::find_vector_function("pow");
  const Id exponent = constant(q);
  if (q.is_integer() || !q.denominator_is_odd()) return routine(pow, base, exponent);
  const Id magnitude = routine(pow, unary(Code::absolute, base), exponent);
  if ((q.numerator() * Rational(1, 2)).is_integer()) return magnitude;
  return binary(Code::multiply, magnitude, unary(Code::sign, base));
}

TapeCompiler::Id TapeCompiler::compile_power(Expr e) {
  const Expr base = g_.arg(e, 0);
  const Expr exponent = g_.arg(e, 1);
  if (!g_.is_number(exponent)) return routine(*functions::find_vector_function("pow"), value(base), value(exponent));
  const Rational& q = g_.number(exponent);
  const Id positive = rational_power(value(base), q.abs());
  return q.sign() < 0 ? binary(Code::divide, constant(Rational(1)), positive) : positive;
}

// Functions.

TapeCompiler::Id TapeCompiler::compile_call(Expr e) {
  const expr::Function& f = g_.function(e);
  const auto args = g_.args(e);
  const auto plain = std::ranges::find(kPlain, f.name, &Plain::function);
  if (plain != std::end(kPlain)) {
    const int arity = arity_of(plain->code);
    if (arity == 1 && args.size() == 1) return unary(plain->code, value(args[0]));
    if (arity == 2) {
      Id result = value(args[0]);
      for (Expr a : args.subspan(1)) result = binary(plain->code, result, value(a));
      return result;
    }
  }
  if (args.size() == 1 && info(args[0]).turns == 3 && (f.name == "sin" || f.name == "cos")) {
    auto [pair, is_new] = sine_cosines_.try_emplace(args[0].id);
    if (is_new) {
      const Id x = value(args[0]);
      Instruction i;
      i.code = Code::sine_cosine;
      i.function = functions::find_vector_function("sin");
      const Id sine = emit(i, {x});
      const Id cosine = new_value(Origin::computed, infos_[x].varying, 0);
      drafts_.back().code.second = cosine;
      pair->second = {sine, cosine};
    }
    return f.name == "sin" ? pair->second.first : pair->second.second;
  }
  const functions::VectorFunction* v = functions::find_vector_function(f.name);
  if (v != nullptr && args.size() == static_cast<std::size_t>(v->arity)) {
    return v->arity == 1 ? routine(*v, value(args[0])) : routine(*v, value(args[0]), value(args[1]));
  }
  if (f.scalar == nullptr || args.size() > 3) {
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

// Instructions.

TapeCompiler::Id TapeCompiler::new_value(Origin origin, bool varying, std::uint32_t index) {
  infos_.push_back({origin, varying, index});
  return static_cast<Id>(infos_.size() - 1);
}

double TapeCompiler::rounding_of(double x) { return std::abs(x) * kUnit * (1 + 0x1p-40) + 0x1p-1022; }

TapeCompiler::Id TapeCompiler::constant(const Rational& q) {
  const double x = q.to_double();
  return constant(x, std::isfinite(x) && Rational::from_double(x) == q ? 0 : rounding_of(x));
}

TapeCompiler::Id TapeCompiler::constant(Expr e) {
  if (g_.is_number(e)) return constant(g_.number(e));
  const Outcome o = in_.evaluate(e, kConstantBits);
  if (o.exact) return constant(*o.exact);
  if (!o.has_value()) return constant(std::numeric_limits<double>::quiet_NaN(), kInfinity);
  const double x = o.ball.mid();
  if (o.state == Outcome::State::estimated || !std::isfinite(x)) return constant(x, kInfinity);
  const Ball off = number::sub(o.ball, Ball::from_double(x), kConstantBits);
  return constant(x, std::max(std::abs(off.lower()), std::abs(off.upper())));
}

TapeCompiler::Id TapeCompiler::constant(double value, double error) {
  const auto [found, is_new] = constant_ids_.try_emplace(std::bit_cast<std::uint64_t>(value), 0);
  if (!is_new && tape_.constant_errors_[infos_[found->second].index] == error) return found->second;
  found->second = new_value(Origin::constant, false, static_cast<std::uint32_t>(tape_.constants_.size()));
  tape_.constants_.push_back(value);
  tape_.constant_errors_.push_back(error);
  return found->second;
}

TapeCompiler::Id TapeCompiler::emit(Instruction i, std::initializer_list<Id> operands) {
  SlotId* places[] = {&i.a, &i.b, &i.c};
  bool varying = false;
  std::size_t k = 0;
  for (Id o : operands) {
    *places[k++] = o;
    varying = varying || (o != kNoSlot && infos_[o].varying);
  }
  i.out = new_value(Origin::computed, varying, 0);
  drafts_.push_back({i, varying});
  return i.out;
}

TapeCompiler::Id TapeCompiler::unary(Code c, Id a) {
  Instruction i;
  i.code = c;
  return emit(i, {a});
}

TapeCompiler::Id TapeCompiler::binary(Code c, Id a, Id b) {
  Instruction i;
  i.code = c;
  return emit(i, {a, b});
}

TapeCompiler::Id TapeCompiler::ternary(Code c, Id a, Id b, Id third) {
  // Kernels of products want a varying factor second.
  if (c != Code::choose && infos_[a].varying && !infos_[b].varying) std::swap(a, b);
  Instruction i;
  i.code = c;
  return emit(i, {a, b, third});
}

TapeCompiler::Id TapeCompiler::routine(const functions::VectorFunction& f, Id a) {
  Instruction i;
  i.code = Code::routine;
  i.function = &f;
  i.slope = f.slope;
  return emit(i, {a});
}

TapeCompiler::Id TapeCompiler::routine(const functions::VectorFunction& f, Id a, Id b) {
  Instruction i;
  i.code = Code::routine_of_two;
  i.function = &f;
  i.slope = f.slope;
  return emit(i, {a, b});
}

// Registers.

// A root that is an input is copied, so that its bound is looked at.
TapeCompiler::Id TapeCompiler::result_of(Id id) {
  return infos_[id].origin == Origin::input ? unary(Code::copy, id) : id;
}

void TapeCompiler::finish() {
  std::vector<SlotId> slot(infos_.size(), kNoSlot);
  const SlotId first_parameter = static_cast<SlotId>(tape_.constants_.size());
  const SlotId first_input = first_parameter + static_cast<SlotId>(tape_.parameters_.size());
  const SlotId first_single = first_input + static_cast<SlotId>(tape_.inputs_.size());
  for (Id v = 0; v < infos_.size(); ++v) {
    switch (infos_[v].origin) {
      case Origin::constant: slot[v] = infos_[v].index; break;
      case Origin::parameter: slot[v] = first_parameter + infos_[v].index; break;
      case Origin::input: slot[v] = first_input + infos_[v].index; break;
      case Origin::computed:
        if (!infos_[v].varying) slot[v] = first_single + tape_.singles_++;
        break;
    }
  }
  const SlotId first_varying = first_single + tape_.singles_;

  constexpr std::size_t kNever = 0;
  std::vector<std::size_t> last_use(infos_.size(), kNever);
  const std::size_t end = drafts_.size() + 1;
  for (std::size_t k = 0; k < drafts_.size(); ++k) {
    for (SlotId v : {drafts_[k].code.a, drafts_[k].code.b, drafts_[k].code.c}) {
      if (v != kNoSlot) last_use[v] = k + 1;
    }
  }
  for (Id r : results_) last_use[r] = end;

  std::vector<SlotId> free;
  for (std::size_t k = 0; k < drafts_.size(); ++k) {
    Instruction i = drafts_[k].code;
    const Id out = i.out;
    const Id second = i.second;
    const Id operands[] = {i.a, i.b, i.c};
    const auto place = [&](Id v) { return v == kNoSlot ? kNoSlot : slot[v]; };
    i.a = place(i.a);
    i.b = place(i.b);
    i.c = place(i.c);
    const auto take = [&](Id v) {
      if (v == kNoSlot || slot[v] != kNoSlot) return;
      if (free.empty()) {
        slot[v] = first_varying + tape_.varyings_++;
      } else {
        slot[v] = free.back();
        free.pop_back();
      }
    };
    const auto is_temporary = [&](Id v) { return infos_[v].origin == Origin::computed && infos_[v].varying; };
    for (std::size_t o = 0; o < 3; ++o) {
      const Id v = operands[o];
      const bool repeated = std::find(operands, operands + o, v) != operands + o;
      if (v != kNoSlot && !repeated && is_temporary(v) && last_use[v] == k + 1) free.push_back(slot[v]);
    }
    take(out);
    take(second);
    for (Id v : {out, second}) {
      if (v != kNoSlot && is_temporary(v) && last_use[v] == kNever) free.push_back(slot[v]);
    }
    i.out = slot[out];
    if (second != kNoSlot) i.second = slot[second];
    (drafts_[k].varying ? tape_.each_ : tape_.once_).push_back(i);
  }
  for (Id r : results_) tape_.roots_.push_back(slot[r]);
}

Tape::Tape(Evaluator& in, std::span<const Expr> roots, std::span<const Expr> inputs, std::span<const Expr> parameters)
    : in_(in), inputs_(inputs.begin(), inputs.end()), parameters_(parameters.begin(), parameters.end()) {
  TapeCompiler(*this, in).run(roots);
}

}  // namespace nabla::eval
