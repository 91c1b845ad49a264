// Elaborator (elaborate.h): calls of mathematical functions and of the user's, expanded or recursive.
#include <fmt/format.h>

#include <algorithm>

#include "algebra/rules/rules.h"
#include "base/small_vector.h"
#include "calc/elaborate/arithmetic.h"
#include "calc/elaborate/elaborate_impl.h"
#include "expr/rewrite.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;

constexpr std::size_t kDeepestExpansion = 200;           // calls; deeper ones are left to the evaluator
constexpr number::Bits kLargestExpandedArgument = 4096;  // bits

std::string counted(std::size_t n) { return n == 1 ? "1 argument" : fmt::format("{} arguments", n); }

[[noreturn]] void wrong_count(std::string_view name, std::string_view parameters, std::size_t given, Span place) {
  throw Error(Code::argument, place, fmt::format("{}({}) is given {}", name, parameters, counted(given)),
              fmt::format("see help {}", name));
}

}  // namespace

Elaborator::Impl::CallKey Elaborator::Impl::key_of(const std::vector<Value>& arguments) const {
  CallKey key{scope, {}};
  for (const Value& v : arguments) {
    key.second.insert(key.second.end(), {static_cast<std::uint32_t>(v.shape), v.rows, v.columns});
    for (Expr e : v.elements) key.second.push_back(e.id);
  }
  return key;
}

Elaborator::Impl::CallKey Elaborator::Impl::shape_key_of(const std::vector<Value>& arguments) const {
  CallKey key{scope, {}};
  for (const Value& v : arguments) {
    key.second.insert(key.second.end(), {static_cast<std::uint32_t>(v.shape), v.rows, v.columns});
  }
  return key;
}

Value Elaborator::apply(const expr::Function& f, const std::vector<Value>& args, Span place) {
  const algebra::Parameters& parameters = algebra::parameters_of(f);
  if (parameters.variadic && args.size() == 1 && !args[0].is_scalar()) {
    return apply(f, std::vector<Value>(args[0].elements.begin(), args[0].elements.end()), place);
  }
  if (args.size() < parameters.required || (args.size() > parameters.names.size() && !parameters.variadic)) {
    if (f.parameters.empty()) {
      throw Error(Code::argument, place, fmt::format("{} is a number, not a function", f.name));
    }
    wrong_count(f.name, f.parameters, args.size(), place);
  }
  const Value* shape = nullptr;
  for (const Value& v : args) {
    if (v.is_scalar()) continue;
    if (shape != nullptr && (v.shape != shape->shape || v.rows != shape->rows || v.columns != shape->columns)) {
      throw Error(Code::shape, place, fmt::format("{} is given {} and {}", f.name, describe(*shape), describe(v)));
    }
    shape = &v;
  }
  Value result = shape == nullptr ? Value(Expr{}) : *shape;
  base::SmallVector<Expr, 8> point;
  for (std::size_t i = 0; i < result.elements.size(); ++i) {
    point.clear();
    for (const Value& v : args) point.push_back(v.is_scalar() ? v.scalar() : v.elements[i]);
    result.elements[i] = expr::call(graph_, f, point);
  }
  return result;
}

Value Elaborator::apply(const Definition& f, const std::vector<Value>& args, Span place) {
  if (args.size() != f.parameters.size()) {
    wrong_count(f.name, fmt::format("{}", fmt::join(f.parameters, ", ")), args.size(), place);
  }
  Impl& s = *impl_;
  const auto key = std::make_pair(&f, s.key_of(args));
  if (const auto known = s.results.find(key); known != s.results.end()) return known->second;
  if (const auto instance = s.instances.find({&f, s.shape_key_of(args)}); instance != s.instances.end()) {
    return apply_instance(*instance->second, args);
  }
  const auto is_this = [&f](const ActiveCall& c) { return c.function == &f; };
  const auto outermost = std::ranges::find_if(s.active, is_this);
  const bool is_outermost = outermost == s.active.end();
  if (!is_outermost) {
    const bool same =
        std::ranges::any_of(s.active, [&](const ActiveCall& c) { return c.function == &f && c.arguments == args; });
    const bool large = std::ranges::any_of(args, [this](const Value& v) {
      return v.is_scalar() && graph_.is_number(v.scalar()) &&
             graph_.number(v.scalar()).bits() > kLargestExpandedArgument;
    });
    if (same || large || s.undecided > outermost->undecided || s.active.size() > kDeepestExpansion) {
      throw NeedsInstance{&f};
    }
  }
  Value result;
  try {
    result = expand(f, args, place);
  } catch (const NeedsInstance& need) {
    if (need.function != &f || !is_outermost) throw;
    result = apply_instance(make_instance(f, args, place), args);
  }
  s.results.emplace(key, result);
  return result;
}

