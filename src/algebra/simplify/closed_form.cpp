#include "algebra/simplify/closed_form.h"

#include <algorithm>
#include <vector>

#include "algebra/rules/call.h"
#include "algebra/simplify/simplify.h"
#include "base/text.h"
#include "expr/write/print.h"

namespace nabla::algebra {
namespace {

using expr::Expr;
using expr::Graph;
using expr::Kind;

bool is_root_exponent(const Rational& q) {
  const Rational d = q.denominator();
  return d.is_one() || d == Rational(2) || d == Rational(3);
}

// Whether a node, apart from its arguments, may occur in a short closed form.
bool is_allowed(const Graph& g, Expr e) {
  switch (g.kind(e)) {
    case Kind::rational:
    case Kind::sum:
    case Kind::product: return true;
    case Kind::power: return g.is_number(g.arg(e, 1)) && is_root_exponent(g.number(g.arg(e, 1)));
    case Kind::call:
      return is_call(g, e, kernel().pi) || is_call(g, e, kernel().e) ||
             ((is_call(g, e, kernel().ln) || is_call(g, e, kernel().exp)) && g.is_number(g.arg(e, 0)));
    case Kind::boolean:
    case Kind::symbol:
    case Kind::bound:
    case Kind::parameter:
    case Kind::apply:
    case Kind::component:
    case Kind::operation:
    case Kind::select:
    case Kind::compare:
    case Kind::logic: return false;
  }
  return false;
}

// Whether the decimal expansion of q ends.
bool is_decimal(const Rational& q) {
  Rational d = q.denominator();
  for (const long p : {2L, 5L}) {
    while ((d / Rational(p)).is_integer()) d = d / Rational(p);
  }
  return d.is_one();
}

bool is_elementary(const Graph& g, Expr e) {
  const std::vector<Expr> nodes = expr::reachable(g, std::span(&e, 1));
  constexpr std::size_t kMostNodes = 40;
  return nodes.size() <= kMostNodes && std::ranges::all_of(nodes, [&g](Expr n) { return is_allowed(g, n); });
}

}  // namespace

std::optional<Expr> closed_form(Graph& g, Expr e, base::Budget& budget) {
  if (!g.is_constant(e) || g.is(e, expr::kHasOperation) || g.is(e, expr::kTruth)) return std::nullopt;
  if (!is_elementary(g, e)) return std::nullopt;
  const Simplified simple = simplify(g, e, budget);
  const Expr form = simple.expression;
  if (!simple.conditions.empty() || !is_elementary(g, form)) return std::nullopt;
  std::size_t longest = kLongestClosedForm;
  if (g.is_number(form)) {
    constexpr base::Bits kLongestNumber = 64;
    if (g.number(form).bits() > kLongestNumber || is_decimal(g.number(form))) return std::nullopt;
    longest = kLongestFraction;
  }
  if (base::display_width(expr::print(g, form, expr::Style::unicode)) > longest) return std::nullopt;
  return form;
}

}  // namespace nabla::algebra
