#include "algebra/rules/constant_sign.h"

#include <algorithm>
#include <vector>

#include "expr/fold.h"
#include "expr/rows.h"
#include "number/ball.h"

namespace nabla::algebra {
namespace {

using expr::Expr;
using expr::Graph;
using expr::Kind;
using number::Ball;
using number::Rational;

constexpr base::Bits kBits = 128;

// NaN for what is no arithmetic and no call.
Ball value_of(const Graph& g, Expr e, std::span<const Ball> args) {
  switch (g.kind(e)) {
    case Kind::rational: return Ball(g.number(e), kBits);
    case Kind::sum: {
      Ball total;
      for (const Ball& a : args) number::add_to(total, a, kBits);
      return total;
    }
    case Kind::product: {
      Ball total(1);
      for (const Ball& a : args) number::mul_to(total, a, kBits);
      return total;
    }
    case Kind::power:
      return g.is_number(g.arg(e, 1)) ? number::power(args[0], g.number(g.arg(e, 1)), kBits)
                                      : number::power(args[0], args[1], kBits);
    case Kind::call: return g.function(e).forms.ball(args, kBits);
    default: return Ball::nan();
  }
}

// The values of all nodes below a constant; none if there are too many or some are no numbers.
using Values = expr::Fold<Ball>;
std::optional<Values> values_below(const Graph& g, Expr root) {
  constexpr std::size_t kMostNodes = 100;
  if (!g.is_constant(root) || g.is(root, expr::kHasOperation)) return std::nullopt;
  if (expr::reachable(g, std::span(&root, 1)).size() > kMostNodes) return std::nullopt;
  Values known(g);
  known.run(root, [&g](Expr e, std::span<const Ball> args) { return value_of(g, e, args); });
  return known;
}

bool is_outside_domain(const Graph& g, Expr e, const Values& values) {
  if (g.kind(e) == Kind::power && g.is_number(g.arg(e, 1))) {
    const Ball& base = values.at(g.arg(e, 0));
    const Rational& q = g.number(g.arg(e, 1));
    return (q.sign() < 0 && base.is_zero()) || (!q.denominator_is_odd() && base.is_negative());
  }
  if (g.kind(e) != Kind::call || g.function(e).domain.contains == nullptr) return false;
  std::vector<Ball> args;
  for (Expr a : g.args(e)) {
    args.push_back(values.at(a));
    if (args.back().is_nan()) return false;
  }
  return g.function(e).domain.contains(args, kBits) == number::Truth::no;
}

}  // namespace

std::optional<int> proven_sign(const Graph& g, Expr root) {
  const std::optional<Values> values = values_below(g, root);
  if (!values) return std::nullopt;
  const Ball& value = values->at(root);
  if (value.is_nan()) return std::nullopt;
  if (value.is_positive()) return 1;
  if (value.is_negative()) return -1;
  return std::nullopt;
}

bool proven_undefined(const Graph& g, Expr root) {
  const std::optional<Values> values = values_below(g, root);
  if (!values) return false;
  const std::vector<Expr> nodes = expr::reachable(g, std::span(&root, 1));
  const auto is_branch = [&g](Expr e) { return g.kind(e) == Kind::select || g.kind(e) == Kind::logic; };
  return std::ranges::none_of(nodes, is_branch) &&
         std::ranges::any_of(nodes, [&](Expr e) { return is_outside_domain(g, e, *values); });
}

}  // namespace nabla::algebra
