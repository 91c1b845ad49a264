#include "calc/asymptotics/oscillation.h"

#include <algorithm>
#include <array>
#include <optional>

#include "algebra/derivative/derivative.h"
#include "algebra/derivative/derivative_node.h"
#include "algebra/rules/call.h"
#include "base/error.h"
#include "eval/jets/jet.h"
#include "expr/rewrite.h"

namespace nabla::calc {
namespace {

using base::Code;
using base::Error;
using Kind = SideLimit::Kind;

constexpr number::Bits kBits = 128;

bool is_wave(const Graph& g, Expr e) {
  if (g.kind(e) != expr::Kind::call) return false;
  const expr::Function& f = g.function(e);
  return f.name == "sin" || f.name == "cos" || f.name == "tan";
}

// The one wave in e whose argument is proven to tend to infinity; it takes the values -1, 0 and 1 arbitrarily near the
// point, since an argument without pieces is continuous where it has values.
std::optional<Expr> only_wave(eval::Evaluator& in, Expr e, Expr x, const Approach& to) {
  const Graph& g = in.graph();
  std::optional<Expr> found;
  for (Expr part : expr::reachable(g, std::span(&e, 1))) {
    if (!is_wave(g, part) || !expr::depends_on(g, part, x)) continue;
    const Expr u = g.arg(part, 0);
    if (g.is(u, expr::kHasOperation) || algebra::has_pieces(g, u)) continue;
    if (side_limit(in, u, x, to).kind != Kind::infinite) continue;
    if (found) return std::nullopt;
    found = part;
  }
  return found;
}

Expr replaced(Graph& g, Expr e, Expr part, Expr by) {
  return expr::rewrite(
      g, e, [](Expr) { return true; },
      [&](Expr n, std::span<const Expr> args) { return n == part ? by : expr::rebuilt(g, n, args); });
}

// Whether a function of y alone is continuous with different values at two of -1, 0 and 1.
bool differs(eval::Evaluator& in, Expr e, Expr y) {
  Graph& g = in.graph();
  std::vector<number::Ball> values;
  for (long at : {-1L, 0L, 1L}) {
    const eval::Expansion around = eval::expand(in, e, y, expr::integer(g, at), eval::Side::both, 2, kBits);
    if (around.state != eval::Expansion::State::known || !around.germ.is_taylor() || around.estimated) continue;
    const number::Ball value = around.germ.coefficient(0);
    const bool is_other = std::ranges::any_of(values, [&](const number::Ball& b) { return !b.overlaps(value); });
    if (value.is_finite() && is_other) return true;
    if (value.is_finite()) values.push_back(value);
  }
  return false;
}

bool is_proven(eval::Evaluator& in, Expr e, Expr x, const Approach& to) {
  Graph& g = in.graph();
  if (g.is(e, expr::kHasOperation)) return false;
  const std::optional<Expr> wave = only_wave(in, e, x, to);
  if (!wave) return false;
  const Expr y = g.fresh_symbol();
  const Expr in_wave = replaced(g, e, *wave, y);
  if (!expr::depends_on(g, in_wave, x)) return differs(in, in_wave, y);
  if (algebra::has_pieces(g, in_wave)) return false;
  const Expr factor = algebra::derivative(g, in_wave, y, in.budget());
  if (expr::depends_on(g, factor, y)) return false;
  const expr::Replacement put{y, expr::integer(g, 0)};
  const SideLimit rest = side_limit(in, expr::substitute(g, in_wave, std::span(&put, 1)), x, to);
  const SideLimit size = side_limit(in, factor, x, to);
  if (rest.kind != Kind::value) return false;
  if (size.kind == Kind::infinite) return true;
  if (size.kind != Kind::value) return false;
  const eval::Outcome o = in.evaluate(size.value, kBits);
  return o.state == eval::Outcome::State::enclosed && !o.ball.contains_zero();
}

}  // namespace

bool oscillates(eval::Evaluator& in, Expr e, Expr x, const Approach& to) {
  try {
    return is_proven(in, e, x, to);
  } catch (const Error& error) {
    if (error.code == Code::timeout || error.code == Code::interrupted || error.code == Code::limit) throw;
    return false;
  }
}

}  // namespace nabla::calc
