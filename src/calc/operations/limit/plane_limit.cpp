#include "calc/operations/limit/plane_limit.h"

#include <fmt/format.h>

#include <deque>
#include <utility>
#include <vector>

#include "algebra/derivative/derivative_node.h"
#include "expr/rewrite.h"

namespace nabla::calc {
namespace {

using Kind = SideLimit::Kind;

using number::Rational;

constexpr number::Bits kBits = 256;

// a t^n beside each of the first two coordinates.
struct Path {
  std::pair<long, long> first;
  std::pair<long, long> second;
};
constexpr Path kPaths[] = {{{1, 1}, {0, 1}},  {{0, 1}, {1, 1}}, {{1, 1}, {1, 1}}, {{1, 1}, {-1, 1}}, {{1, 1}, {2, 1}},
                           {{-1, 1}, {0, 1}}, {{1, 1}, {1, 2}}, {{1, 2}, {1, 1}}, {{1, 1}, {1, 3}},  {{1, 3}, {1, 1}}};

Expr moved(Graph& g, Expr from, const std::pair<long, long>& step, Expr t) {
  return expr::add(g, from, expr::multiply(g, expr::integer(g, step.first), expr::power(g, t, step.second)));
}

std::string text_of(const std::string& name, Graph& g, Expr from, const std::pair<long, long>& step) {
  const std::string power = step.second == 1 ? "t" : fmt::format("t^{}", step.second);
  const std::string size = step.first == 1    ? power
                           : step.first == -1 ? "-" + power
                           : step.first == 0  ? std::string()
                                              : fmt::format("{}*{}", step.first, power);
  if (g.is_zero(from)) return fmt::format("{} = {}", name, size.empty() ? "0" : size);
  if (size.empty()) return fmt::format("{} fixed", name);
  return step.first < 0 ? fmt::format("{} at the point {}", name, size)
                        : fmt::format("{} at the point + {}", name, size);
}

bool is_told(const SideLimit& limit) { return limit.kind == Kind::value || limit.kind == Kind::infinite; }

bool are_different(eval::Evaluator& in, const SideLimit& a, const SideLimit& b) {
  if (a.kind != b.kind) return true;
  if (a.kind == Kind::infinite) return a.sign != b.sign;
  const eval::Outcome o = in.evaluate(expr::subtract(in.graph(), a.value, b.value), kBits);
  return o.state == eval::Outcome::State::enclosed && (o.exact ? !o.exact->is_zero() : !o.ball.contains_zero());
}

}  // namespace

bool is_continuous_at(eval::Evaluator& in, Expr e, std::span<const Expr> variables, std::span<const Expr> point) {
  const Graph& g = in.graph();
  if (g.is(e, expr::kHasOperation) || algebra::has_pieces(g, e)) return false;
  const number::Ball near = number::Ball::hull(-1, 1, kBits);
  const number::Ball radius = number::mul(near, number::Ball(Rational::power(Rational(1, 2), 60), kBits), kBits);
  std::deque<eval::Evaluator::Scope> scopes;
  for (std::size_t i = 0; i < variables.size(); ++i) {
    const eval::Outcome at = in.evaluate(point[i], kBits);
    if (at.state != eval::Outcome::State::enclosed) return false;
    scopes.emplace_back(in, variables[i]);
    scopes.back().bind(eval::Outcome::enclosed(number::add(at.ball, radius, kBits)));
  }
  const eval::Outcome o = in.evaluate(e, kBits);
  return o.state == eval::Outcome::State::enclosed && o.ball.is_finite();
}

std::optional<DifferentPaths> different_paths(eval::Evaluator& in, Expr e, std::span<const Expr> variables,
                                              std::span<const std::string> names, std::span<const Expr> point) {
  Graph& g = in.graph();
  const Expr t = g.fresh_symbol();
  std::optional<std::pair<std::string, SideLimit>> first;
  for (const Path& path : kPaths) {
    in.budget().check();
    std::vector<expr::Replacement> put;
    for (std::size_t i = 0; i < variables.size(); ++i) {
      const std::pair<long, long> step = i == 0 ? path.first : i == 1 ? path.second : std::pair{0L, 1L};
      put.emplace_back(variables[i], moved(g, point[i], step, t));
    }
    const SideLimit limit = side_limit(in, expr::substitute(g, e, put), t, {expr::integer(g, 0), false, 1});
    if (!is_told(limit)) continue;
    std::string text = text_of(names[0], g, point[0], path.first) + ", " + text_of(names[1], g, point[1], path.second);
    if (!first) {
      first.emplace(std::move(text), limit);
    } else if (are_different(in, first->second, limit)) {
      return DifferentPaths{first->first, first->second, std::move(text), limit};
    }
  }
  return std::nullopt;
}

}  // namespace nabla::calc
