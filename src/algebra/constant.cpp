#include "algebra/constant.h"

#include <unordered_map>
#include <vector>

#include "expr/rows.h"
#include "number/ball.h"

namespace nabla::algebra {
namespace {

using expr::Expr;
using expr::Graph;
using expr::Kind;
using number::Ball;

constexpr base::Bits kBits = 128;

// NaN for what is no arithmetic and no call.
Ball value_of(const Graph& g, Expr e, const std::vector<Ball>& args) {
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
    case Kind::call: return g.function(e).ball != nullptr ? g.function(e).ball(args, kBits) : Ball::nan();
    default: return Ball::nan();
  }
}

}  // namespace

std::optional<int> proven_sign(const Graph& g, Expr root) {
  constexpr std::size_t kMostNodes = 100;
  const std::vector<Expr> nodes = expr::reachable(g, std::span(&root, 1));
  if (nodes.size() > kMostNodes || !g.is_constant(root) || g.is(root, expr::kHasOperation)) return std::nullopt;
  std::unordered_map<std::uint32_t, Ball> known;
  for (Expr e : nodes) {
    std::vector<Ball> args;
    for (Expr a : g.args(e)) args.push_back(known.at(a.id));
    known.emplace(e.id, value_of(g, e, args));
  }
  const Ball& value = known.at(root.id);
  if (value.is_nan()) return std::nullopt;
  if (value.is_positive()) return 1;
  if (value.is_negative()) return -1;
  return std::nullopt;
}

}  // namespace nabla::algebra