// The body with the arguments for the parameters.
Value Elaborator::expand(const Definition& f, const std::vector<Value>& args, Span place) {
  Impl& s = *impl_;
  Names parameters;
  for (std::size_t i = 0; i < args.size(); ++i) parameters[f.parameters[i]] = {args[i]};
  const Span outer_place = s.call_place;
  const bool outer_in_body = s.in_body;
  const int outer_undecided = s.undecided;
  if (!s.in_body) s.call_place = place;
  s.in_body = true;
  s.parameters.swap(parameters);
  s.active.push_back({&f, args, s.undecided});
  const auto restore = [&] {
    s.active.pop_back();
    s.parameters.swap(parameters);
    s.in_body = outer_in_body;
    s.call_place = outer_place;
    s.undecided = outer_undecided;
  };
  try {
    Value result = elaborate(f.body);
    restore();
    return result;
  } catch (...) {
    restore();
    throw;
  }
}

// The function as a node of its own, its body over parameters.
expr::Recursive& Elaborator::make_instance(const Definition& f, const std::vector<Value>& args, Span place) {
  Impl& s = *impl_;
  expr::Recursive& instance = graph_.make_recursive();
  instance.name = f.name;
  std::vector<Value> parameters = args;
  for (Value& v : parameters) {
    for (Expr& e : v.elements) e = graph_.parameter(instance.arity++);
  }
  s.instances[{&f, s.shape_key_of(args)}] = &instance;
  const Value body = expand(f, parameters, place);
  if (!body.is_scalar()) {
    throw Error(
        Code::shape, place,
        fmt::format("{} calls itself and gives {}: a recursive function gives a number", f.name, describe(body)));
  }
  instance.body = body.scalar();
  lift_symbols(instance);
  return instance;
}

// Makes free symbols of the body further parameters, so that substitution and differentiation of a call's arguments
// reach them too; every call of the instance passes them on.
void Elaborator::lift_symbols(expr::Recursive& instance) {
  const std::vector<Expr> free = expr::symbols(graph_, instance.body);
  if (free.empty()) return;
  std::vector<Expr> extra;
  for (std::size_t i = 0; i < free.size(); ++i) extra.push_back(graph_.parameter(instance.arity++));
  instance.lifted = static_cast<std::uint16_t>(instance.lifted + free.size());
  instance.body = expr::fold<Expr>(graph_, instance.body, [&](Expr e, std::span<const Expr> below) {
    const auto symbol = std::ranges::find(free, e);
    if (symbol != free.end()) return extra[static_cast<std::size_t>(symbol - free.begin())];
    std::vector<Expr> args(below.begin(), below.end());
    const bool calls_itself = graph_.kind(e) == expr::Kind::apply && &graph_.recursive(e) == &instance;
    if (calls_itself) args.insert(args.end(), extra.begin(), extra.end());
    return expr::rebuilt(graph_, e, args);
  });
  impl_->lifted[&instance] = free;
}

Value Elaborator::apply_instance(expr::Recursive& instance, const std::vector<Value>& args) {
  std::vector<Expr> flat;
  for (const Value& v : args) flat.insert(flat.end(), v.elements.begin(), v.elements.end());
  if (const auto found = impl_->lifted.find(&instance); found != impl_->lifted.end()) {
    flat.insert(flat.end(), found->second.begin(), found->second.end());
  }
  return expr::apply(graph_, instance, flat);
}

}  // namespace nabla::calc
