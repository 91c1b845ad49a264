#include "calc/elaborate/trial_points.h"

#include <algorithm>
#include <random>

#include "algebra/simplify/borders.h"
#include "algebra/simplify/domain_conditions.h"
#include "expr/rewrite.h"

namespace nabla::calc {

using expr::Expr;
using expr::Graph;
using number::Rational;
using Point = std::vector<Rational>;

namespace {

constexpr int kAnywhere = 40;
constexpr std::size_t kMostAtBorders = 12;  // values of one symbol

// Expressions that are 0 at borders of e: where its pieces meet and where its domain ends.
std::vector<Expr> edges(Graph& g, Expr e, base::Budget& budget) {
  std::vector<Expr> found = algebra::borders(g, e).value_or(std::vector<Expr>());
  const auto needed = algebra::lost_conditions(g, e, g.rational(1), budget);
  for (Expr c : needed.value_or(std::vector<Expr>())) {
    if (g.kind(c) == expr::Kind::compare) found.push_back(expr::subtract(g, g.arg(c, 0), g.arg(c, 1)));
  }
  return found;
}

Rational fraction(std::minstd_rand& random, long spread, bool positive) {
  const long n = static_cast<long>(random() % static_cast<unsigned long>(2 * spread + 1)) - spread;
  return {positive ? std::abs(n) + 1 : n, 8};
}

}  // namespace

std::vector<Point> trial_points(Graph& g, std::span<const Expr> expressions, std::span<const Expr> symbols,
                                base::Budget& budget) {
  std::vector<Point> points;
  std::minstd_rand random(1);
  const std::vector<Rational> usual{0, 1, -1, Rational(1, 2), Rational(-1, 2)};
  for (const Rational& v : usual) points.emplace_back(symbols.size(), v);
  std::vector<Expr> all;
  for (Expr e : expressions) {
    const std::vector<Expr> more = edges(g, e, budget);
    all.insert(all.end(), more.begin(), more.end());
  }
  for (std::size_t s = 0; s < symbols.size(); ++s) {
    // The others at 1, and somewhere.
    for (const bool somewhere : {false, true}) {
      if (somewhere && symbols.size() == 1) break;
      Point point;
      std::vector<expr::Replacement> others;
      for (std::size_t t = 0; t < symbols.size(); ++t) {
        point.push_back(somewhere ? fraction(random, 24, true) : Rational(1));
        if (t != s) others.push_back({symbols[t], g.rational(point[t])});
      }
      std::vector<Rational> values;
      if (symbols.size() > 1) values = usual;
      for (Expr e : all) {
        budget.check();
        const Expr difference = expr::substitute(g, e, others);
        for (const Rational& zero : algebra::rational_zeros(g, difference, symbols[s], budget).at) {
          if (values.size() < usual.size() + kMostAtBorders) values.push_back(zero);
        }
      }
      for (const Rational& v : values) {
        point[s] = v;
        if (std::ranges::find(points, point) == points.end()) points.push_back(point);
      }
    }
  }
  for (int i = 0; i < kAnywhere; ++i) {
    const long spread = i < kAnywhere / 2 ? 24 : 200;
    Point point;
    for (std::size_t s = 0; s < symbols.size(); ++s) point.push_back(fraction(random, spread, i % 2 == 0));
    points.push_back(std::move(point));
  }
  return points;
}

}  // namespace nabla::calc
