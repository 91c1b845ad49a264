#include "algebra/closed_form.h"

#include <algorithm>

#include "algebra/call.h"
#include "algebra/simplify.h"
#include "expr/print.h"

namespace nabla::algebra {
namespace {

using expr::Expr;
using expr::Graph;
using expr::Kind;

bool is_root_exponent(const Rational& q) {
  const Rational d = q.denominator();
  return d.is_one() || d == Rational(2) || d == Rational(3);
}

// Whether a node belongs into a short closed form, its arguments left aside.
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

// Whether the decimals of q end.
bool is_decimal(const Rational& q) {
  Rational d = q.denominator();
  for (const long p : {2L, 5L}) {
    while ((d / Rational(p)).is_integer()) d = d / Rational(p);
  }
  return d.is_one();
}

std::size_t characters(const std::string& utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(utf8, [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

std::optional<Expr> closed_form(Graph& g, Expr e, base::Budget& budget) {
  if (!g.is_constant(e) || g.is(e, expr::kHasOperation) || g.is(e, expr::kTruth)) return std::nullopt;
  constexpr std::size_t kMostNodes = 60;
  const auto is_short = [&](Expr x) { return expr::reachable(g, std::span(&x, 1)).size() <= kMostNodes; };
  if (!is_short(e)) return std::nullopt;
  const Simplified simple = simplify(g, e, budget);
  if (!simple.conditions.empty()) return std::nullopt;
  const Expr form = simple.expression;
  if (g.is_number(form)) {
    constexpr base::Bits kLongestNumber = 64;
    if (g.number(form).bits() > kLongestNumber || is_decimal(g.number(form))) return std::nullopt;
  }
  for (Expr n : expr::reachable(g, std::span(&form, 1))) {
    if (!is_allowed(g, n)) return std::nullopt;
  }
  if (characters(expr::print(g, form, expr::Style::unicode)) > kLongestClosedForm) return std::nullopt;
  return form;
}

}  // namespace nabla::algebra
